/// A JSON text as a value that loses nothing: members keep their order and numbers their digits.
package indirect enum JSONValue: Sendable, Hashable {
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
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

/// Writes compact JSON into one buffer.
package struct JSONWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func write(_ value: JSONValue) {
    switch value {
    case .null: raw("null")
    case .bool(let flag): raw(flag ? "true" : "false")
    case .number(let digits): raw(digits)
    case .string(let text): write(text)
    case .array(let values): list("[", values, "]") { $0.write($1) }
    case .object(let members):
      list("{", members, "}") { writer, member in
        writer.write(member.name)
        writer.raw(":")
        writer.write(member.value)
      }
    }
  }

  /// A string in quotes; only what JSON demands is escaped, so that `grep` finds what people typed.
  package mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      var start = 0
      for place in utf8.indices {
        let byte = utf8[place]
        guard byte < 0x20 || byte == 0x22 || byte == 0x5C else { continue }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<place]))
        escape(byte)
        start = place + 1
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): raw("\\\"")
    case UInt8(ascii: "\\"): raw("\\\\")
    case 0x0A: raw("\\n")
    case 0x0D: raw("\\r")
    case 0x09: raw("\\t")
    default:
      let digits = Array("0123456789abcdef".utf8)
      raw("\\u00")
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    }
  }

  /// A number from 0 on in so many digits, zeros in front.
  mutating func digits(_ number: Int, _ count: Int) {
    var weight = 1
    for _ in 1..<count { weight *= 10 }
    while weight > 0 {
      bytes.append(0x30 + UInt8(truncatingIfNeeded: number / weight % 10))
      weight /= 10
    }
  }

  package mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  package mutating func raw(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func list<Element>(
    _ open: StaticString, _ elements: [Element], _ close: StaticString,
    _ write: (inout JSONWriter, Element) -> Void
  ) {
    raw(open)
    for (index, element) in elements.enumerated() {
      if index > 0 { raw(",") }
      write(&self, element)
    }
    raw(close)
  }
}
