import LoggistMetrics
import LoggistModel
import Terminal

/// Which columns the figures have at a width, and where.
struct FigureColumns {
  private let columns: [(name: Name, start: Int, width: Int)]
  private let width: Int

  enum Name: String {
    case figure = "Figure"
    /// `tts`: where there is no room for the name.
    case id = ""
    case n
    case median
    case p90
    case max = "longest"
    case open
    case missing
  }

  init(width: Int) {
    let wanted: [(Name, Int)] =
      if width >= 79 {
        [(.figure, 22), (.n, 5), (.median, 12), (.p90, 12), (.max, 12), (.open, 6), (.missing, 8)]
      } else if width >= 53 {
        [(.figure, 22), (.n, 5), (.median, 12), (.p90, 12)]
      } else if width >= 37 {
        [(.id, 6), (.n, 5), (.median, 12), (.p90, 12)]
      } else {
        [(.id, 6), (.median, 12)]
      }
    var start = 2
    var columns: [(name: Name, start: Int, width: Int)] = []
    for (name, width) in wanted {
      columns.append((name, start, width))
      // Right-aligned columns have the space between them inside.
      start += width
    }
    (self.columns, self.width) = (columns, width)
  }

  private var isNarrow: Bool { columns[0].name == .id }

  func putHeadings(row: Int, into frame: inout Frame) {
    for column in columns {
      let name = column.name.rawValue
      let isText = column.name == .figure || column.name == .id
      let start = isText ? column.start : column.start + column.width - name.utf8.count
      frame.put(name, row: row, column: start, style: .header)
    }
  }

  func put(_ row: FigureRow, at line: Int, isSelected: Bool, into frame: inout Frame) {
    if isSelected { frame.put("▌", row: line, column: 0, style: .prompt) }
    if case .count(let count) = row.figure {
      put(count, row, at: line, into: &frame)
    } else {
      for column in columns {
        let (text, style) = cell(column.name, row)
        let isText = column.name == .figure || column.name == .id
        let shown = truncate(text, to: column.width)
        // The style is the number's, not that of the blanks before it: it may have a background.
        let start = isText ? column.start : column.start + column.width - CellWidth.of(shown)
        frame.put(shown, row: line, column: start, width: column.width, style: style)
      }
    }
    if isSelected { frame.select(row: line, columns: 0..<width) }
  }

  /// A count has no percentiles: its number, and in their place what belongs to it.
  private func put(
    _ count: Figure.Count, _ row: FigureRow, at line: Int, into frame: inout Frame
  ) {
    let n = Backlog.spelled(row.n)
    if isNarrow {
      let room = max(width - 3 - n.utf8.count, 0)
      let used = frame.put(truncate(count.rawValue, to: room), row: line, column: 2, style: .normal)
      frame.put(
        n, row: line, column: 2 + used + 1, width: max(width - 3 - used, 0), style: .emphasis)
      return
    }
    for column in columns.prefix(2) {
      let isName = column.name == .figure
      frame.put(
        isName ? truncate(count.rawValue, to: column.width) : alignRight(n, to: column.width),
        row: line, column: column.start, style: isName ? .normal : .emphasis)
    }
    let start = columns[1].start + columns[1].width + 2
    frame.put(
      truncate(row.remark, to: max(width - start, 0)), row: line, column: start, style: .muted)
  }

  private func cell(_ name: Name, _ row: FigureRow) -> (String, Style) {
    guard case .clock(let id, _) = row.figure else { return ("", .normal) }
    func span(_ seconds: Int?) -> String { seconds.map { TimeSpan.seconds($0).spoken } ?? "–" }
    switch name {
    case .figure: return (id.name, .normal)
    case .id: return (String(id.rawValue.prefix { $0 != "." }), .normal)
    case .n: return (Backlog.spelled(row.n), .normal)
    case .median: return (span(row.median), row.median == nil ? .muted : .emphasis)
    case .p90: return (span(row.p90), row.p90 == nil ? .muted : .normal)
    case .max: return (span(row.max), row.max == nil ? .muted : .normal)
    case .open: return (row.open == 0 ? "–" : String(row.open), row.open == 0 ? .muted : .warning)
    case .missing: return (row.missing == 0 ? "–" : String(row.missing), .muted)
    }
  }
}
