internal import LoggistModel

/// A passage of Markdown as plain text: what a log keeps of it.
///
/// Emphasis and backticks go, a link becomes `its text (its address)`, an image the same, `<br>` a line break, an
/// entity its character; an escaped character stands for itself. What only looks like markup stays: `2 * 3`,
/// `snake_case`, `<node-name>`, `[PROD]`. Cost: linear, whatever the passage holds.
struct InlineText {
  /// The addresses of `[name]: address` lines, by name in lower case.
  typealias Definitions = [[UInt8]: [UInt8]]

  private let bytes: [UInt8]
  private let definitions: Definitions
  private var plain: [UInt8] = []
  private var place = 0
  /// Where the bracket of each `[` closes, by its place.
  private var closes: [Int: Int] = [:]
  /// The links whose text is being read: where it ends, what follows, and where reading goes on.
  private var links: [(end: Int, address: [UInt8], next: Int, start: Int)] = []
  /// The last place in `plain` where each mark could have opened.
  private var openers: [Mark: Int] = [:]
  private var marks: [Range<Int>] = []
  private var unclosedCode: Set<Int> = []
  private var unclosedAddress = 0

  private struct Mark: Hashable {
    let byte: UInt8
    let count: Int
  }

  private init(_ bytes: [UInt8], _ definitions: Definitions) {
    (self.bytes, self.definitions) = (bytes, definitions)
  }

  static func plain(_ bytes: [UInt8], _ definitions: Definitions = [:]) -> [UInt8] {
    // Most lines hold no markup.
    if isPlain(bytes) { return bytes }
    var text = InlineText(bytes, definitions)
    return text.read()
  }

  /// Nothing in it could be markup.
  static func isPlain(_ bytes: [UInt8]) -> Bool { !bytes.contains(where: isSpecial) }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x5C, 0x60, 0x5B, 0x3C, 0x26, 0x2A, 0x5F, 0x7E: true
    default: false
    }
  }

  private mutating func read() -> [UInt8] {
    pairBrackets()
    plain.reserveCapacity(bytes.count)
    while place < bytes.count {
      if let link = links.last, link.end == place {
        end(link)
        continue
      }
      step()
    }
    return withoutMarks()
  }

  private mutating func step() {
    let byte = bytes[place]
    switch byte {
    case UInt8(ascii: "\\") where place + 1 < bytes.count && bytes[place + 1].isMark:
      plain.append(bytes[place + 1])
      place += 2
    case UInt8(ascii: "`"): code()
    case UInt8(ascii: "!") where place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "["):
      place += 1
      if !link() { keep(UInt8(ascii: "!")) }
    case UInt8(ascii: "["): if !link() { keep(byte, place: 1) }
    case UInt8(ascii: "<"): if !tag() { keep(byte, place: 1) }
    case UInt8(ascii: "&"): if !entity() { keep(byte, place: 1) }
    case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): mark(byte)
    default: keep(byte, place: 1)
    }
  }

  private mutating func keep(_ byte: UInt8, place count: Int = 0) {
    plain.append(byte)
    place += count
  }
}

// MARK: Code and emphasis

extension InlineText {
  private func run(of byte: UInt8, at start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] == byte { end += 1 }
    return end - start
  }

  private mutating func code() {
    let tick = UInt8(ascii: "`")
    let count = run(of: tick, at: place)
    var close = place + count
    if !unclosedCode.contains(count) {
      while close < bytes.count {
        let length = bytes[close] == tick ? run(of: tick, at: close) : 0
        if length == count {
          plain += bytes[(place + count)..<close]
          place = close + count
          return
        }
        close += max(1, length)
      }
      unclosedCode.insert(count)
    }
    plain += bytes[place..<place + count]
    place += count
  }

  /// `*`, `**`, `_`, `~~`: taken out where it has a partner, and neither side of a mark inside a word.
  private mutating func mark(_ byte: UInt8) {
    let count = run(of: byte, at: place)
    let before = place > 0 ? bytes[place - 1] : 0x20
    let after = place + count < bytes.count ? bytes[place + count] : 0x20
    let start = plain.count
    plain += repeatElement(byte, count: count)
    place += count
    guard count <= 3, byte != UInt8(ascii: "~") || count == 2,
      !(before.isWordPart && after.isWordPart)
    else { return }
    let mark = Mark(byte: byte, count: count)
    if !before.isBlank, let opener = openers[mark] {
      marks += [opener..<opener + count, start..<start + count]
      openers[mark] = nil
    } else if !after.isBlank {
      openers[mark] = start
    }
  }

  private func withoutMarks() -> [UInt8] {
    if marks.isEmpty { return plain }
    var (text, last): ([UInt8], Int) = ([], 0)
    text.reserveCapacity(plain.count)
    for mark in marks.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      text += plain[last..<mark.lowerBound]
      last = mark.upperBound
    }
    return text + plain[last...]
  }
}

// MARK: Links

