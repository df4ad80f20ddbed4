/// A JSON text as a value that loses nothing: members keep their order and numbers their digits.
package enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  /// The number as it was written; never through a floating-point value and back.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([JSONMember])
}

package struct JSONMember: Sendable, Hashable {
  package var name: String
  package var value: JSONValue

  package init(_ name: String, _ value: JSONValue) {
    (self.name, self.value) = (name, value)
  }
}

extension JSONValue {
  package static func integer(_ number: Int) -> JSONValue { .number(String(number)) }

  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  package var bool: Bool? {
    if case .bool(let flag) = self { flag } else { nil }
  }

  package var integer: Int? {
    if case .number(let digits) = self { Int(digits) } else { nil }
  }

  package var array: [JSONValue]? {
    if case .array(let values) = self { values } else { nil }
  }

  package var members: [JSONMember]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// The first member of that name: where a key stands twice, the first wins.
  package subscript(name: String) -> JSONValue? {
    members?.first { $0.name == name }?.value
  }
}

extension JSONValue {
  /// Compact JSON, members in their order, non-ASCII text as it is.
  package var text: String {
    var writer = JSONWriter()
    writer.write(self)
    return writer.withBytes { String(decoding: $0, as: UTF8.self) }
  }
}
