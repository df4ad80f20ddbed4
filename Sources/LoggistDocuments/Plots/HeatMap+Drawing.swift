extension HeatMap: DrawnPlot {
  /// Seven rows of 24 squares. Each has its count in it, so that the shade only helps.
  var drawing: SVG {
    var svg = SVG(width: 920)
    let (left, top, cell) = (92.0, 20.0, (width: 33.0, height: 24.0))
    for hour in 0..<24 where hour % 2 == 0 {
      let x = left + (Double(hour) + 0.5) * cell.width
      svg.text(name(ofHour: hour), "small", x: x, y: top - 7, .middle)
    }
    for day in 0..<7 {
      let y = top + Double(day) * cell.height
      svg.text(HeatMap.days[day], "small", x: left - 10, y: y + 16, .end)
      for hour in 0..<24 {
        let count = counts[day][hour]
        let x = left + Double(hour) * cell.width
        let shade = shade(of: count)
        svg.box(
          "heat-\(shade)", x: x + 1, y: y + 1, width: cell.width - 2, height: cell.height - 2)
        if count > 0 {
          svg.text("\(count)", "on-\(shade)", x: x + cell.width / 2, y: y + 16, .middle)
        }
      }
    }
    svg.reach(top + 7 * cell.height + 4)
    return svg
  }

  /// 0 for nothing, else 1 to 5 in equal steps up to the most.
  private func shade(of count: Int) -> Int {
    count == 0 || most == 0 ? 0 : (count * 5 + most - 1) / most
  }
}