extension InlineText {
  private mutating func pairBrackets() {
    var open: [Int] = []
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "[") {
        open.append(index)
      } else if byte == UInt8(ascii: "]"), let last = open.popLast() {
        closes[last] = index
      }
    }
  }

  /// Begins a link at `[`; false where the bracket is only a bracket.
  private mutating func link() -> Bool {
    guard let close = closes[place], links.last.map({ close < $0.end }) ?? true else {
      return false
    }
    let label = place + 1..<close
    let next = close + 1 < bytes.count ? bytes[close + 1] : 0
    if next == UInt8(ascii: "("), let (address, end) = address(from: close + 2) {
      links.append((close, address, end, plain.count))
    } else if next == UInt8(ascii: "["), let end = closing(from: close + 2) {
      let name = end > close + 2 ? close + 2..<end : label
      links.append((close, definition(name) ?? [], end + 1, plain.count))
    } else if let address = definition(label) {
      links.append((close, address, close + 1, plain.count))
    } else {
      return false
    }
    place += 1
    return true
  }

  private mutating func end(_ link: (end: Int, address: [UInt8], next: Int, start: Int)) {
    links.removeLast()
    let label = plain[link.start...]
    if label.isEmpty {
      plain += link.address
    } else if !link.address.isEmpty, !label.elementsEqual(link.address) {
      plain += [0x20, UInt8(ascii: "(")] + link.address + [UInt8(ascii: ")")]
    }
    place = link.next
  }

  /// The address behind `](`, and the place behind its `)`; without a title.
  private mutating func address(from start: Int) -> (address: [UInt8], end: Int)? {
    guard start >= unclosedAddress else { return nil }
    var (index, depth) = (start, 0)
    while index < bytes.count, bytes[index] != 0x0A {
      if bytes[index] == UInt8(ascii: "(") { depth += 1 }
      if bytes[index] == UInt8(ascii: ")") {
        if depth == 0 {
          let inside = Array(bytes[start..<index]).trimmed
          let address = inside.prefix { !$0.isBlank }
          return (Array(address).withoutAngles, index + 1)
        }
        depth -= 1
      }
      index += 1
    }
    unclosedAddress = index
    return nil
  }

  private func closing(from start: Int) -> Int? {
    bytes[start..<min(bytes.count, start + 200)].firstIndex(of: UInt8(ascii: "]"))
  }

  private func definition(_ name: Range<Int>) -> [UInt8]? {
    guard !definitions.isEmpty, name.count <= 200 else { return nil }
    return definitions[bytes[name].map(\.lowercase)]
  }
}

// MARK: HTML

extension InlineText {
  /// Tags that only set text; all others stay, for `<node-name>` is no tag.
  private static let inlineTags: Set<String> = [
    "a", "abbr", "b", "blockquote", "code", "details", "div", "em", "figure", "i", "kbd", "li",
    "mark",
    "ol", "p", "pre", "s", "small", "span", "strong", "sub", "summary", "sup", "time", "tt", "u",
    "ul",
  ]

  private mutating func tag() -> Bool {
    guard
      let end = bytes[(place + 1)...].prefix(4000)
        .firstIndex(where: { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "<") }),
      bytes[end] == UInt8(ascii: ">")
    else { return false }
    var cursor = LineCursor(Array(bytes[(place + 1)..<end]))
    if cursor.bytes.count > 3, cursor.starts(with: "!--") {
      place = end + 1
      return true
    }
    if cursor.starts(with: "http://") || cursor.starts(with: "https://")
      || cursor.starts(with: "mailto:")
    {
      plain += cursor.bytes
      place = end + 1
      return true
    }
    _ = cursor.take("/")
    guard let name = cursor.word(), cursor.isAtBoundary || cursor.starts(with: "/") else {
      return false
    }
    if name == "br" {
      plain.append(0x0A)
    } else if name == "img" {
      let (alt, source) = (
        InlineText.attribute("alt", of: cursor.bytes), InlineText.attribute("src", of: cursor.bytes)
      )
      plain += alt
      if !source.isEmpty {
        plain +=
          alt.isEmpty ? source : [0x20, UInt8(ascii: "(")] + source + [UInt8(ascii: ")")]
      }
    } else if !InlineText.inlineTags.contains(name) {
      return false
    }
    place = end + 1
    return true
  }

  private static func attribute(_ name: String, of tag: [UInt8]) -> [UInt8] {
    for index in tag.indices where tag[index] == 0x20 {
      var cursor = LineCursor(tag, at: index + 1)
      guard cursor.word() == name, cursor.take("="), let quote = cursor.byte,
        quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
      else { continue }
      let rest = tag[(cursor.place + 1)...]
      return Array(rest.prefix { $0 != quote })
    }
    return []
  }

  private static let entities: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "–",
    "mdash": "—", "hellip": "…", "rarr": "→", "#39": "'", "#x27": "'", "rsquo": "’", "lsquo": "‘",
    "ldquo": "“", "rdquo": "”",
  ]

  private mutating func entity() -> Bool {
    let name = bytes[(place + 1)...].prefix(7).prefix { $0 != UInt8(ascii: ";") }
    guard name.endIndex < bytes.count, bytes[name.endIndex] == UInt8(ascii: ";"),
      let text = InlineText.entities[String(decoding: name, as: UTF8.self)]
    else { return false }
    plain += text.utf8
    place = name.endIndex + 1
    return true
  }
}

extension UInt8 {
  /// Punctuation of ASCII: what a backslash escapes.
  fileprivate var isMark: Bool {
    (0x21...0x2F).contains(self) || (0x3A...0x40).contains(self) || (0x5B...0x60).contains(self)
      || (0x7B...0x7E).contains(self)
  }

  /// A letter or digit, of any script.
  var isWordPart: Bool { isLetter || isDigit || self >= 0x80 }

  var lowercase: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}

extension [UInt8] {
  fileprivate var withoutAngles: [UInt8] {
    guard count >= 2, first == UInt8(ascii: "<"), last == UInt8(ascii: ">") else { return self }
    return Array(self[1..<(count - 1)])
  }
}
