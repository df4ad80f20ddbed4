package import LoggistModel

/// At which hour of which day of the week: seven rows, Monday first, of 24 counts.
package struct HeatMap: Plot {
  /// `First reports by weekday and hour`.
  package var title: String
  /// `counts[weekday][hour]`, Monday first, midnight first.
  package var counts: [[Int]]
  package var hours: HourStyle

  package init(_ title: String, counts: [[Int]], hours: HourStyle = .twentyFour) {
    precondition(
      counts.count == 7 && counts.allSatisfy { $0.count == 24 }, "seven days of 24 hours")
    (self.title, self.counts, self.hours) = (title, counts, hours)
  }
}

extension HeatMap {
  var most: Int { counts.joined().max() ?? 0 }

  static let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

  /// `08:00` or `8 am`.
  func name(ofHour hour: Int) -> String {
    switch hours {
    case .twentyFour: "\(twoDigits(hour)):00"
    case .twelve: "\((hour + 11) % 12 + 1) \(hour < 12 ? "am" : "pm")"
    }
  }

  package var alternative: String {
    let total = counts.joined().reduce(0, +)
    guard total > 0 else { return "None." }
    var peaks: [String] = []
    for day in 0..<7 {
      for hour in 0..<24 where counts[day][hour] == most {
        peaks.append("\(HeatMap.days[day]) from \(name(ofHour: hour))")
      }
    }
    let peak =
      peaks.count > 3 ? "in \(peaks.count) of the hours" : peaks.joined(separator: ", ")
    let byDay = (0..<7).map { "\(HeatMap.days[$0]) \(counts[$0].reduce(0, +))" }
    return "\(total) in all; most in one hour: \(most), \(peak). "
      + "By day: \(byDay.joined(separator: ", "))."
  }

  package var table: Table? {
    let columns =
      [Table.Column("From", .number)]
      + HeatMap.days.map { Table.Column(String($0.prefix(3)), .number) }
    return Table(
      columns,
      (0..<24).map { hour in
        [Prose(name(ofHour: hour))] + (0..<7).map { Prose("\(counts[$0][hour])") }
      })
  }
}
