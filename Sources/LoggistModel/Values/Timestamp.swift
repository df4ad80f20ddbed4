/// When something happened, as a clock on a wall showed it: an instant and that clock's offset from UTC.
package struct Timestamp: Sendable, Hashable {
  package var instant: Instant
  /// Two bytes, since a large log has some for every clock of every incident.
  private var offset: Int16

  /// Minutes east of UTC, −1439 to 1439.
  package var offsetMinutes: Int {
    get { Int(offset) }
    set { offset = Int16(clamping: newValue) }
  }

  package init(_ instant: Instant, offsetMinutes: Int = 0) {
    (self.instant, offset) = (instant, Int16(clamping: offsetMinutes))
  }

  /// What the wall clock showed.
  package var civil: CivilDateTime {
    CivilDateTime(secondsFromEpoch: instant.seconds + Int64(offsetMinutes) * 60)
  }

  package init(_ civil: CivilDateTime, offsetMinutes: Int) {
    self.init(
      Instant(seconds: civil.secondsFromEpoch - Int64(offsetMinutes) * 60),
      offsetMinutes: offsetMinutes)
  }
}

extension Timestamp: CustomStringConvertible {
  /// RFC 3339 with a numeric offset, the fraction only where there is one: `2022-01-05T20:50:00+01:00`.
  package var description: String {
    let fraction = instant.milliseconds - instant.seconds * 1000
    return civilText + (fraction == 0 ? "" : "." + threeDigits(fraction)) + offsetText
  }

  /// `+01:00`; `+00:00` for UTC.
  package var offsetText: String {
    let minutes = abs(offsetMinutes)
    return "\(offsetMinutes < 0 ? "-" : "+")\(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))"
  }

  private var civilText: String {
    let civil = civil
    return "\(civil.date)T\(twoDigits(civil.hour)):\(twoDigits(civil.minute)):"
      + twoDigits(civil.second)
  }

  /// RFC 3339 in UTC with milliseconds, always: `2022-01-05T19:51:12.345Z`, the form of `logged`.
  package static func utcText(_ instant: Instant) -> String {
    let fraction = instant.milliseconds - instant.seconds * 1000
    return Timestamp(instant).civilText + "." + threeDigits(fraction) + "Z"
  }
}

private func threeDigits(_ number: Int64) -> String {
  number < 10 ? "00\(number)" : number < 100 ? "0\(number)" : "\(number)"
}

extension Timestamp {
  /// Reads RFC 3339: `2022-01-05T20:50:00+01:00`, seconds and fraction optional, `T` or a space, `Z` for UTC.
  ///
  /// Nil without an offset: a time that does not say where it was read is not a time. A leap second (`:60`)
  /// reads as the second after. Digits behind the millisecond are dropped.
  package init?(_ text: some StringProtocol) {
    var bytes = ByteCursor(Array(text.utf8))
    guard let year = bytes.digits(4), bytes.take("-"),
      let month = bytes.digits(2), bytes.take("-"),
      let day = bytes.digits(2),
      let date = CivilDate(year: year, month: month, day: day),
      bytes.take("T") || bytes.take("t") || bytes.take(" "),
      let hour = bytes.digits(2), bytes.take(":"), let minute = bytes.digits(2)
    else { return nil }
    var (second, milliseconds) = (0, 0)
    if bytes.take(":") {
      guard let read = bytes.digits(2) else { return nil }
      second = read
      if bytes.take(".") || bytes.take(",") {
        guard let read = bytes.fraction() else { return nil }
        milliseconds = read
      }
    }
    guard let offset = bytes.offset(), bytes.isAtEnd,
      let civil = CivilDateTime(date: date, hour: hour, minute: minute, second: min(second, 59)),
      second <= 60
    else { return nil }
    self.init(civil, offsetMinutes: offset)
    instant.milliseconds += Int64(milliseconds) + (second == 60 ? 1000 : 0)
  }
}

/// Reads fixed forms from the front of some bytes; a failed read leaves the place where it was.
struct ByteCursor {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { place == bytes.count }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  mutating func digits(_ count: Int) -> Int? {
    guard place + count <= bytes.count else { return nil }
    var number = 0
    for byte in bytes[place..<place + count] {
      guard (0x30...0x39).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    place += count
    return number
  }

  /// Milliseconds from the digits behind a decimal point.
  mutating func fraction() -> Int? {
    var (number, weight, count) = (0, 100, 0)
    while let digit = digits(1) {
      number += digit * weight
      weight /= 10
      count += 1
    }
    return count == 0 ? nil : number
  }

  /// Minutes east of UTC from `Z`, `+01:00` or `+0100`.
  mutating func offset() -> Int? {
    if take("Z") || take("z") { return 0 }
    let isWest = take("-")
    guard isWest || take("+"), let hours = digits(2) else { return nil }
    _ = take(":")
    guard let minutes = digits(2), hours < 24, minutes < 60 else { return nil }
    return (isWest ? -1 : 1) * (hours * 60 + minutes)
  }
}
