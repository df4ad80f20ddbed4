/// Labels that begin at a mark on a horizontal line, on as many levels as it takes that no label covers another one or
/// another mark's leader.
///
/// From the right to the left each label goes one level above all whose mark lies within its width: a leader then runs
/// up in front of every label that is lower than its own.
struct LabelStairs {
  /// The level of each label, 0 nearest to the line, in the order of the marks.
  let levels: [Int]

  init(_ labels: [(x: Double, width: Double)], gap: Double = 8) {
    var levels = [Int](repeating: 0, count: labels.count)
    for place in labels.indices.reversed() {
      let end = labels[place].x + labels[place].width + gap
      let covered = labels.indices.filter { $0 > place && labels[$0].x < end }
      levels[place] = covered.map { levels[$0] + 1 }.max() ?? 0
    }
    self.levels = levels
  }

  var count: Int { (levels.max() ?? -1) + 1 }
}
