import LoggistModel

extension Distribution: DrawnPlot {
  /// A row a group: a dot a case where they are few, else the share of cases that took no longer. Median, 90th
  /// percentile and target are marks, and numbers at the right.
  var drawing: SVG {
    var svg = SVG(width: 920)
    let scale = DurationScale(
      longest: rows.flatMap { [$0.seconds.last ?? 0, $0.target?.seconds ?? 0] }.max() ?? 0,
      typical: rows.compactMap(\.p50).min() ?? 0, left: 120, right: 585)
    let isDotted = rows.allSatisfy { $0.seconds.count <= Distribution.mostDots }
    var y = 20.0
    drawHeads(&svg)
    let top = y + 4
    for row in rows {
      let height = isDotted ? 40.0 : 64
      draw(row, at: y, height, scale, isDotted: isDotted, &svg)
      y += height + 6
    }
    draw(scale, from: top, to: y, &svg)
    drawKey(at: y + 44, isDotted: isDotted, &svg)
    if scale.isLogarithmic {
      svg.text("logarithmic scale", "small", x: 826, y: y + 44, .end)
    }
    return svg
  }

  private static let mostDots = 60

  private static let columns: [(name: String, x: Double)] = [
    ("n", 668), ("median", 745), ("p90", 826), ("in target", 912),
  ]

  private func drawHeads(_ svg: inout SVG) {
    let hasTargets = rows.contains { $0.target != nil }
    for column in Distribution.columns where column.name != "in target" || hasTargets {
      svg.text(column.name, "small", x: column.x, y: 12, .end)
    }
  }

  private func draw(
    _ row: Row, at y: Double, _ height: Double, _ scale: DurationScale, isDotted: Bool,
    _ svg: inout SVG
  ) {
    let middle = y + height / 2
    svg.text(row.name, "name", x: scale.left - 14, y: middle + 4, .end)
    svg.line("grid", from: (scale.left, y + height), to: (scale.right, y + height))
    if isDotted {
      drawDots(row, middle: middle, scale, &svg)
    } else {
      drawCurve(row, top: y + 6, base: y + height, scale, &svg)
    }
    if let p50 = row.p50 {
      svg.line("median", from: (scale.x(p50), y + 4), to: (scale.x(p50), y + height - 2))
    }
    if let p90 = row.p90 {
      svg.line("tail", from: (scale.x(p90), y + 4), to: (scale.x(p90), y + height - 2))
    }
    if let target = row.target {
      let x = scale.x(target.seconds)
      svg.line("target", from: (x, y + 2), to: (x, y + height))
      svg.box("target-sign", x: x, y: y + 2, width: 7, height: 6)
    }
    let within = row.within.map { "\($0) of \(row.seconds.count)" } ?? ""
    let open = row.open > 0 ? " + \(row.open) open" : ""
    let texts = [
      "\(row.seconds.count)\(open)", spoken(row.p50), spoken(row.p90), within,
    ]
    for (text, column) in zip(texts, Distribution.columns) where !text.isEmpty {
      svg.text(text, x: column.x, y: middle + 4, .end)
    }
  }

  /// A dot that would cover its neighbour moves up or down, by turns.
  private func drawDots(_ row: Row, middle: Double, _ scale: DurationScale, _ svg: inout SVG) {
    let radius = 4.0
    // How far right each level is taken.
    var taken: [Double] = Array(repeating: -1, count: 5)
    for seconds in row.seconds {
      let x = scale.x(seconds)
      let level = taken.indices.first { taken[$0] < x - 1.6 * radius } ?? 0
      taken[level] = x
      let rise = Double((level + 1) / 2) * 6.5 * (level % 2 == 0 ? 1 : -1)
      svg.dot("case", x: x, y: middle + rise, radius: radius, hint: spoken(seconds))
    }
  }

  private func drawCurve(
    _ row: Row, top: Double, base: Double, _ scale: DurationScale, _ svg: inout SVG
  ) {
    var points = [(x: scale.left, y: base)]
    let count = Double(row.seconds.count)
    for (place, seconds) in row.seconds.enumerated() {
      // Of cases as long as each other the last has the height of all.
      if place + 1 < row.seconds.count, row.seconds[place + 1] == seconds { continue }
      let x = scale.x(seconds)
      points.append((x, points[points.count - 1].y))
      points.append((x, base - Double(place + 1) / count * (base - top)))
    }
    if row.seconds.isEmpty { return }
    points.append((scale.right, points[points.count - 1].y))
    svg.polyline("curve", points)
  }

  private func draw(
    _ scale: DurationScale, from top: Double, to bottom: Double, _ svg: inout SVG
  ) {
    for tick in scale.ticks {
      let x = scale.x(tick)
      svg.line("axis", from: (x, bottom - 6), to: (x, bottom - 1))
      svg.text(
        tick == 0 ? "0" : TimeSpan.seconds(tick).spoken, "small", x: x, y: bottom + 12, .middle)
    }
    svg.reach(bottom + 18)
  }

  private func drawKey(at y: Double, isDotted: Bool, _ svg: inout SVG) {
    var x = 120.0
    func item(_ words: String, _ sign: (inout SVG, Double) -> Void) {
      sign(&svg, x)
      svg.text(words, "small", x: x + 14, y: y)
      x += 26 + estimatedWidth(words)
    }
    if isDotted {
      item("one case") { $0.dot("case", x: $1 + 4, y: y - 4, radius: 4) }
    } else {
      item("share that took no longer") { svg, x in
        svg.polyline("curve", [(x - 2, y), (x + 4, y), (x + 4, y - 7), (x + 10, y - 7)])
      }
    }
    item("median") { $0.line("median", from: ($1 + 5, y - 10), to: ($1 + 5, y + 1)) }
    if rows.contains(where: { $0.p90 != nil }) {
      item("90th percentile") { $0.line("tail", from: ($1 + 5, y - 10), to: ($1 + 5, y + 1)) }
    }
    if rows.contains(where: { $0.target != nil }) {
      item("target") { svg, x in
        svg.line("target", from: (x + 3, y - 10), to: (x + 3, y + 1))
        svg.box("target-sign", x: x + 3, y: y - 10, width: 7, height: 6)
      }
    }
    svg.reach(y + 6)
  }

  private func spoken(_ seconds: Int?) -> String {
    seconds.map { TimeSpan.seconds($0).spoken } ?? ""
  }
}
