package import LoggistModel

extension HandoverDocument {
  /// As docs/schemas/handover.json describes it.
  package var json: JSONValue {
    .object(
      [JSONMember("v", .integer(1)), JSONMember("document", .string("handover"))]
        + context.jsonMembers() + [
          JSONMember("from", context.json(at: shift.since)),
          JSONMember("to", context.json(at: shift.now)),
          JSONMember("open", .array(shift.open.map { json($0) })),
          JSONMember("callbacks", .array(shift.callbacks.map { json($0) })),
          JSONMember("escalations", .array(shift.escalations.map { json($0) })),
          JSONMember("updates", .array(shift.updates.map { json($0) })),
          JSONMember("measures", .array(shift.measures.map { json($0) })),
          JSONMember("unattached", .array(shift.unattached.map { json($0) })),
          JSONMember("ended", .array(shift.ended.map { json($0) })),
          JSONMember("last", last.map { json($0) } ?? .null),
        ])
  }

  private func json(_ incident: Incident) -> JSONValue {
    let target = target(of: incident)
    return .object([
      JSONMember("incident", .string(incident.id.description)),
      JSONMember("title", .string(incident.title)),
      JSONMember("status", .string(incident.status.rawValue)),
      JSONMember("priority", .optional(incident.priority?.description)),
      JSONMember("major", .bool(incident.isMajor)),
      JSONMember("service", .optional(incident.service)),
      JSONMember("place", .optional(incident.place)),
      JSONMember("owner", .optional(incident.owner)),
      JSONMember("since", context.json(at: start(of: incident))),
      JSONMember("ended", incident.ended.map { context.json(at: $0) } ?? .null),
      JSONMember("target", .optional(target?.name)),
      JSONMember("target_left_s", .optional(target?.left.seconds)),
      JSONMember("last_entry", incident.lastEntry.map { json($0) } ?? .null),
    ])
  }

  private func json(_ entry: EffectiveEntry) -> JSONValue {
    .object([
      JSONMember("ref", .ref(entry.ref)),
      JSONMember("incident", .optional(entry.incident?.description)),
      JSONMember("at", entry.entry.at.json), JSONMember("kind", .string(entry.kind.name)),
      JSONMember("who", .string(entry.who)), JSONMember("text", .optional(entry.text)),
      JSONMember("to", .optional(entry.entry.string(.to) ?? entry.entry.string(.audience))),
      JSONMember("contact", .optional(entry.entry.string(.contact))),
      JSONMember("next_due", .optional(entry.entry.string(.nextDue))),
    ])
  }

  private func json(_ due: Shift.DueMeasure) -> JSONValue {
    .object([
      JSONMember("ref", .ref(due.measure.ref)),
      JSONMember("incident", .string(due.incident.description)),
      JSONMember("text", .string(due.measure.text)),
      JSONMember("owner", .optional(due.measure.owner)),
      JSONMember("due", .optional(due.measure.due)), JSONMember("overdue", .bool(due.isOverdue)),
    ])
  }

  private func json(_ handover: Handovers.Handover) -> JSONValue {
    .object([
      JSONMember("ref", .ref(handover.ref)), JSONMember("at", handover.entry.entry.at.json),
      JSONMember("from", .string(handover.from)), JSONMember("to", .optional(handover.to)),
      JSONMember("text", .optional(handover.entry.text)),
      JSONMember("open", .array(handover.open.map { .string($0.description) })),
      JSONMember("accepted", .optional(handover.accepted?.ref.description)),
      JSONMember("accepted_by", .optional(handover.accepted?.author)),
    ])
  }
}
