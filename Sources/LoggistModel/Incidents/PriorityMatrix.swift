/// Which priority impact and urgency come to, and who may depart from it: whoever says why.
package struct PriorityMatrix: Sendable, Hashable {
  /// By impact, then by urgency.
  package var byImpact: [String: [String: Priority]]

  package init(byImpact: [String: [String: Priority]]) {
    self.byImpact = byImpact
  }

  package static let levels = ["high", "medium", "low"]

  package static let standard = PriorityMatrix(byImpact: [
    "high": ["high": .p1, "medium": .p2, "low": .p3],
    "medium": ["high": .p2, "medium": .p3, "low": .p4],
    "low": ["high": .p3, "medium": .p4, "low": .p4],
  ])

  package func priority(impact: String, urgency: String) -> Priority? {
    byImpact[impact]?[urgency]
  }

  /// A level by its name or the beginning of it: `high`, `h`.
  package static func level(_ text: some StringProtocol) -> String? {
    let word = text.lowercased()
    return word.isEmpty ? nil : levels.first { $0.hasPrefix(word) }
  }
}

extension PriorityMatrix {
  /// Entries about to be logged, with the priorities that the matrix gives them.
  package struct Settled: Sendable, Hashable {
    package var entries: [Entry]
    /// What the matrix set, and from what.
    package var proposal: Proposal?
    package var objection: Objection?
  }

  package struct Proposal: Sendable, Hashable {
    package let priority: Priority
    package let impact: String
    package let urgency: String
  }

  /// Sets the matrix's priority where an entry changes impact or urgency and names no priority itself; objects to
  /// another priority than the matrix's that nobody gives a reason for.
  ///
  /// The words of an entry that brings its `set` along (`note !1 the ward is closed`) are that reason.
  package func settle(_ entries: [Entry], on incident: Incident?) -> Settled {
    var settled = Settled(entries: entries)
    var (impact, urgency) = (incident?.impact, incident?.urgency)
    for place in entries.indices where entries[place].kind == .set {
      let entry = entries[place]
      impact = entry.string(.impact) ?? impact
      urgency = entry.string(.urgency) ?? urgency
      guard let impact, let urgency, let given = priority(impact: impact, urgency: urgency) else {
        continue
      }
      let proposal = Proposal(priority: given, impact: impact, urgency: urgency)
      guard let wanted = entry.string(.priority).flatMap({ Priority($0) }) else {
        if entry[.priority] == nil, entry[.impact] != nil || entry[.urgency] != nil {
          settled.entries[place][.priority] = .string(given.description)
          settled.proposal = proposal
        }
        continue
      }
      if wanted == given {
        settled.proposal = proposal
        continue
      }
      if entry.saysWhy { continue }
      if let words = entries[..<place].last?.text, !words.allSatisfy(\.isWhitespace) {
        settled.entries[place][.reason] = .string(words)
      } else if settled.objection == nil {
        settled.objection = .needsReason(wanted, instead: proposal)
      }
    }
    return settled
  }
}

extension Entry {
  fileprivate var saysWhy: Bool {
    [string(.reason), text].contains { !($0 ?? "").allSatisfy(\.isWhitespace) }
  }
}
