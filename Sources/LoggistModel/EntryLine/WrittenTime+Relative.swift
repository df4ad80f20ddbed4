extension WrittenTime {
  /// `-12m`, `−1h30m`, `12m ago`, `1 h 30 min ago`.
  static func relative(_ cursor: inout LineCursor) -> Value? {
    if cursor.take(anyOf: "-", "−", "–") {
      return length(&cursor, mayHaveSpaces: false).map { .relative(seconds: -$0) }
    }
    guard let seconds = length(&cursor, mayHaveSpaces: true), cursor.skipSpaces(),
      cursor.word() == "ago"
    else { return nil }
    return .relative(seconds: -seconds)
  }

  /// `+30m`, `+1h30m`: what lies ahead, in a field.
  static func ahead(_ text: String) -> Int? {
    var cursor = LineCursor(Array(text.utf8))
    guard cursor.take("+"), let seconds = length(&cursor, mayHaveSpaces: false), cursor.isAtEnd
    else { return nil }
    return seconds
  }

  /// Seconds: numbers with units, each unit smaller than the one before (`1d2h`, `1h30m`, `90s`).
  private static func length(_ cursor: inout LineCursor, mayHaveSpaces: Bool) -> Int? {
    var (total, last) = (0, Int.max)
    while let part = cursor.attempt({ cursor -> (seconds: Int, unit: Int)? in
      if mayHaveSpaces, last != .max { cursor.skipSpaces() }
      guard let number = cursor.number(digits: 1...4) else { return nil }
      if mayHaveSpaces { cursor.skipSpaces() }
      guard let unit = cursor.word().flatMap(seconds(inUnit:)), unit < last else { return nil }
      return (number * unit, unit)
    }) {
      total += part.seconds
      last = part.unit
    }
    return last == .max ? nil : total
  }

  private static func seconds(inUnit word: String) -> Int? {
    switch word {
    case "s", "sec", "secs", "second", "seconds": 1
    case "m", "min", "mins", "minute", "minutes": 60
    case "h", "hr", "hrs", "hour", "hours": 3600
    case "d", "day", "days": 86_400
    case "w", "week", "weeks": 7 * 86_400
    default: nil
    }
  }
}
