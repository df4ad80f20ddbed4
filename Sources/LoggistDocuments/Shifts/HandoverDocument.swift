package import LoggistModel

/// What the incoming shift has to know, on a page: what is open, what waits for whom, what came to an end, and how to
/// accept it.
package struct HandoverDocument: TemplatedDocument, Sendable, Hashable {
  package static let template = TemplateName.handover

  let shift: Shift
  /// The last handover, accepted or not.
  let last: Handovers.Handover?
  let targets: [Priority: Deadline.Target]
  let context: DocumentContext

  /// The shift comes from a journal folded as of `context.asOf`.
  package init(
    _ shift: Shift, last: Handovers.Handover?, targets: [Priority: Deadline.Target] = [:],
    context: DocumentContext
  ) {
    (self.shift, self.last, self.targets, self.context) = (shift, last, targets, context)
  }

  package var parts: DocumentParts {
    let header =
      (context.isRehearsal ? [.paragraph(DocumentContext.rehearsalWords)] : [])
      + [Block.facts(facts)]
    return DocumentParts(
      title: "Handover" + (context.deskName.map { ": \($0)" } ?? ""), context: context,
      values: [("shift", shiftWords)], header: header,
      sections: [
        DocumentParts.Section("open_incidents", "Open incidents", openIncidents),
        DocumentParts.Section("waiting", "Waiting", waiting),
        DocumentParts.Section("ended", "Ended in this shift", ended),
        DocumentParts.Section("acceptance", "Acceptance", [.paragraph(acceptance)]),
      ])
  }
}

extension HandoverDocument {
  private var style: ClockStyle { context.style }

  private var shiftWords: Prose { Prose(style.window(from: shift.since, to: shift.now)) }

  private var facts: [Fact] {
    var facts = [
      Fact("Shift", shiftWords),
      Fact("Desk", Prose(orNotRecorded: context.deskName)),
      Fact("As of", style.prose(style.moment(context.asOf), at: context.asOf)),
      Fact(
        "Times in", Prose(style.namedZones(of: [shift.since, shift.now]))),
    ]
    facts += context.withheldFacts()
    facts += context.heads.map { Fact("Log head \($0.node)", Prose($0.text)) }
    return facts + [Fact("Made by", Prose("Loggist \(context.version)"))]
  }

  private var openIncidents: [Block] {
    if shift.open.isEmpty { return [.paragraph("Nothing is open.")] }
    let columns = [
      Table.Column("Prio"), Table.Column("Incident"), Table.Column("Since", .number),
      Table.Column("Owner"), Table.Column("Target"), Table.Column("What", .prose),
    ]
    return [
      .table(
        Table(
          columns,
          shift.open.map { incident in
            [
              Prose(incident.isMajor ? "major" : incident.priority?.description ?? "-"),
              Prose(incident.id.description), moment(start(of: incident)),
              Prose(incident.owner ?? "nobody"), Prose(targetWords(incident)),
              Prose("\(words(incident)); last \(lastWords(incident))"),
            ]
          }))
    ]
  }

  private func words(_ incident: Incident) -> String {
    let service = [incident.service, incident.place].compactMap(\.self).joined(separator: ", ")
    let state = incident.status == .restored ? " (restored, not resolved yet)" : ""
    return (incident.title.isBlank ? "no title" : incident.title)
      + (service.isEmpty ? "" : " [\(service)]") + state
  }

  func start(of incident: Incident) -> Instant {
    incident.firstReport?.at ?? incident.begin ?? shift.now
  }

  /// `fix in 20 min`, `ack 5 min over`: what the priority's target leaves.
  private func targetWords(_ incident: Incident) -> String {
    guard let (name, left) = target(of: incident) else {
      return incident.isAcknowledged ? "-" : "no ack"
    }
    return left < .zero
      ? "\(name) \((.zero - left).spoken) over" : "\(name) in \(left.spoken)"
  }

  /// The clock that runs and what is left of it; nil where the service is back or there is no target.
  func target(of incident: Incident) -> (name: String, left: TimeSpan)? {
    guard incident.status == .open, let target = incident.priority.flatMap({ targets[$0] }) else {
      return nil
    }
    let clock: Deadline.Clock = incident.isAcknowledged ? .fix : .acknowledge
    return incident.due(clock, target).map { (clock.rawValue, $0 - shift.now) }
  }

