import LoggistModel

extension TimeFormat {
  /// What a text says in this format.
  func read(_ text: UnsafeBufferPointer<UInt8>, decimal: UInt8) -> Reading {
    switch form {
    case .steps(let steps): TimeFormat.read(text, steps)
    case .iso: TimeFormat.readISO(text)
    case .unix(let perSecond): TimeFormat.readUnix(text, perSecond, decimal)
    case .excel: TimeFormat.readSerial(text, decimal)
    }
  }

  enum Reading {
    /// The text has another form.
    case none
    case noSuchDay
    case time(WallTime)
  }

  static func shown(_ text: UnsafeBufferPointer<UInt8>) -> String {
    let shown = String(decoding: text.prefix(60), as: UTF8.self)
    return text.count > 60 ? shown + "…" : shown
  }

  private static func read(
    _ text: UnsafeBufferPointer<UInt8>, _ steps: [Step]
  ) -> Reading {
    var cursor = Cursor(text)
    var parts = Parts()
    for step in steps {
      guard take(step, &cursor, &parts) else { return .none }
    }
    guard cursor.isAtEnd else { return .none }
    return parts.time
  }

  private static func take(_ step: Step, _ cursor: inout Cursor, _ parts: inout Parts) -> Bool {
    switch step {
    case .year: cursor.number(4...4).map { parts.year = $0 } != nil
    case .shortYear: cursor.number(2...2).map { parts.year = $0 + ($0 < 70 ? 2000 : 1900) } != nil
    case .month: cursor.number(1...2).map { parts.month = $0 } != nil
    case .monthName: cursor.monthName().map { parts.month = $0 } != nil
    case .weekday: cursor.word() != nil
    case .day: cursor.number(1...2).map { parts.day = $0 } != nil
    case .hour, .hour12: cursor.number(1...2).map { parts.hour = $0 } != nil
    case .minute: cursor.number(1...2).map { parts.minute = $0 } != nil
    case .second: cursor.number(1...2).map { parts.second = $0 } != nil
    case .fraction: cursor.milliseconds().map { parts.milliseconds = $0 } != nil
    case .half: cursor.half().map { parts.isAfternoon = $0 } != nil
    case .offset: cursor.offset().map { parts.offset = $0 } != nil
    case .literal(let byte): cursor.take(byte)
    }
  }

  /// `2016-02-29T01:16:00.5+01:00`: `T` or a space, time, seconds, fraction and offset optional.
  private static func readISO(_ text: UnsafeBufferPointer<UInt8>) -> Reading {
    var cursor = Cursor(text)
    var parts = Parts()
    guard let year = cursor.number(4...4), cursor.take("-"), let month = cursor.number(2...2),
      cursor.take("-"), let day = cursor.number(2...2)
    else { return .none }
    (parts.year, parts.month, parts.day) = (year, month, day)
    if !cursor.isAtEnd {
      guard cursor.take("T") || cursor.take("t") || cursor.take(" "),
        let hour = cursor.number(1...2), cursor.take(":"), let minute = cursor.number(2...2)
      else { return .none }
      (parts.hour, parts.minute) = (hour, minute)
      if cursor.take(":") {
        guard let second = cursor.number(2...2) else { return .none }
        parts.second = second
        if cursor.take(".") || cursor.take(",") {
          guard let fraction = cursor.milliseconds() else { return .none }
          parts.milliseconds = fraction
        }
      }
      _ = cursor.take(" ")
      if !cursor.isAtEnd {
        guard let offset = cursor.offset() else { return .none }
        parts.offset = offset
      }
    }
    guard cursor.isAtEnd else { return .none }
    return parts.time
  }

  private static func readUnix(
    _ text: UnsafeBufferPointer<UInt8>, _ perSecond: Int64, _ decimal: UInt8
  ) -> Reading {
    var cursor = Cursor(text)
    let isBefore = cursor.take("-")
    guard let whole = cursor.number(1...14) else { return .none }
    var milliseconds = Int64(whole) * (1000 / perSecond)
    if perSecond == 1, cursor.take(decimal) || cursor.take(".") {
      guard let fraction = cursor.milliseconds() else { return .none }
      milliseconds += Int64(fraction)
    }
    guard cursor.isAtEnd, milliseconds < 253_402_300_800_000 else { return .none }
    return wallTime(isBefore ? -milliseconds : milliseconds, offset: 0)
  }

