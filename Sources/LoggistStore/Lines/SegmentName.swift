package import LoggistModel

/// The name of one file of a log: the month of `logged` (UTC) and, from the second file of a month on, a number.
///
/// `2022-01.jsonl`, `2022-01.2.jsonl`. In the order of a log, which is the order of these names as values.
package struct SegmentName: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let year: Int
  package let month: Int
  package let number: Int

  package init(year: Int, month: Int, number: Int = 1) {
    (self.year, self.month, self.number) = (year, month, number)
  }

  /// The first segment of an instant's month.
  package init(of instant: Instant) {
    let date = Timestamp(instant).civil.date
    self.init(year: date.year, month: date.month)
  }

  /// Nil where a file of that name is none of ours.
  package init?(_ fileName: String) {
    let parts = fileName.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), parts.last?.elementsEqual("jsonl".utf8) == true,
      parts[0].count == 7, Array(parts[0])[4] == UInt8(ascii: "-"),
      let year = SegmentName.number(parts[0].prefix(4)),
      let month = SegmentName.number(parts[0].suffix(2)), (1...12).contains(month), year > 0
    else { return nil }
    var number = 1
    if parts.count == 3 {
      guard let read = SegmentName.number(parts[1]), read >= 2, parts[1].first != 0x30 else {
        return nil
      }
      number = read
    }
    self.init(year: year, month: month, number: number)
  }

  package var description: String {
    let date = CivilDate(year: year, month: month, day: 1)?.description.dropLast(3) ?? ""
    return number == 1 ? "\(date).jsonl" : "\(date).\(number).jsonl"
  }

  /// Years have four digits, and there is no year 0.
  var isReadable: Bool { (1...9999).contains(year) }

  package func isSameMonth(as other: SegmentName) -> Bool {
    (year, month) == (other.year, other.month)
  }

  package static func < (left: SegmentName, right: SegmentName) -> Bool {
    (left.year, left.month, left.number) < (right.year, right.month, right.number)
  }

  private static func number(_ digits: some Collection<UInt8>) -> Int? {
    guard (1...6).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
