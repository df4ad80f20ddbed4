import LoggistMetrics
import LoggistModel
import Terminal
import TestSupport
import Testing

@testable import LoggistUI

@Suite struct PlotTests {
  @Test(
    arguments: [
      (60, 3600, 40, "1m             5m         15m         1h"),
      (61, 90, 24, "1m                    5m"),
      (0, 0, 12, "1s        5s"), (3600, 86_400, 8, "1h 4h 1d"), (86_400, 864_000, 1, ""),
    ] as [(Int, Int, Int, String)])
  func `An axis goes from tick to tick, with the labels that fit`(
    shortest: Int, longest: Int, columns: Int, expected: String
  ) {
    #expect(TimeAxis(from: shortest, to: longest, columns: columns).labels.text == expected)
  }

  @Test func `Places on an axis rise with the time, and every tick has its label above it`() {
    let axis = TimeAxis(from: 20, to: 200_000, columns: 60)
    var before = -1.0
    for seconds in stride(from: 1, to: 400_000, by: 997) {
      let place = axis.place(seconds)
      #expect(place >= before && (0...1).contains(place))
      before = place
    }
    #expect(axis.column(15) == 0)
    #expect(axis.column(345_600) == 59)
    // 15 s to 4 d is a factor of 23,040, and an hour of 240: log 240 / log 23,040 = 0.5457.
    #expect(abs(axis.place(3600) - 0.545_7) < 0.000_1)
  }

  @Test func `A curve of ten values climbs by tenths from nothing to all`() {
    let values = [60, 120, 240, 480, 600, 900, 1200, 1800, 2700, 3600]
    let axis = TimeAxis(from: 60, to: 3600, columns: 30)
    let rows = ECDFPlot(axis: axis).rows(values, height: 5).map(\.text)
    #expect(
      rows == [
        "100%                         ⢀⣀⣀⣰⠒⠚",
        "                        ⢀⣀⣰⠒⠒⠚     ",
        " 50%                ⣀⣰⠒⠒⠚          ",
        "          ⣀⣀⣀⣀⣀⡖⠒⠒⠒⠒⠃              ",
        "  0% ⡖⠒⠒⠒⠒⠃                        ",
      ])
    #expect(rows.allSatisfy { CellWidth.of($0) == ECDFPlot.margin + 30 })
    #expect(rows[0].last != " ")
    #expect(rows[4].dropFirst(ECDFPlot.margin).first != " ")
  }

  @Test(arguments: [1, 7, 40, 500] as [Int])
  func `A strip loses no value, whatever the width`(_ columns: Int) {
    var random = SeededGenerator(seed: UInt64(columns))
    let values = (0..<30).map { _ in Int.random(in: 0...90_000, using: &random) }.sorted()
    let axis = TimeAxis(from: values[0], to: values[29], columns: columns)
    let text = DotStrip(axis: axis).row(values).text
    #expect(CellWidth.of(text) == columns)
    let counted = text.map { $0 == "•" ? 1 : $0 == " " ? 0 : $0.wholeNumberValue ?? 10 }
    // `#` is ten or more.
    #expect(text.contains("#") ? counted.reduce(0, +) <= 30 : counted.reduce(0, +) == 30)
  }

  @Test func `The hours are those of the desk's clock, in digits`() {
    var table = HourTable()
    // Wednesday 5 January 2022, 20:58 in Lagos; the Monday before, 00:10.
    for _ in 0..<3 { table.count(Evening.now, in: .lagos) }
    table.count(Evening.at("2022-01-02T23:10:00Z").instant, in: .lagos)
    let map = HeatMap(table: table, hours: .twentyFour)
    let narrow = map.rows(width: 29, height: 9).map(\.text)
    #expect(narrow[0] == "     00    06    12    18    ")
    #expect(narrow[1] == " Mon 1·······················")
    #expect(narrow[3] == " Wed ····················3···")
    #expect(narrow[8] == " first reports by hour")
    let wide = HeatMap(table: table, hours: .twelve).rows(width: 53, height: 8).map(\.text)
    #expect(wide[0].hasPrefix("     12am        6am         12pm        6pm"))
    #expect(wide[3].hasPrefix(" Wed · · · · · · · · · · · · · · · · · · · · 3"))
    #expect(map.rows(width: 28, height: 20).isEmpty && map.rows(width: 80, height: 6).isEmpty)
  }

  @Test func `Where a digit is too small for a count, digits are ninths of the most`() {
    var table = HourTable()
    for _ in 0..<900 { table.count(Evening.now, in: .lagos) }
    table.count(Evening.now + .hours(1), in: .lagos)
    for _ in 0..<400 { table.count(Evening.now + .hours(2), in: .lagos) }
    let rows = HeatMap(table: table, hours: .twentyFour).rows(width: 29, height: 9).map(\.text)
    #expect(rows[3] == " Wed ····················914·")
    #expect(rows[8] == " first reports by hour; 9: 900")
  }
}
