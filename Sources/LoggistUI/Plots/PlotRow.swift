import Terminal

/// A row of a plot: pieces of text, each in its style. A plot is a value of numbers and a size; where it stands is the
/// screen's business.
struct PlotRow: Sendable, Hashable {
  struct Run: Sendable, Hashable {
    var text: String
    var style: Style
  }

  private(set) var runs: [Run] = []

  init(_ text: String = "", _ style: Style = .normal) {
    append(text, style)
  }

  mutating func append(_ text: String, _ style: Style = .normal) {
    if text.isEmpty { return }
    if let last = runs.indices.last, runs[last].style == style {
      runs[last].text += text
    } else {
      runs.append(Run(text: text, style: style))
    }
  }

  var text: String { runs.map(\.text).joined() }
}

extension Frame {
  /// Paints a plot's row, clipped to `width`.
  mutating func put(_ plot: PlotRow, row: Int, column: Int, width: Int) {
    var used = 0
    for run in plot.runs where used < width {
      used += put(
        run.text, row: row, column: column + used, width: width - used, style: run.style)
    }
  }
}
