/// Everything that was ever recorded about one incident, for folding it as of any moment without the rest of the log.
package struct IncidentAccount: Sendable, Hashable {
  package let id: IncidentID
  /// In the order of recording; beside the incident's own records those of incidents that merges tie to it, which
  /// decide whether a merge counts.
  package let records: [Record]
  /// How many of `records` had been recorded at each of the incident's own records, in order.
  package let steps: [Int]

  /// What was known when only the first so many records stood in the log. Cost: linear in them.
  package func journal(knowing count: Int) -> Journal { Journal(records.prefix(count)) }
}

extension Journal {
  /// Cost: linear in the records about the incident and about those that were ever merged with it.
  package func account(of id: IncidentID) -> IncidentAccount {
    var own = places(about: id)
    var all = own
    for other in merged(with: id) where other != id { all.formUnion(places(about: other)) }
    own.formUnion(merging.filter { place in targets(of: place).contains(id) })
    for place in own { addMentions(of: place, to: &own) }
    all.formUnion(own)
    let ordered = all.sorted { effective[$0].order < records[$1].order }
    let steps = ordered.indices.filter { own.contains(ordered[$0]) }.map { $0 + 1 }
    return IncidentAccount(id: id, records: ordered.map { effective[$0].record }, steps: steps)
  }

  /// Places of the records that count or once counted in an incident, and of all that was said about them.
  private func places(about id: IncidentID) -> Set<Int> {
    var found = Set(members[id] ?? []).union(moved[id] ?? [])
    for place in found {
      // A complaint that was taken off is named by the entry that did it alone.
      if let subject = effective[place].recordedSubject.flatMap({ places[$0] }),
        found.insert(subject).inserted
      {
        addMentions(of: subject, to: &found)
      }
      addMentions(of: place, to: &found)
    }
    return found
  }

  private func addMentions(of place: Int, to found: inout Set<Int>) {
    for mention in mentions[effective[place].ref] ?? [] where found.insert(mention).inserted {
      addMentions(of: mention, to: &found)
    }
  }

  /// The incidents that merges, counting or not, tie to this one, by way of others too.
  private func merged(with id: IncidentID) -> Set<IncidentID> {
    var found: Set = [id]
    var isGrowing = !merging.isEmpty
    while isGrowing {
      isGrowing = false
      for place in merging {
        let sources = [effective[place].incident, records[place].entry.incident]
        let ends = Set(sources.compactMap(\.self)).union(targets(of: place))
        if !ends.isDisjoint(with: found), !ends.isSubset(of: found) {
          found.formUnion(ends)
          isGrowing = true
        }
      }
    }
    return found
  }

  /// The incidents that a merge names as its target, now or as it was recorded.
  private func targets(of place: Int) -> [IncidentID] {
    [records[place].entry, effective[place].entry].compactMap { $0.incident(in: .into) }
  }
}
