/// Goes through a template's tags before Mustache does, to name the line of what is wrong: Mustache takes an unknown
/// name for an empty one, and its parser goes down a level of the stack for each section.
struct TemplateScan {
  private let bytes: [UInt8]
  private let known: Set<String>
  private var place = 0
  private var line = 1
  private var open: [(name: String, line: Int)] = []

  private static let deepest = 32

  static func check(_ text: String, known: Set<String>) throws(TemplateMistake) {
    var scan = TemplateScan(bytes: Array(text.utf8), known: known)
    while let tag = try scan.next() { try scan.take(tag) }
    if let section = scan.open.last {
      throw TemplateMistake(line: section.line, reason: .unclosedSection(section.name))
    }
  }

  private init(bytes: [UInt8], known: Set<String>) {
    (self.bytes, self.known) = (bytes, known)
  }

  private enum Tag {
    case comment
    case value(String)
    case section(String)
    case close(String)
    case other(String)
  }

  private mutating func next() throws(TemplateMistake) -> Tag? {
    while place + 1 < bytes.count {
      if bytes[place] == UInt8(ascii: "\n") { line += 1 }
      if bytes[place] == UInt8(ascii: "{"), bytes[place + 1] == UInt8(ascii: "{") {
        place += 2
        return try tag()
      }
      place += 1
    }
    return nil
  }

  /// The tag whose braces were just passed.
  private mutating func tag() throws(TemplateMistake) -> Tag {
    let sign = place < bytes.count ? bytes[place] : 0
    switch sign {
    case UInt8(ascii: "!"):
      let start = line
      guard skip(to: "}}", acrossLines: true) != nil else {
        throw TemplateMistake(line: start, reason: .unclosedTag)
      }
      return .comment
    case UInt8(ascii: "{"):
      place += 1
      return .value(try name(until: "}}}"))
    case UInt8(ascii: "&"):
      place += 1
      return .value(try name(until: "}}"))
    case UInt8(ascii: "#"), UInt8(ascii: "^"):
      place += 1
      return .section(try name(until: "}}"))
    case UInt8(ascii: "/"):
      place += 1
      return .close(try name(until: "}}"))
    case UInt8(ascii: ">"), UInt8(ascii: "<"), UInt8(ascii: "$"), UInt8(ascii: "="),
      UInt8(ascii: "%"):
      return .other(try name(until: "}}"))
    default: return .value(try name(until: "}}"))
    }
  }

  private mutating func take(_ tag: Tag) throws(TemplateMistake) {
    switch tag {
    case .comment: break
    case .value(let name): try check(name)
    case .section(let name):
      try check(name)
      open.append((name, line))
      if open.count > TemplateScan.deepest { throw mistake(.nestedTooDeep) }
    case .close(let name):
      guard open.last?.name == name else {
        throw mistake(.wrongClose(name, expected: open.last?.name))
      }
      open.removeLast()
    case .other(let text): throw mistake(.unsupported("{{\(text)}}"))
    }
  }

  private func check(_ name: String) throws(TemplateMistake) {
    if !known.contains(name) { throw mistake(.unknownTag(name, among: known.sorted())) }
  }

  private func mistake(_ reason: TemplateMistake.Reason) -> TemplateMistake {
    TemplateMistake(line: line, reason: reason)
  }

  /// What stands before the closing braces, without the spaces around it.
  private mutating func name(until end: StaticString) throws(TemplateMistake) -> String {
    guard let range = skip(to: end, acrossLines: false) else { throw mistake(.unclosedTag) }
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    var name = bytes[range]
    while let first = name.first, isSpace(first) { name.removeFirst() }
    while let last = name.last, isSpace(last) { name.removeLast() }
    return String(decoding: name, as: UTF8.self)
  }

  /// Moves behind the closing braces; the result is what was passed before them.
  private mutating func skip(to end: StaticString, acrossLines: Bool) -> Range<Int>? {
    let start = place
    while place + end.utf8CodeUnitCount <= bytes.count {
      if bytes[place] == UInt8(ascii: "\n") {
        if !acrossLines { return nil }
        line += 1
      }
      if (0..<end.utf8CodeUnitCount).allSatisfy({ bytes[place + $0] == UInt8(ascii: "}") }) {
        let range = start..<place
        place += end.utf8CodeUnitCount
        return range
      }
      place += 1
    }
    return nil
  }
}