  private func lastWords(_ incident: Incident) -> String {
    guard let last = incident.lastEntry else { return "" }
    let age = (shift.now - last.at).spoken
    return "\(age) ago, \(last.kind.words): \(last.words(style))"
  }

  /// A time as the shift sees it: with its date where it is another day's.
  private func seen(_ instant: Instant) -> String { style.time(instant, seenFrom: shift.now) }

  private func moment(_ instant: Instant) -> Prose { style.prose(seen(instant), at: instant) }
}

// MARK: - What waits

extension HandoverDocument {
  private var waiting: [Block] {
    var blocks: [Block] = []
    func section(_ title: String, _ items: [String]) {
      if items.isEmpty { return }
      blocks.append(.heading(Heading(title, level: 2)))
      blocks.append(.list(items.map { Prose($0) }, isOrdered: false))
    }
    section("Callers to call back", shift.callbacks.map { called($0) })
    section(
      "Escalations without an answer",
      shift.escalations.map { entry in
        "\(name(entry)) \(entry.entry.string(.to) ?? "somebody"), called at \(seen(entry.at)) "
          + "(\((shift.now - entry.at).spoken) ago, \(entry.ref))"
      })
    section("Updates promised", shift.updates.map { promised($0) })
    section("Measures due", shift.measures.map { measureWords($0) })
    section(
      "Calls that no incident has",
      shift.unattached.map { "\($0.ref) at \(seen($0.at)): \($0.words(style))" })
    return blocks.isEmpty ? [.paragraph("Nobody waits for anything.")] : blocks
  }

  private func name(_ entry: EffectiveEntry) -> String {
    entry.incident.map { "\($0):" } ?? "no incident:"
  }

  private func called(_ entry: EffectiveEntry) -> String {
    let who = [
      entry.entry.string(.caller), entry.entry.string(.place), entry.entry.string(.contact),
    ]
    let words = who.compactMap(\.self).joined(separator: ", ")
    return "\(name(entry)) \(words.isEmpty ? "a caller" : words), since \(seen(entry.at)) "
      + "(\(entry.ref))"
  }

  private func promised(_ entry: EffectiveEntry) -> String {
    let due = entry.entry.string(.nextDue).flatMap { Timestamp($0) }?.instant ?? shift.now
    let over = due < shift.now ? ", overdue" : ""
    return "\(name(entry)) \(entry.entry.string(.audience) ?? "somebody"), due \(seen(due))\(over) "
      + "(\(entry.ref))"
  }

  private func measureWords(_ due: Shift.DueMeasure) -> String {
    let over = due.isOverdue ? ", overdue" : ""
    return "\(due.incident): \(due.measure.text), \(due.measure.owner ?? "nobody"), "
      + "due \(due.measure.due ?? "")\(over) (\(due.measure.ref))"
  }

  private var ended: [Block] {
    if shift.ended.isEmpty { return [.paragraph("Nothing.")] }
    let columns = [
      Table.Column("Incident"), Table.Column("What", .prose), Table.Column("Ended", .number),
      Table.Column("How"), Table.Column("After", .number),
    ]
    return [
      .table(
        Table(
          columns,
          shift.ended.map { incident in
            let end = incident.ended ?? shift.now
            return [
              Prose(incident.id.description), Prose(words(incident)), moment(end),
              Prose(incident.status.rawValue), Prose((end - start(of: incident)).spoken),
            ]
          }))
    ]
  }

  private var acceptance: Prose {
    guard let last else { return "No handover has been given yet." }
    let given = "\(last.ref), given by \(last.from)\(last.to.map { " to \($0)" } ?? "") "
    let at = given + "at \(seen(last.entry.at)): "
    if let accepted = last.accepted {
      return Prose("\(at)accepted by \(accepted.author) at \(seen(accepted.at)) (\(accepted.ref)).")
    }
    return Prose("\(at)waits to be accepted: loggist handover --accept \(last.ref)")
  }
}
