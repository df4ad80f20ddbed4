/// What stands up to the next white space, without the punctuation that closes it (`.,;:!?)`).
struct Word {
  let text: String
  let end: Int

  init(_ bytes: [UInt8], _ place: Int) {
    var end = place
    while end < bytes.count, !bytes[end].isBlank { end += 1 }
    while end > place, Word.closing.contains(bytes[end - 1]) { end -= 1 }
    text = String(decoding: bytes[place..<end], as: UTF8.self)
    self.end = end
  }

  private static let closing = Array(".,;:!?)".utf8)

  static func closes(_ byte: UInt8) -> Bool { closing.contains(byte) }

  /// Letters and digits of any script, `.`, `_` and `-`, one letter at least: `#1` counts something.
  var isName: Bool {
    var hasLetter = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z": hasLetter = true
      case "0"..."9", ".", "_", "-": break
      default:
        guard !scalar.isASCII else { return false }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
          hasLetter = true
        case .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber: break
        default: return false
        }
      }
    }
    return hasLetter
  }
}

/// A value in quotation marks, straight or curly (`to="Terence Waller"`, `to=“Terence Waller”`).
///
/// A backslash is one unless a straight mark follows it: `\"` is a mark inside, `\\"` a backslash and the end. So
/// `path="C:\logs"` needs no care. It may hold line breaks; white space, punctuation or the end must follow it.
struct QuotedValue {
  let text: String
  let end: Int

  /// In bytes; a longer value needs straight marks. Else a page of opening marks would take its length squared.
  private static let curlyLimit = 1000

  static func opens(_ bytes: [UInt8], at place: Int) -> Bool {
    let cursor = LineCursor(bytes, at: place)
    return cursor.starts(with: "\"") || cursor.starts(with: "“")
  }

  static func read(_ bytes: [UInt8], at place: Int) -> QuotedValue? {
    var cursor = LineCursor(bytes, at: place)
    let close: String
    if cursor.take("\"") {
      close = "\""
    } else if cursor.take("“") {
      close = "”"
    } else {
      return nil
    }
    var (value, backslashes): ([UInt8], Int) = ([], 0)
    while let byte = cursor.byte {
      // Curly marks come from other programs, in prose too: one that is never closed ends with its line.
      if close != "\"", byte == 0x0A || value.count > curlyLimit { return nil }
      if cursor.starts(with: close), close != "\"" || backslashes % 2 == 0 {
        _ = cursor.take(close)
        value.removeLast(close == "\"" ? backslashes / 2 : 0)
        return isClosed(cursor) ? QuotedValue(text: value.text, end: cursor.place) : nil
      }
      if byte == UInt8(ascii: "\""), close == "\"" { value.removeLast(backslashes / 2 + 1) }
      backslashes = byte == UInt8(ascii: "\\") ? backslashes + 1 : 0
      value.append(byte)
      cursor.place += 1
    }
    return nil
  }

  /// Closing punctuation, then white space or the end.
  private static func isClosed(_ cursor: LineCursor) -> Bool {
    var cursor = cursor
    while let byte = cursor.byte, Word.closes(byte) { cursor.place += 1 }
    return cursor.isAtBoundary
  }

  /// The inverse.
  static func quoting(_ text: String) -> String {
    var (bytes, backslashes): ([UInt8], Int) = ([UInt8(ascii: "\"")], 0)
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") {
        bytes.append(contentsOf: repeatElement(UInt8(ascii: "\\"), count: backslashes + 1))
      }
      backslashes = byte == UInt8(ascii: "\\") ? backslashes + 1 : 0
      bytes.append(byte)
    }
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "\\"), count: backslashes))
    bytes.append(UInt8(ascii: "\""))
    return bytes.text
  }
}
