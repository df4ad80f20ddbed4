internal import LoggistModel

extension ConfigurationReader {
  /// `monday 08:00`.
  static func handover(_ text: String) -> (Weekday, Int)? {
    let words = text.split(separator: " ")
    guard words.count == 2, let day = weekday(words[0]), let second = timeOfDay(words[1]) else {
      return nil
    }
    return (day, second)
  }

  /// `mon-fri`, `sat`; over the week's end too (`sat-mon`).
  static func weekdays(_ text: String) -> [Weekday]? {
    let ends = text.split(separator: "-").map { weekday($0) }
    guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else {
      return nil
    }
    let count = (last.rawValue - first.rawValue + 7) % 7 + 1
    return (0..<count).compactMap { Weekday(rawValue: (first.rawValue + $0) % 7) }
  }

  /// `08:00-17:00`; the end may be `24:00`.
  static func hours(_ text: String) -> Range<Int>? {
    let ends = text.split(separator: "-").map { timeOfDay($0) }
    guard ends.count == 2, let start = ends[0], let end = ends[1], start < end else { return nil }
    return start..<end
  }

  /// Seconds since midnight.
  private static func timeOfDay(_ text: some StringProtocol) -> Int? {
    let parts = text.split(separator: ":").map { Int($0) }
    guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0...24).contains(hour),
      (0...59).contains(minute), hour < 24 || minute == 0
    else { return nil }
    return hour * 3600 + minute * 60
  }

  private static func weekday(_ text: some StringProtocol) -> Weekday? {
    let word = text.lowercased()
    guard word.utf8.count >= 2 else { return nil }
    return Weekday.allCases.first { $0.name.lowercased().hasPrefix(word) }
  }
}

extension TimeSpan {
  /// Reads `90s`, `5m`, `1h30m`, `3d`, `2w`.
  init?(written text: String) {
    var (total, number, hasNumber) = (0, 0, false)
    for byte in text.utf8 {
      if (0x30...0x39).contains(byte) {
        guard number < 100_000 else { return nil }
        (number, hasNumber) = (number * 10 + Int(byte - 0x30), true)
        continue
      }
      guard hasNumber, let unit = TimeSpan.units[byte] else { return nil }
      total += number * unit
      (number, hasNumber) = (0, false)
    }
    guard !hasNumber, total > 0 else { return nil }
    self = .seconds(total)
  }

  private static let units: [UInt8: Int] = [
    UInt8(ascii: "s"): 1, UInt8(ascii: "m"): 60, UInt8(ascii: "h"): 3600,
    UInt8(ascii: "d"): 86_400, UInt8(ascii: "w"): 604_800,
  ]
}
