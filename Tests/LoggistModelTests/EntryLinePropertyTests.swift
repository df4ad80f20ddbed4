import LoggistModel
import TestSupport
import Testing

@Suite("The entry line, whatever is typed")
struct EntryLinePropertyTests {
  @Test("a line and its inverse give the same preview", arguments: [1, 2, 3, 4] as [UInt64])
  func inverseOfLines(seed: UInt64) throws {
    var random = RandomLines(seed: seed)
    for _ in 0..<2_500 {
      let context = random.context()
      let line = random.line()
      let read = EntryLine.read(line, as: random.kind(), in: context)
      if read.problem == nil {
        try expectSame(read, in: context, "\(seed): \(line.debugDescription)")
      }
    }
  }

  @Test("any preview has a line", arguments: [5, 6, 7, 8] as [UInt64])
  func inverseOfPreviews(seed: UInt64) throws {
    var random = RandomLines(seed: seed)
    for _ in 0..<2_500 {
      let context = random.context()
      try expectSame(random.preview(in: context), in: context, "\(seed)")
    }
  }

  @Test("no typed character is lost", arguments: [9, 10, 11, 12] as [UInt64])
  func coverage(seed: UInt64) throws {
    var random = RandomLines(seed: seed)
    for _ in 0..<12_500 {
      let context = random.context()
      let line = random.line()
      let read = EntryLine.read(line, as: random.kind(), in: context)
      let kept = Array((read.text ?? "").utf8).filter { !isBlank($0) }
      try #require(kept == whatSpansLeave(of: line, read, in: context), "\(line.debugDescription)")
    }
  }

  /// Reads the preview's line, and compares byte for byte: `==` takes an accent and its combining mark for the same.
  private func expectSame(
    _ preview: EntryLinePreview, in context: EntryLineContext, _ what: String
  ) throws {
    let line = EntryLine.format(preview, in: context)
    let again = EntryLine.read(line, as: preview.kind, in: context)
    try #require(recorded(again) == recorded(preview), "\(what) → \(line.debugDescription)")
    try #require(bytes(again) == bytes(preview), "\(what) → \(line.debugDescription)")
  }

  private func recorded(_ preview: EntryLinePreview) -> EntryLinePreview {
    var preview = preview
    (preview.spans, preview.doubts) = ([], [])
    return preview
  }

  private func bytes(_ preview: EntryLinePreview) -> [UInt8] {
    preview.entries(incident: nil).flatMap { Array($0.json.text.utf8) }
  }

  /// The bytes outside of spans, with the sentences of canned texts, without white space.
  private func whatSpansLeave(
    of line: String, _ read: EntryLinePreview, in context: EntryLineContext
  ) -> [UInt8] {
    let bytes = Array(line.utf8)
    var (left, place): ([UInt8], Int) = ([], 0)
    for span in read.spans {
      left += bytes[place..<span.range.lowerBound]
      if span.meaning == .canned {
        let word = bytes[span.range].dropFirst()
        let key = String(decoding: word, as: UTF8.self).lowercased()
        left += Array((context.canned[key] ?? "").utf8)
      }
      place = span.range.upperBound
    }
    left += bytes[place...]
    return left.filter { !isBlank($0) }
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }
}

/// Lines and previews put together at random from what is likely to go wrong.
struct RandomLines {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func pick<Element>(_ elements: [Element]) -> Element { random.pick(elements) }
  mutating func below(_ limit: Int) -> Int { random.below(limit) }

  static let pieces = [
    "20:45", "8:45 pm", "2045h", "-12m", "12 min ago", "yesterday 23:50", "mon 08:15", "~", "ca.",
    "2022-01-05T20:45+01:00", "2021-12-31 23:59:59.250-05:00", "5 Jan", "20:10-20:45", "02:30",
    "WAT", "UTC", "CET", "BST", "IT", "pm", "ago", "+01:00", "24:00", "-", ":", ",", ".", "!", "?",
    ")", "@ama", "@t.waller", "@terence", "@bùkọ́", "@\"Terence Waller\"", "@", "@@", "a@b",
    "#pharmacy", "#ward-a", "#Ward", "#door", "#1", "#", "C#", "#\"two words\"", "#\"", "!1", "!4",
    "!5", "!major", "!!", "outcome=held", "outcome=helt", "to=", "to=x", "to=\"a b\"", "to=\"",
    "verdict=suspected", "next_due=21:30", "next_due=+30m", "due=+7d", "callback=yes", "a=b",
    "until=21:10", "until=x", "ref=INC.812", "priority=2", "major=no", "set=1", "path=C:\\x\\",
    "place=\"Ward A\"", "service=wifi", "reason=\"x\\\"y\"", ";wifi", ";odd", ";none", "\\", "\\\\",
    "\\@ama", "\\#x", "\\!1", "\"", "“", "”", "'", "\n", "\r\n", "\r", "\t", "\u{1B}[31m",
    "\u{0}", "\u{7F}", "\u{85}", "\u{A0}", "\u{202E}", "\u{2066}", "\u{FEFF}", "\u{200D}", "é",
    "e\u{301}", "\u{301}", "ọ̀fẹ́", "الصيدلية", "药房", "💊", "👩‍💻", "🇳🇬", "word", "queue stuck", "x",
    "10", "users", "−", "–", "—",
  ]

