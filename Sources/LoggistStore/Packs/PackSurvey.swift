internal import LoggistModel

/// A pack read to its end and found whole, with what has to be known of it before a byte is taken.
struct PackSurvey {
  let header: PackHeader
  /// The files that lines name, and which lines.
  private var evidence: [EvidenceName: [EntryRef]] = [:]

  /// Throws `StoreError.badPack`.
  init(_ file: Int32, path: String, store: Store, report: PackProgress.Report) throws(StoreError) {
    var reader = PackReader(file, path: path, calls: store.calls)
    guard case .header(let header) = try reader.item() else {
      throw .badPack(path: path, PackFlaw(line: 1, reason: .notAPack))
    }
    self.header = header
    if header.isRehearsal != store.isRehearsal {
      throw .badPack(path: path, PackFlaw(line: 1, reason: .rehearsal(header.isRehearsal)))
    }
    var blanked: [(ref: EntryRef, by: EntryRef, line: Int)] = []
    var redacts: [EntryRef: Set<EntryRef>] = [:]
    var number = 1
    while let item = try reader.item() {
      number += 1
      if number.isMultiple(of: PackProgress.interval) {
        report(.checked(number, of: header.lineCount))
      }
      guard case .line(let line) = item else { continue }
      if let by = line.blankedBy { blanked.append((line.ref, by, number)) }
      if let ref = line.redacts { redacts[ref, default: []].insert(line.ref) }
      if let name = line.evidence { evidence[name, default: []].append(line.ref) }
    }
    var unproved = blanked.filter { redacts[$0.ref]?.contains($0.by) != true }
    if !unproved.isEmpty {
      let known = try Redaction.redactors(in: store)
      unproved.removeAll { known[$0.ref]?.contains($0.by) == true }
    }
    if let first = unproved.first {
      throw .badPack(path: path, PackFlaw(line: first.line, reason: .unproved(first.ref)))
    }
  }

  /// The files that lines name which stand here or are about to: not those whose entry was blanked here meanwhile, and
  /// none that no line names.
  func wanted(
    _ isWanted: (EntryRef) throws(StoreError) -> Bool
  ) throws(StoreError) -> Set<EvidenceName> {
    var wanted: Set<EvidenceName> = []
    for (name, refs) in evidence {
      for ref in refs where try isWanted(ref) { wanted.insert(name) }
    }
    return wanted
  }
}
