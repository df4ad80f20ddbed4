import LoggistModel

extension State {
  /// The open incidents that a call may belong to, the likeliest first: those that share its words, then the latest.
  ///
  /// Cost: linear in the open incidents.
  func callMatches(_ line: String) -> [Incident] {
    let words = Set(
      line.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        .filter { $0.count > 2 })
    let scored = board.open.map { incident in
      (incident: incident, score: score(incident, words))
    }
    let best = scored.sorted { left, right in
      if left.score != right.score { return left.score > right.score }
      return (left.incident.lastEntry?.at.milliseconds ?? 0)
        > (right.incident.lastEntry?.at.milliseconds ?? 0)
    }
    return best.prefix(5).map(\.incident)
  }

  /// Service and place weigh more than a word of the title, and that more than a word of a caller.
  private func score(_ incident: Incident, _ words: Set<String>) -> Int {
    var score = 0
    for name in [incident.service, incident.place].compactMap({ $0?.lowercased() })
    where words.contains(name) { score += 4 }
    let title = incident.title.lowercased()
    let calls = incident.complaints.suffix(5).compactMap { $0.entry.text?.lowercased() }
    for word in words {
      if title.contains(word) { score += 2 }
      if calls.contains(where: { $0.contains(word) }) { score += 1 }
    }
    return score
  }
}
