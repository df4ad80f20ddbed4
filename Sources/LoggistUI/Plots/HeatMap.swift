import LoggistMetrics
import LoggistModel
import Terminal

/// Hours of the week as a map of digits: a row a day, a cell an hour.
///
/// The digits carry it, and where there are too many for one digit each they stand for ninths of the most; colour and
/// weight only help.
struct HeatMap: Sendable {
  let table: HourTable
  let hours: HourStyle

  /// Two columns an hour where there is room, else one; nothing where there is none.
  func rows(width: Int, height: Int) -> [PlotRow] {
    let cell = width >= 4 + 48 ? 2 : 1
    guard width >= 5 + 24, height >= 7 else { return [] }
    var rows: [PlotRow] = []
    if height >= 8 { rows.append(heading(cell)) }
    for day in Weekday.allCases {
      var row = PlotRow(" \(day.shortName) ", .muted)
      for hour in 0..<24 {
        let level = level(table[day.rawValue, hour])
        let sign = level == 0 ? "·" : String(level)
        row.append(cell == 2 ? sign + " " : sign, style(level))
      }
      rows.append(row)
    }
    if height >= 9 { rows.append(PlotRow(" " + legend, .muted)) }
    return rows
  }

  /// Every sixth hour above its column.
  private func heading(_ cell: Int) -> PlotRow {
    var line = "     "
    for hour in stride(from: 0, to: 24, by: 6) {
      let name =
        hours == .twentyFour
        ? twoDigits(hour) : "\((hour + 11) % 12 + 1)\(hour < 12 ? "am" : "pm")"
      line += name + String(repeating: " ", count: max(6 * cell - name.utf8.count, 1))
    }
    return PlotRow(line, .muted)
  }

  private var isCounting: Bool { table.most <= 9 }

  /// 0 where there was nothing, 1 to 9.
  private func level(_ count: Int) -> Int {
    if count == 0 || isCounting { return count }
    return max(1, (count * 9 + table.most - 1) / table.most)
  }

  private func style(_ level: Int) -> Style {
    let most = isCounting ? max(table.most, 3) : 9
    if level == 0 { return .muted }
    if level * 3 > most * 2 { return .milestone }
    return level * 3 > most ? .emphasis : .normal
  }

  private var legend: String {
    if table.most == 0 { return "no first report" }
    return isCounting ? "first reports by hour" : "first reports by hour; 9: \(table.most)"
  }
}
