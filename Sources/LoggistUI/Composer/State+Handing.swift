import LoggistModel

// Lines that end and begin a shift, or sign what a shift left behind.

extension State {
  /// The first line is an entry line; what an editor put below it is text as it stands.
  func handoverReading(_ composer: Composer) -> Reading {
    let lines = composer.editor.text.split(
      separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    let preview = EntryLine.read(
      String(lines.first ?? ""), as: .handover, in: desk.lineContext(now: now))
    var entry =
      preview.entries(incident: nil).first
      ?? Entry(.handover, at: desk.zone.timestamp(now.wholeSeconds))
    if entry[.from] == nil { entry[.from] = .string(desk.me) }
    if case .handover(let screen) = screen {
      entry[.open] = .array(screen.shift.open.map { .string($0.id.description) })
    }
    if lines.count > 1 {
      let rest = String(lines[1].drop { $0.isNewline })
      entry.text = [entry.text ?? "", rest].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }
    return finished(preview, [entry])
  }

  func acceptanceReading(_ composer: Composer, _ ref: EntryRef) -> Reading {
    let preview = EntryLine.read(
      composer.editor.text, as: .accepted, in: desk.lineContext(now: now))
    var entry =
      preview.entries(incident: nil).first
      ?? Entry(.accepted, at: desk.zone.timestamp(now.wholeSeconds))
    entry[.ref] = .string(ref.description)
    var reading = finished(preview, [entry])
    let me = entry.author ?? desk.me
    if handovers[ref]?.from == me { reading.asks = .ownHandover(ref) }
    return reading
  }

  /// The words are the role. Cost: linear in the incident's entries.
  func signReading(
    _ preview: EntryLinePreview, _ entries: [Entry], _ id: IncidentID
  ) -> Reading {
    var entries = entries
    if entries[0][.role] == nil, let text = entries[0].text {
      entries[0][.role] = .string(text)
      entries[0].text = nil
    }
    let open = journal.incidents[id]?.hints.count ?? 0
    entries[0][.openHints] = .integer(open)
    var reading = finished(preview, entries)
    if open > 0 { reading.asks = .hintsOpen(open) }
    return reading
  }
}
