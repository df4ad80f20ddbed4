import LoggistModel

extension PostMortemDocument {
  /// The days on which its measures are due, those that are done or dropped too: an import then changes what an earlier
  /// one left.
  package var calendar: ICalendar {
    var changed: [EntryRef: Instant] = [:]
    for entry in file.incident.entries where entry.kind == .measure || entry.kind == .measureUpdate
    {
      let measure = entry.kind == .measure ? entry.ref : entry.entry.ref ?? entry.ref
      changed[measure] = max(changed[measure] ?? entry.lastChange, entry.lastChange)
    }
    return ICalendar(
      name: "Measures of \(file.incident.id)",
      events: file.incident.measures.compactMap { measure in
        ICalendar.Event(
          measure, text: file.text(of: measure), id: file.incident.id, title: file.incident.title,
          modified: changed[measure.ref], file.context)
      }, context: file.context, about: file.incident.id)
  }
}

extension HandoverDocument {
  /// When the next word is due that somebody was promised, and the measures that are due.
  package var calendar: ICalendar {
    let updates = shift.updates.compactMap { entry -> ICalendar.Event? in
      guard let due = entry.entry.string(.nextDue).flatMap({ ICalendar.Start(due: $0) }) else {
        return nil
      }
      let incident = entry.incident?.description ?? "no incident"
      return ICalendar.Event(
        uid: context.uid(of: entry.ref), start: due,
        summary: "Next update to \(entry.entry.string(.audience) ?? "somebody") (\(incident))",
        description: "\(entry.ref), promised by \(entry.author): \(entry.text ?? "")",
        modified: entry.lastChange)
    }
    let measures = shift.measures.compactMap { due -> ICalendar.Event? in
      let incident = shift.open.first { $0.id == due.incident }
      return ICalendar.Event(
        due.measure, text: due.measure.text, id: due.incident, title: incident?.title,
        modified: nil, context)
    }
    return ICalendar(
      name: "Handover" + (context.deskName.map { ": \($0)" } ?? ""), events: updates + measures,
      context: context, about: nil)
  }
}

extension ICalendar {
  fileprivate init(
    name: String, events: [Event], context: DocumentContext, about incident: IncidentID?
  ) {
    // What other documents say at their head stands in the description of the calendar.
    let facts = context.withheldFacts(about: incident).map { "\($0.name): \($0.value.plain)" }
    let rehearsal = context.isRehearsal ? ["Rehearsal: not a record of real events."] : []
    self.init(
      name: name, description: (rehearsal + facts).joined(separator: "\n"), events: events,
      stamp: context.asOf, version: context.version)
  }
}

extension ICalendar.Event {
  /// Nil where nobody said when it is due.
  fileprivate init?(
    _ measure: Incident.Measure, text: String, id: IncidentID, title: String?, modified: Instant?,
    _ context: DocumentContext
  ) {
    guard let start = measure.due.flatMap({ ICalendar.Start(due: $0) }) else { return nil }
    let sort = measure.isCorrective ? "Corrective" : "Preventive"
    let state = measure.isOpen ? "due" : measure.state
    let about = title.map { $0.isBlank ? "\(id)" : "\(id), \($0)" } ?? "\(id)"
    self.init(
      uid: context.uid(of: measure.ref), start: start,
      summary: "Measure \(state): \(text) (\(id))",
      description: """
        \(sort) measure \(measure.ref) of \(about)
        \(text)
        Owner: \(measure.owner ?? "not recorded")
        State: \(measure.state)
        """,
      isCancelled: measure.state == "dropped", modified: modified)
  }
}

extension DocumentContext {
  fileprivate func uid(of ref: EntryRef) -> String {
    store.isEmpty ? "\(ref)" : "\(ref)@\(store)"
  }
}

extension EffectiveEntry {
  /// When it was recorded, or corrected last.
  fileprivate var lastChange: Instant {
    corrections.map(\.logged).max().map { max($0, record.logged) } ?? record.logged
  }
}
