internal import LoggistModel

extension TimelineClock {
  /// Where nothing in a document has a day, a date whose year has a digit too many stands for the one that it begins with:
  /// `20202-01-16 12:00` belongs to noon of 16 January 2020, approximate and doubtful. Beside entries that have a day it
  /// keeps its place among them.
  mutating func placeMistyped(_ zones: [DocumentZone]) {
    guard dated.allSatisfy({ $0.entry.at == nil && $0.entry.place == nil }) else { return }
    for index in dated.indices {
      let (written, line) = (dated[index].entry.written, dated[index].entry.line)
      guard
        let lead = TimelineClock.withoutExtraDigit(written).flatMap({ text in
          LeadReader.read(text, self.zones, .cell)
        }), case .date(let date)? = lead.day?.day
      else { continue }
      dated[index].entry.place = timestamp(date, lead.time?.second ?? 0, 0, zones[index], line)
      doubts.append(TimelineDoubts.mistypedYear(line, written, date))
    }
  }

  /// `2020-01-16 12:00` of `20202-01-16 12:00`; nil where it does not begin with a year and one more digit.
  private static func withoutExtraDigit(_ written: String) -> [UInt8]? {
    let bytes = Array(written.utf8)
    let digits = bytes.prefix { $0.isDigit }
    guard digits.count == 5, bytes.count > 5, "-/.".utf8.contains(bytes[5]) else { return nil }
    let year = digits.prefix(4)
    guard let number = Int(String(decoding: year, as: UTF8.self)), (1980...2199) ~= number else {
      return nil
    }
    return Array(year) + bytes[5...]
  }
}
