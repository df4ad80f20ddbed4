/// Writes compact JSON into one buffer.
///
/// The buffer is its own and not an array: an import writes some fifty small pieces an entry, and an array looks at each
/// of them as if it could be anything.
package struct JSONWriter: ~Copyable {
  private var room: UnsafeMutableRawBufferPointer
  /// Bytes that were written.
  package private(set) var count = 0

  /// - Parameter capacity: bytes that are likely to be written; it grows.
  package init(capacity: Int = 512) {
    room = .allocate(byteCount: max(64, capacity), alignment: 1)
  }

  deinit { room.deallocate() }

  package var bytes: [UInt8] { withBytes { Array($0) } }

  /// What was written so far, for the time of the closure.
  package func withBytes<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value
  {
    try body(UnsafeRawBufferPointer(rebasing: room[..<count]))
  }

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
    var text = text
    text.withUTF8 { utf8 in
      // Looked at as a whole first, which the processor does many bytes at a time: most texts have nothing to escape.
      var needsEscape = false
      for byte in utf8 { needsEscape = needsEscape || JSONWriter.isEscaped(byte) }
      reserve(utf8.count + 2)
      byte(UInt8(ascii: "\""))
      if needsEscape { writeEscaped(utf8) } else { raw(UnsafeRawBufferPointer(utf8)) }
      byte(UInt8(ascii: "\""))
    }
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x22 || byte == 0x5C
  }

  private mutating func writeEscaped(_ utf8: UnsafeBufferPointer<UInt8>) {
    for value in utf8 {
      if JSONWriter.isEscaped(value) { escape(value) } else { byte(value) }
    }
  }

  private mutating func escape(_ value: UInt8) {
    switch value {
    case UInt8(ascii: "\""): raw("\\\"")
    case UInt8(ascii: "\\"): raw("\\\\")
    case 0x0A: raw("\\n")
    case 0x0D: raw("\\r")
    case 0x09: raw("\\t")
    default:
      raw("\\u00")
      byte(hexDigit(value >> 4))
      byte(hexDigit(value & 15))
    }
  }

  /// A number from 0 on.
  package mutating func write(_ number: Int) {
    var length = 1
    var rest = number
    while rest >= 10 { (rest, length) = (rest / 10, length + 1) }
    digits(number, length)
  }

  /// A number from 0 on in so many digits, zeros in front.
  mutating func digits(_ number: Int, _ length: Int) {
    reserve(length)
    var rest = number
    for place in stride(from: count + length - 1, through: count, by: -1) {
      room[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count += length
  }

  package mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { raw(UnsafeRawBufferPointer($0)) }
  }

  package mutating func raw(_ text: String) {
    var text = text
    text.withUTF8 { raw(UnsafeRawBufferPointer($0)) }
  }

  /// Bytes that are JSON already.
  package mutating func raw(_ json: UnsafeRawBufferPointer) {
    guard let start = json.baseAddress, let own = room.baseAddress else { return }
    if count + json.count > room.count { return grow(by: json) }
    (own + count).copyMemory(from: start, byteCount: json.count)
    count += json.count
  }

  /// Leaves room for so many bytes, which `fill` writes; where they begin.
  package mutating func leave(_ length: Int) -> Int {
    reserve(length)
    defer { count += length }
    return count
  }

  /// Writes what was left open, from what is written around it.
  package mutating func fill(
    _ hole: Range<Int>, _ body: (UnsafeRawBufferPointer, UnsafeMutableRawBufferPointer) -> Void
  ) {
    body(
      UnsafeRawBufferPointer(rebasing: room[..<count]),
      UnsafeMutableRawBufferPointer(rebasing: room[hole]))
  }

  private mutating func grow(by json: UnsafeRawBufferPointer) {
    reserve(json.count)
    raw(json)
  }

  private mutating func byte(_ value: UInt8) {
    reserve(1)
    room[count] = value
    count += 1
  }

  /// Makes room for so many bytes more.
  package mutating func reserve(_ more: Int) {
    if count + more <= room.count { return }
    let wider = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(count + more, room.count * 2), alignment: 1)
    withBytes { wider.copyMemory(from: $0) }
    room.deallocate()
    room = wider
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
