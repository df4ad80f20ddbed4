package import LoggistModel

extension AppendContext {
  /// The entries of a batch with the numbers of the incidents that it opens.
  ///
  /// An `opened` without an incident gets this node's next number; what stands behind it and names no incident belongs
  /// to it. Entries in front of the first such `opened` stay as they are.
  package func numbered(_ entries: [Entry]) throws(StoreError) -> [Entry] {
    var opened: IncidentID?
    var numbered: [Entry] = []
    for var entry in entries {
      if entry.incident == nil {
        if entry.kind == .opened {
          let number = if let opened { opened.number + 1 } else { try nextIncidentNumber }
          guard number <= Line.highestNumber else { throw .usedUp(node, .incidents) }
          opened = IncidentID(node: node, number: number)
        }
        entry.incident = opened
      }
      numbered.append(entry)
    }
    return numbered
  }
}
