/// A place in the bytes of a line, for reading forward by hand: a failed read leaves the place where it was.
package struct LineCursor {
  package let bytes: [UInt8]
  package var place: Int

  package init(_ bytes: [UInt8], at place: Int = 0) {
    (self.bytes, self.place) = (bytes, place)
  }

  package var isAtEnd: Bool { place >= bytes.count }

  package var byte: UInt8? { place < bytes.count ? bytes[place] : nil }

  /// Nothing more of the word that was read stands here: white space, or the end.
  package var isAtBoundary: Bool { byte.map { $0.isBlank } ?? true }

  /// A boundary, or one mark of punctuation before it.
  package var endsTime: Bool {
    if isAtBoundary { return true }
    var next = self
    return next.take(anyOf: ":", ",", ".") && next.isAtBoundary
  }

  /// Reads the whole form or nothing: a nil result puts the place back.
  package mutating func attempt<Value>(_ read: (inout LineCursor) -> Value?) -> Value? {
    let start = place
    if let value = read(&self) { return value }
    place = start
    return nil
  }
}

extension LineCursor {
  package func starts(with text: String) -> Bool {
    var index = place
    for byte in text.utf8 {
      guard index < bytes.count, bytes[index] == byte else { return false }
      index += 1
    }
    return true
  }

  package mutating func take(_ text: String) -> Bool {
    guard starts(with: text) else { return false }
    place += text.utf8.count
    return true
  }

  package mutating func take(anyOf texts: String...) -> Bool {
    for text in texts where take(text) { return true }
    return false
  }

  /// All the digits that stand here, where their number is in the range.
  package mutating func number(digits: ClosedRange<Int>) -> Int? {
    var (index, number) = (place, 0)
    while index < bytes.count, bytes[index].isDigit {
      guard index - place < digits.upperBound else { return nil }
      number = number * 10 + Int(bytes[index] - 0x30)
      index += 1
    }
    guard index - place >= digits.lowerBound else { return nil }
    place = index
    return number
  }

  /// All the ASCII letters that stand here, in lower case; nil where there are none.
  package mutating func word() -> String? {
    var index = place
    while index < bytes.count, bytes[index].isLetter { index += 1 }
    guard index > place else { return nil }
    defer { place = index }
    return String(decoding: bytes[place..<index].map { $0 | 0x20 }, as: UTF8.self)
  }

  /// Spaces, tabs and the two no-break spaces that other programs put before `pm`; no line breaks.
  @discardableResult
  package mutating func skipSpaces() -> Bool {
    let start = place
    while take(" ") || take("\t") || take("\u{A0}") || take("\u{202F}") {}
    return place > start
  }

  /// White space of any kind, line breaks too.
  package mutating func skipBlanks() {
    while let byte, byte.isBlank { place += 1 }
  }
}

extension UInt8 {
  /// White space of ASCII, the only kind that parts tokens.
  package var isBlank: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
  package var isDigit: Bool { (0x30...0x39).contains(self) }
  package var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
}

extension [UInt8] {
  /// Without white space at both ends.
  package var trimmed: [UInt8] {
    guard let first = firstIndex(where: { !$0.isBlank }),
      let last = lastIndex(where: { !$0.isBlank })
    else { return [] }
    return Array(self[first...last])
  }

  package var text: String { String(decoding: self, as: UTF8.self) }
}