  /// Days since 1899-12-30 and their fraction, to the second: what a spreadsheet keeps.
  private static func readSerial(
    _ text: UnsafeBufferPointer<UInt8>, _ decimal: UInt8
  ) -> Reading {
    var cursor = Cursor(text)
    guard let days = cursor.number(1...7), days < 2_958_466 else { return .none }
    var seconds: Int64 = 0
    if cursor.take(decimal) || cursor.take(".") {
      guard let billionths = cursor.fraction(digits: 9) else { return .none }
      seconds = (Int64(billionths) * 86_400 + 500_000_000) / 1_000_000_000
    }
    guard cursor.isAtEnd else { return .none }
    return wallTime((Int64(days - 25_569) * 86_400 + seconds) * 1000, offset: nil)
  }

  private static func wallTime(_ milliseconds: Int64, offset: Int?) -> Reading {
    let instant = Instant(milliseconds: milliseconds)
    return .time(
      WallTime(
        civil: CivilDateTime(secondsFromEpoch: instant.seconds),
        milliseconds: Int(milliseconds - instant.seconds * 1000), offsetMinutes: offset))
  }

  /// The numbers of a time as they were written.
  private struct Parts {
    var (year, month, day, hour, minute, second, milliseconds) = (0, 1, 1, 0, 0, 0, 0)
    var isAfternoon: Bool?
    var offset: Int?

    var time: Reading {
      var hour = hour
      if let isAfternoon {
        guard (1...12).contains(hour) else { return .none }
        hour = hour % 12 + (isAfternoon ? 12 : 0)
      }
      guard let date = CivilDate(year: year, month: month, day: day) else {
        return .noSuchDay
      }
      guard
        let civil = CivilDateTime(date: date, hour: hour, minute: minute, second: min(second, 59)),
        second <= 60
      else { return .none }
      return .time(
        WallTime(
          civil: civil, milliseconds: milliseconds + (second == 60 ? 1000 : 0),
          offsetMinutes: offset))
    }
  }
}

/// Reads the pieces of a time; a failed read leaves the place where it was.
struct Cursor {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var place = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { place == bytes.count }

  mutating func take(_ byte: UInt8) -> Bool {
    guard place < bytes.count, bytes[place] == byte else { return false }
    place += 1
    return true
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool { take(UInt8(ascii: character)) }

  mutating func number(_ digits: ClosedRange<Int>) -> Int? {
    var (end, number) = (place, 0)
    while end < bytes.count, end - place < digits.upperBound, (0x30...0x39).contains(bytes[end]) {
      number = number * 10 + Int(bytes[end] - 0x30)
      end += 1
    }
    guard end - place >= digits.lowerBound else { return nil }
    place = end
    return number
  }

  /// The digits behind a decimal point as so many digits; further ones are dropped.
  mutating func fraction(digits: Int) -> Int? {
    var (number, count) = (0, 0)
    while let digit = self.number(1...1) {
      if count < digits { number = number * 10 + digit }
      count += 1
    }
    for _ in min(count, digits)..<digits { number *= 10 }
    return count == 0 ? nil : number
  }

  mutating func milliseconds() -> Int? { fraction(digits: 3) }

  mutating func word() -> String? {
    let start = place
    while place < bytes.count, (0x41...0x5A).contains(bytes[place] & 0xDF) { place += 1 }
    return place == start
      ? nil : String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<place]), as: UTF8.self)
  }

  mutating func monthName() -> Int? {
    let start = place
    if let word = word()?.lowercased(), word.utf8.count >= 3,
      let index = CivilDate.monthNames.firstIndex(where: { $0.lowercased().hasPrefix(word) })
    {
      _ = take(".")
      return index + 1
    }
    place = start
    return nil
  }

  /// True for the afternoon: `AM`, `pm`, `a.m.`.
  mutating func half() -> Bool? {
    guard place < bytes.count else { return nil }
    let letter = bytes[place] | 0x20
    guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p") else { return nil }
    var end = place + 1
    if end < bytes.count, bytes[end] == UInt8(ascii: ".") { end += 1 }
    guard end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "m") else { return nil }
    place = end + 1
    _ = take(".")
    return letter == UInt8(ascii: "p")
  }

  /// Minutes east of UTC: `Z`, `UTC`, `GMT`, `+01:00`, `+0100`, `+01`.
  mutating func offset() -> Int? {
    let start = place
    if let word = word() {
      if ["Z", "UTC", "GMT"].contains(word.uppercased()) { return 0 }
      place = start
      return nil
    }
    let isWest = take("-")
    guard isWest || take("+"), let hours = number(2...2) else {
      place = start
      return nil
    }
    _ = take(":")
    let minutes = number(2...2) ?? 0
    guard hours < 24, minutes < 60 else {
      place = start
      return nil
    }
    return (isWest ? -1 : 1) * (hours * 60 + minutes)
  }
}
