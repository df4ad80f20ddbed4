import Terminal

/// A logarithmic axis of lengths of time with the ticks that people think in: `1m 5m 15m 1h 4h 1d`.
struct TimeAxis: Sendable, Hashable {
  let columns: Int
  private let low: Double
  private let high: Double
  private let ticks: [Tick]

  struct Tick: Sendable, Hashable {
    let seconds: Int
    let label: String
  }

  static let allTicks: [Tick] = [
    Tick(seconds: 1, label: "1s"), Tick(seconds: 5, label: "5s"), Tick(seconds: 15, label: "15s"),
    Tick(seconds: 60, label: "1m"), Tick(seconds: 300, label: "5m"),
    Tick(seconds: 900, label: "15m"), Tick(seconds: 3600, label: "1h"),
    Tick(seconds: 14_400, label: "4h"), Tick(seconds: 86_400, label: "1d"),
    Tick(seconds: 345_600, label: "4d"), Tick(seconds: 1_209_600, label: "2w"),
    Tick(seconds: 5_184_000, label: "60d"), Tick(seconds: 31_536_000, label: "1y"),
    Tick(seconds: 157_680_000, label: "5y"), Tick(seconds: 1_576_800_000, label: "50y"),
  ]

  /// From the tick below the shortest to the tick above the longest length, in seconds.
  init(from shortest: Int, to longest: Int, columns: Int) {
    self.columns = max(columns, 1)
    let all = TimeAxis.allTicks
    let first = all.lastIndex { $0.seconds <= shortest } ?? 0
    let last = all.firstIndex { $0.seconds >= longest } ?? all.count - 1
    // One tick alone is no axis.
    let (from, to) = first < last ? (first, last) : (max(last - 1, 0), max(last, 1))
    ticks = Array(all[from...to])
    low = TimeAxis.logarithm(all[from].seconds)
    high = TimeAxis.logarithm(all[to].seconds)
  }

  /// Where a length stands on the axis, 0 to 1; what lies beyond an end stands there.
  func place(_ seconds: Int) -> Double {
    min(max((TimeAxis.logarithm(seconds) - low) / (high - low), 0), 1)
  }

  func column(_ seconds: Int) -> Int { min(Int(place(seconds) * Double(columns)), columns - 1) }

  /// How many of these, shortest first, stand left of or at a place. Cost: logarithmic.
  func count(_ values: some RandomAccessCollection<Int>, upTo place: Double) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      let value = values[values.index(values.startIndex, offsetBy: middle)]
      if self.place(value) <= place { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The natural logarithm, by the series of the area of a hyperbola: the same digits on every machine.
  private static func logarithm(_ seconds: Int) -> Double {
    let value = Double(max(seconds, 1))
    let part = (value.significand - 1) / (value.significand + 1)
    let square = part * part
    var (sum, power) = (0.0, part)
    for odd in stride(from: 1.0, through: 15, by: 2) {
      sum += power / odd
      power *= square
    }
    return 2 * sum + Double(value.exponent) * 0.693_147_180_559_945_3
  }
}

extension TimeAxis {
  /// The ticks' labels, each with its first letter at its place; one without room is left out.
  var labels: PlotRow {
    var line = ""
    for tick in ticks {
      let width = tick.label.utf8.count
      // The last one ends at the edge.
      let start = max(min(column(tick.seconds), columns - width), 0)
      if width > columns || start < line.utf8.count + (line.isEmpty ? 0 : 1) { continue }
      line += String(repeating: " ", count: start - line.utf8.count) + tick.label
    }
    return PlotRow(line, .muted)
  }
}
