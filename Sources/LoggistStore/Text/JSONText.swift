internal import CSimdJSON
package import LoggistModel

/// Reads JSON into values that lose nothing: members in their order, doubled ones kept, numbers with their digits.
package enum JSONText {
  package static func parse(_ bytes: some Sequence<UInt8>) throws(Failure) -> JSONValue {
    var padded = Array(bytes)
    let count = padded.count
    padded.append(contentsOf: repeatElement(0, count: JSONParser.padding))
    let parser = JSONParser()
    return try padded.withUnsafeBufferPointer { (buffer) throws(Failure) -> JSONValue in
      try parser.parse(UnsafeRawBufferPointer(buffer)[part: 0..<count]).value(0)
    }
  }

  /// Why a text is no JSON, and near which byte.
  package struct Failure: Error, Sendable, Hashable {
    package let reason: Reason
    package let offset: Int

    init(_ reason: Reason, at offset: Int) {
      (self.reason, self.offset) = (reason, offset)
    }
  }

  package enum Reason: Sendable, Hashable {
    case notUTF8
    /// Nested deeper than 512.
    case tooDeep
    /// An escape that stands for no character: a lone surrogate, `\x`.
    case badEscape
    case unclosedString
    /// A control character as it is inside a string.
    case controlCharacter
    case badNumber
    case empty
    /// Something behind the value.
    case trailing
    case syntax
    case outOfMemory
  }
}

extension JSONText.Reason {
  init(_ error: loggist_json_error) {
    self =
      switch error {
      case LOGGIST_JSON_NOT_UTF8: .notUTF8
      case LOGGIST_JSON_TOO_DEEP: .tooDeep
      case LOGGIST_JSON_BAD_ESCAPE: .badEscape
      case LOGGIST_JSON_UNCLOSED_STRING: .unclosedString
      case LOGGIST_JSON_CONTROL_CHARACTER: .controlCharacter
      case LOGGIST_JSON_BAD_NUMBER: .badNumber
      case LOGGIST_JSON_EMPTY: .empty
      case LOGGIST_JSON_TRAILING: .trailing
      case LOGGIST_JSON_NO_MEMORY: .outOfMemory
      default: .syntax
      }
  }
}

extension JSONText.Reason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notUTF8: "not UTF-8"
    case .tooDeep: "nested deeper than 512"
    case .badEscape: "an escape that stands for no character"
    case .unclosedString: "a string without its end"
    case .controlCharacter: "a control character in a string"
    case .badNumber: "a number that is none"
    case .empty: "empty"
    case .trailing: "something behind its end"
    case .syntax: "not JSON"
    case .outOfMemory: "too large for this machine's memory"
    }
  }
}