  mutating func text() -> String {
    (0..<random.below(7)).map { _ in
      random.pick(RandomLines.pieces) + random.pick(["", " ", " ", " ", "  ", "\n"])
    }.joined()
  }

  mutating func line() -> String {
    if random.below(12) > 0 { return text() }
    // Now and then any scalars at all.
    return String(
      String.UnicodeScalarView(
        (0..<random.below(20)).compactMap { _ in
          Unicode.Scalar(
            UInt32(random.pick([0x80, 0x80, 0x250, 0x11_0000]).advanced(by: -1))
              .multipliedFullWidth(by: UInt32(truncatingIfNeeded: random.next())).high)
        }))
  }

  mutating func kind() -> Kind {
    random.below(40) == 0 ? Kind(name: "later") : random.pick(Kind.allKnown)
  }

  static let contexts = [
    Desk.context(now: Desk.utc(2022, 10, 30, 8, 0), zone: Desk.berlin),
    Desk.context(now: Desk.utc(2022, 3, 27, 1, 20), zone: Desk.berlin),
    Desk.context(now: Desk.now + TimeSpan(milliseconds: 345), zone: .utc),
    Desk.context(),
  ]

  mutating func context() -> EntryLineContext { random.pick(RandomLines.contexts) }
}

extension RandomLines {
  /// A preview as somebody might build it, not as the reader would.
  mutating func preview(in context: EntryLineContext) -> EntryLinePreview {
    let kind = kind()
    var preview = EntryLinePreview(kind, at: context.zone.timestamp(context.now.wholeSeconds))
    if random.below(2) == 0 { setTime(&preview, in: context) }
    preview.text = trimmed(text())
    preview.tags = distinct((0..<random.below(3)).compactMap { _ in word() })
    for rule in kind.rule.fields where random.below(2) == 0 {
      if let value = value(rule, preview) {
        preview.fields.append(JSONMember(rule.field.rawValue, value))
      }
    }
    if kind.rule.person == nil, random.below(3) == 0 { preview.author = word() }
    if !kind.rule.has(.priority) {
      if random.below(3) == 0 {
        preview.changes.append(JSONMember("priority", .string("P\(random.below(4) + 1)")))
      }
      if random.below(3) == 0 { preview.changes.append(JSONMember("major", .bool(true))) }
    }
    return preview
  }

  private mutating func setTime(_ preview: inout EntryLinePreview, in context: EntryLineContext) {
    preview.at = Timestamp(
      Instant(milliseconds: context.now.milliseconds - Int64(random.below(1 << 40))),
      offsetMinutes: random.below(2879) - 1439)
    preview.hasTime = true
    if random.below(4) == 0 { preview.precision = .approximate }
    if random.below(4) == 0 {
      preview.until = Timestamp(
        preview.at.instant + .minutes(random.below(9999)), offsetMinutes: 60)
    }
  }

  private mutating func value(_ rule: FieldRule, _ preview: EntryLinePreview) -> JSONValue? {
    switch rule.type {
    case .text, .suggestion: .string(text())
    case .choice(let words): .string(random.pick(words))
    case .flag: .bool(random.below(2) == 0)
    case .integer: .integer(random.below(1000))
    case .timestamp: .string(preview.at.description)
    case .day: .string(random.below(2) == 0 ? "2026-03-20" : preview.at.description)
    case .entry: .string("INC.\(random.below(900) + 1)")
    case .incident: .string("INC-\(random.below(900) + 1)")
    case .priority: .string("P\(random.below(4) + 1)")
    case .json: nil
    }
  }

  private mutating func word() -> String? {
    let word = random.pick(["ama", "Ama Owusu", "Terence Waller", "ward-a", "x", "1", text()])
    return word.isEmpty ? nil : word
  }

  private func distinct(_ words: [String]) -> [String] {
    words.enumerated().filter { words.firstIndex(of: $1) == $0 }.map(\.element)
  }

  private func trimmed(_ text: String) -> String? {
    let isBlank = { (byte: UInt8) in byte == 0x20 || (9...13).contains(byte) }
    let bytes = Array(text.utf8)
    guard let first = bytes.firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return nil }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}

extension EntryLinePropertyTests {
  @Test(
    "a recorded entry, its line and the entry read from it agree", arguments: [13, 14] as [UInt64])
  func recordedEntries(seed: UInt64) throws {
    var random = RandomLines(seed: seed)
    for _ in 0..<1_500 {
      let context = random.context()
      let original = try #require(random.preview(in: context).entries(incident: nil).first)
      let line = EntryLine.format(EntryLinePreview(original), in: context)
      let read = EntryLine.read(line, as: original.kind, in: context)
      try #require(read.problem == nil, "\(line.debugDescription)")
      let corrected = read.corrected(original)
      try #require(corrected.json.text == original.json.text, "\(line.debugDescription)")
    }
  }
}
