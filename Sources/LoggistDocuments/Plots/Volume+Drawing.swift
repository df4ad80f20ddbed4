extension Volume: DrawnPlot {
  /// A strip a series, all on one scale, so that neither colours nor patterns have to be told apart; above them the sum
  /// where there are several.
  var drawing: SVG {
    var svg = SVG(width: 920)
    let (left, right) = (120.0, 900.0)
    let room = (right - left) / Double(max(buckets.count, 1))
    let most = max(buckets.map(\.total).max() ?? 0, 1)
    // A single incident has to be seen, and a hundred have to fit.
    let unit = min(14, 110 / Double(most))
    var strips = series.indices.map { place in
      Strip(name: series[place], counts: buckets.map { $0.counts[place] })
    }
    if series.count > 1 { strips.insert(Strip(name: "All", counts: buckets.map(\.total)), at: 0) }
    var y = 6.0
    for strip in strips {
      let height = max(Double(strip.counts.max() ?? 0) * unit, 8)
      let base = y + 14 + height
      svg.text(strip.name, "name", x: left - 12, y: base - 2, .end)
      for (place, count) in strip.counts.enumerated() where count > 0 {
        let x = left + Double(place) * room
        let bar = min(room * 0.7, 44)
        let top = base - Double(count) * unit
        svg.box(
          "bar", x: x + (room - bar) / 2, y: top, width: bar, height: base - top,
          hint: "\(strip.name), \(buckets[place].label): \(count)")
        if room >= 16 {
          svg.text("\(count)", "small", x: x + room / 2, y: top - 4, .middle)
        }
      }
      svg.line("grid", from: (left, base), to: (right, base))
      y = base + 6
    }
    drawLabels(left: left, room: room, y: y + 10, &svg)
    return svg
  }

  private struct Strip {
    var name: String
    var counts: [Int]
  }

  /// As many of the buckets' names as have room, at even distances.
  private func drawLabels(left: Double, room: Double, y: Double, _ svg: inout SVG) {
    let widest = buckets.map { estimatedWidth($0.label) }.max() ?? 0
    let every = max(1, Int(((widest + 10) / max(room, 1)).rounded(.up)))
    for (place, bucket) in buckets.enumerated() where place % every == 0 {
      svg.text(
        bucket.label, "small", x: left + (Double(place) + 0.5) * room, y: y, .middle)
    }
    svg.reach(y + 4)
  }
}
