import LoggistModel

extension Course: DrawnPlot {
  /// From top to bottom: the milestones' names on stairs, the line that they stand on, the lanes, the hours.
  var drawing: SVG {
    var svg = SVG(width: 920)
    // A name begins at its mark: the last one needs room at the right.
    let axis = TimeAxis(start: start, end: end, left: 84, right: 790, style: style)
    let top = drawNames(on: axis, &svg)
    var y = top + 22
    let lanesTop = y
    for lane in lanes { y = draw(lane, at: y, on: axis, &svg) }
    draw(axis, from: lanesTop - 12, to: y + 4, &svg)
    return svg
  }

  /// The milestones; the result is where their line lies.
  private func drawNames(on axis: TimeAxis, _ svg: inout SVG) -> Double {
    let groups = groups(on: axis)
    let stairs = LabelStairs(groups.map { ($0.x, $0.width) })
    let step = 32.0
    let line = 10 + Double(stairs.count) * step + 6
    svg.line("axis", from: (axis.left, line), to: (axis.right, line))
    for (group, level) in zip(groups, stairs.levels) {
      let bottom = line - 12 - Double(level) * step
      svg.line("leader", from: (group.x, line), to: (group.x, bottom - 22))
      svg.text(group.name, "name", x: group.x + 5, y: bottom - 14)
      svg.text(group.time, "small", x: group.x + 5, y: bottom)
    }
    for group in groups { svg.dot("mark", x: group.x, y: line, radius: 4.5) }
    return line
  }

  private struct Group {
    var x: Double
    var name: String
    var time: String
    var width: Double { max(estimatedWidth(name) * 1.04, estimatedWidth(time)) + 5 }
  }

  /// Milestones that stand on the same spot have one mark and one label.
  private func groups(on axis: TimeAxis) -> [Group] {
    var groups: [Group] = []
    var day = style.date(start)
    for milestone in milestones {
      let time = (milestone.isApproximate ? "~" : "") + time(milestone.at, on: &day)
      let x = axis.x(milestone.at)
      if let last = groups.last, last.time == time || x - last.x < 3 {
        let next = milestone.name.prefix(1).lowercased() + milestone.name.dropFirst()
        groups[groups.count - 1].name += ", \(next)"
        if last.time != time { groups[groups.count - 1].time += ", \(time)" }
      } else {
        groups.append(Group(x: x, name: milestone.name, time: time))
      }
    }
    return groups
  }

  /// With its day where that is another one than the milestone's before, with its zone where that changed.
  private func time(_ instant: Instant, on day: inout CivilDate) -> String {
    let hasChanged =
      style.zone.period(at: start).offsetMinutes != style.zone.period(at: end).offsetMinutes
    let time = hasChanged ? style.timeAndZone(instant) : style.time(instant)
    let date = style.date(instant)
    defer { day = date }
    return date == day ? time : "\(style.shortDay(instant, seenFrom: start)), \(time)"
  }

  // MARK: - Lanes

  /// A lane's bands, their names inside where there is room, else below on stairs; the result is where it ends.
  private func draw(_ lane: Lane, at y: Double, on axis: TimeAxis, _ svg: inout SVG) -> Double {
    let height = 24.0
    svg.text(lane.name, "small", x: axis.left - 12, y: y + 16, .end)
    var outside: [(x: Double, label: String)] = []
    for (place, band) in lane.bands.enumerated() {
      let (from, to) = (axis.x(band.from), axis.x(band.to))
      let words = [band.name, band.length].filter { !$0.isEmpty }.joined(separator: ", ")
      let all = band.detail.map { "\(band.name) (\($0)), \(band.length)" } ?? words
      draw(band, place, from: from, width: max(to - from, 2), y: y, all, &svg)
      if let fitting = [all, words].first(where: { estimatedWidth($0) + 10 <= to - from }) {
        svg.text(fitting, x: from + 6, y: y + (band.look == .degraded ? 14 : 16))
      } else {
        outside.append((from, words))
      }
    }
    if outside.isEmpty { return y + height + 10 }
    let stairs = LabelStairs(outside.map { ($0.x, estimatedWidth($0.label)) })
    for (label, level) in zip(outside, stairs.levels) {
      let base = y + height + 15 + Double(level) * 16
      svg.line("leader", from: (label.x + 1, y + height), to: (label.x + 1, base))
      svg.text(label.label, "small", x: label.x + 5, y: base)
    }
    return y + height + 14 + Double(stairs.count) * 16
  }

  /// How hard the impact is shows in the height of its band, too, so that nobody depends on colours.
  private func draw(
    _ band: Band, _ place: Int, from x: Double, width: Double, y: Double, _ words: String,
    _ svg: inout SVG
  ) {
    let look = band.look == .phase && place % 2 == 1 ? "phase-2" : band.look.rawValue
    switch band.look {
    case .degraded: svg.box(look, x: x, y: y + 19, width: width, height: 5, hint: words)
    default: svg.box(look, x: x, y: y, width: width, height: 24, hint: words)
    }
  }

  // MARK: - Hours

  private func draw(_ axis: TimeAxis, from top: Double, to bottom: Double, _ svg: inout SVG) {
    svg.line("axis", from: (axis.left, bottom), to: (axis.right, bottom))
    var day: CivilDate?
    for tick in axis.ticks(most: 9) {
      let x = axis.x(tick)
      svg.line("axis", from: (x, bottom), to: (x, bottom + 5))
      svg.text(style.time(tick), "small", x: x, y: bottom + 18, .middle)
      let date = style.date(tick)
      if date != day {
        svg.text(style.shortDay(tick, seenFrom: start), "small", x: x, y: bottom + 33, .middle)
      }
      day = date
    }
    svg.reach(bottom + 38)
  }
}
