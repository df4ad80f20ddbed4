internal import CSimdJSON
internal import LoggistModel

extension Timestamp {
  /// Reads the forms that our writer writes without making a string of them, and any other the model's way.
  init?(_ token: JSONToken) {
    guard let read = Timestamp(plain: token.bytes) ?? Timestamp(token.string) else { return nil }
    self = read
  }

  /// `2022-01-05T20:50:00+01:00`, `…00.345Z`: seconds there, no fraction or three digits of it.
  init?(plain bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count >= 20, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] == 0x54,
      bytes[13] == 0x3A, bytes[16] == 0x3A
    else { return nil }
    var isPlain = true
    func number(_ start: Int, _ count: Int) -> Int {
      var value = 0
      for index in start..<start + count {
        if !(0x30...0x39).contains(bytes[index]) { isPlain = false }
        value = value * 10 + Int(bytes[index] &- 0x30)
      }
      return value
    }
    let (year, month, day) = (number(0, 4), number(5, 2), number(8, 2))
    let (hour, minute, second) = (number(11, 2), number(14, 2), number(17, 2))
    var (place, fraction) = (19, 0)
    if bytes[19] == 0x2E {
      guard bytes.count >= 24 else { return nil }
      fraction = number(20, 3)
      place = 23
    }
    var offset = 0
    if bytes.count == place + 6, bytes[place + 3] == 0x3A,
      bytes[place] == 0x2B || bytes[place] == 0x2D
    {
      let (hours, minutes) = (number(place + 1, 2), number(place + 4, 2))
      guard hours < 24, minutes < 60 else { return nil }
      offset = (bytes[place] == 0x2D ? -1 : 1) * (hours * 60 + minutes)
    } else if bytes.count != place + 1 || bytes[place] != 0x5A {
      return nil
    }
    guard isPlain, second < 60, let date = CivilDate(year: year, month: month, day: day),
      let civil = CivilDateTime(date: date, hour: hour, minute: minute, second: second)
    else { return nil }
    self.init(civil, offsetMinutes: offset)
    instant.milliseconds += Int64(fraction)
  }
}
