/// Which incidents count as one.
///
/// The merges are replayed in the order in which they were recorded. One that would close a circle does not count:
/// somebody has to be the incident.
struct Merges: Sendable, Hashable {
  /// Where an incident was merged into last.
  private(set) var target: [IncidentID: IncidentID] = [:]
  /// The incidents that count in another, merged directly or by way of a third.
  private(set) var sources: [IncidentID: Set<IncidentID>] = [:]

  init() {}

  init(_ merges: some Sequence<(source: IncidentID, target: IncidentID)>) {
    for merge in merges
    where merge.source != merge.target && !hosts(of: merge.target).contains(merge.source) {
      target[merge.source] = merge.target
    }
    for source in target.keys {
      for host in hosts(of: source) { sources[host, default: []].insert(source) }
    }
  }

  /// The incidents in which this one counts, the nearest first. Cost: linear in their number.
  func hosts(of id: IncidentID) -> [IncidentID] {
    var hosts: [IncidentID] = []
    var next = target[id]
    while let host = next {
      hosts.append(host)
      next = target[host]
    }
    return hosts
  }

  /// The incidents that count elsewhere, or hold others, than before.
  func changes(since before: Merges) -> Set<IncidentID> {
    var changed: Set<IncidentID> = []
    for source in Set(target.keys).union(before.target.keys)
    where target[source] != before.target[source] {
      changed.insert(source)
      changed.formUnion(hosts(of: source))
      changed.formUnion(before.hosts(of: source))
    }
    return changed
  }
}
