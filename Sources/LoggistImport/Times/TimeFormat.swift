package import LoggistModel

/// A pattern of times in the letters of Unicode's date patterns: `d/M/yyyy H:mm`, `yyyy-MM-dd'T'HH:mm:ssXXX`.
///
/// Digits are read leniently: `d`, `M`, `H`, `h`, `m` and `s` take one or two of them however often the letter stands
/// there, `yyyy` takes four. `MMM` and `EEE` are English names of any length. `iso`, `unix`, `unix-ms` and `excel`
/// (days since 1899-12-30) are forms of their own.
package struct TimeFormat: Sendable, Hashable {
  package let pattern: String
  let form: Form

  enum Form: Sendable, Hashable {
    case steps([Step])
    case iso, excel
    case unix(perSecond: Int64)
  }

  enum Step: Sendable, Hashable {
    case year, shortYear, month, monthName, weekday, day, hour, hour12, minute, second, fraction
    case half, offset
    case literal(UInt8)
  }

  /// Nil where a letter stands for nothing that is read, or where the day or the time is not all there.
  package init?(_ pattern: String) {
    self.pattern = pattern
    switch pattern.lowercased() {
    case "iso", "iso8601", "iso-8601", "rfc3339": form = .iso
    case "unix", "epoch": form = .unix(perSecond: 1)
    case "unix-ms", "epoch-ms": form = .unix(perSecond: 1000)
    case "excel", "serial": form = .excel
    default:
      guard let steps = TimeFormat.steps(pattern) else { return nil }
      form = .steps(steps)
    }
  }

  private static func steps(_ pattern: String) -> [Step]? {
    var steps: [Step] = []
    let bytes = Array(pattern.utf8)
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      if byte == UInt8(ascii: "'") {
        place += 1
        while place < bytes.count, bytes[place] != UInt8(ascii: "'") {
          steps.append(.literal(bytes[place]))
          place += 1
        }
        place += 1
        continue
      }
      guard (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) else {
        steps.append(.literal(byte))
        place += 1
        continue
      }
      let count = bytes[place...].prefix { $0 == byte }.count
      guard let step = step(Unicode.Scalar(byte), count) else { return nil }
      steps.append(step)
      place += count
    }
    let hasDay = steps.contains(.day) && (steps.contains(.month) || steps.contains(.monthName))
    let hasYear = steps.contains(.year) || steps.contains(.shortYear)
    let hasHour = steps.contains(.hour) || steps.contains(.hour12) && steps.contains(.half)
    return hasDay && hasYear && (hasHour || !steps.contains(.minute)) ? steps : nil
  }

  private static func step(_ letter: Unicode.Scalar, _ count: Int) -> Step? {
    switch letter {
    case "y", "u": count == 2 ? .shortYear : .year
    case "M", "L": count > 2 ? .monthName : .month
    case "d": .day
    case "E": .weekday
    case "H", "k": .hour
    case "h", "K": .hour12
    case "m": .minute
    case "s": .second
    case "S": .fraction
    case "a": .half
    case "X", "x", "Z", "z": .offset
    default: nil
    }
  }
}

/// What a text says as a time: a wall-clock reading, and the offset where one was written.
package struct WallTime: Sendable, Hashable {
  package var civil: CivilDateTime
  package var milliseconds = 0
  package var offsetMinutes: Int?
}
