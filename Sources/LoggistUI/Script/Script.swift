import LoggistModel
package import Terminal

/// A session as a text: keys in, screens out. A bug report can be one, and every golden screen is.
///
/// A line is a step: `keys n "Cannot enter new drugs" Enter` (names of keys, quoted text is typed),
/// `paste "two\nlines"`, `later 2m` (also `s`, `h`), `at 2022-01-05T21:02:00+01:00`, `size 80x24`, `screen`
/// (the screen goes here). What stands behind `#`, and the screens themselves, are passed over.
package struct Script: Sendable {
  package let steps: [Step]

  package struct Step: Sendable {
    package let line: String
    let what: What
  }

  enum What: Sendable, Hashable {
    case keys([InputEvent])
    case later(TimeSpan)
    case at(Instant)
    case size(Size)
    case screen
    case remark
  }

  /// A line that is no step.
  package struct Mistake: Error, Sendable, Hashable {
    package let line: Int
    package let text: String
  }

  package init(_ text: String) throws(Mistake) {
    var steps: [Step] = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (number, line) in lines.enumerated() where !Script.isScreen(line) {
      if line.isEmpty, number == lines.count - 1 { continue }
      guard let what = Script.read(line) else { throw Mistake(line: number + 1, text: line) }
      steps.append(Step(line: line, what: what))
    }
    self.steps = steps
  }

  /// Rows of a recorded screen: `01│…│`, `01~…`, `cursor 3,1`.
  private static func isScreen(_ line: String) -> Bool {
    if line.hasPrefix("cursor ") { return true }
    let digits = line.prefix { $0.isASCII && $0.isNumber }
    guard digits.count >= 2 else { return false }
    let next = line.dropFirst(digits.count).first
    return next == "│" || next == "~"
  }

  private static func read(_ line: String) -> What? {
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    guard let verb = words.first, !verb.hasPrefix("#") else { return .remark }
    let rest = words.count > 1 ? words[1] : ""
    switch verb {
    case "keys": return keys(rest).map { .keys($0) }
    case "paste": return quoted(rest).map { .keys([.paste($0)]) }
    case "later": return span(rest).map { .later($0) }
    case "at": return Timestamp(rest).map { .at($0.instant) }
    case "size": return Size(rest).map { .size($0) }
    case "screen": return .screen
    default: return nil
    }
  }

  private static func keys(_ text: String) -> [InputEvent]? {
    var events: [InputEvent] = []
    var rest = text[...]
    while let first = rest.first {
      if first == " " {
        rest.removeFirst()
      } else if first == "\"" {
        guard let end = rest.dropFirst().firstIndex(of: "\"") else { return nil }
        let typed = rest[rest.index(after: rest.startIndex)..<end]
        events += typed.map { .key(Key(.character($0))) }
        rest = rest[rest.index(after: end)...]
      } else {
        let word = rest.prefix { $0 != " " }
        guard let key = Key(String(word)) else { return nil }
        events.append(.key(key))
        rest = rest[word.endIndex...]
      }
    }
    return events
  }

  private static func quoted(_ text: String) -> String? {
    guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return nil }
    var (pasted, isEscaped) = ("", false)
    for character in text.dropFirst().dropLast() {
      if isEscaped {
        guard let meant = escapes[character] else { return nil }
        pasted.append(meant)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        pasted.append(character)
      }
    }
    return isEscaped ? nil : pasted
  }

  private static let escapes: [Character: Character] = [
    "n": "\n", "r": "\r", "t": "\t", "e": "\u{1B}", "\\": "\\",
  ]

  private static func span(_ text: String) -> TimeSpan? {
    guard let unit = text.last, let count = Int(text.dropLast()), count >= 0 else { return nil }
    switch unit {
    case "s": return .seconds(count)
    case "m": return .minutes(count)
    case "h": return .hours(count)
    default: return nil
    }
  }
}

extension Size {
  /// Reads `80x24`: columns, then rows.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let columns = Int(parts[0]), let rows = Int(parts[1]),
      (1...1000).contains(columns), (1...1000).contains(rows)
    else { return nil }
    self.init(rows: rows, columns: columns)
  }
}
