/// The names that a mistyped word may have meant, the nearest first and three at most.
package func nearest(_ word: String, among names: [String]) -> [String] {
  let typed = Array(word.lowercased().utf8)
  let limit = max(1, typed.count / 3)
  let scored = names.map { name -> (name: String, distance: Int) in
    let known = Array(name.lowercased().utf8)
    return (
      name: name,
      distance: !typed.isEmpty && known.starts(with: typed) ? 0 : editDistance(typed, known)
    )
  }
  return scored.filter { $0.distance <= limit }.sorted { $0.distance < $1.distance }.prefix(3).map(
    \.name)
}

/// Insertions, deletions, substitutions and swaps of neighbours that make one word of another (optimal string
/// alignment).
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var before: [Int] = []
  var last = Array(0...right.count)
  for (row, one) in left.enumerated() {
    var current = [row + 1]
    for (column, other) in right.enumerated() {
      var best = min(
        last[column] + (one == other ? 0 : 1), last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, one == right[column - 1], left[row - 1] == other {
        best = min(best, before[column - 1] + 1)
      }
      current.append(best)
    }
    (before, last) = (last, current)
  }
  return last[right.count]
}
