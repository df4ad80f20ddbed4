import LoggistMetrics
package import LoggistModel

extension PostMortemDocument {
  /// As docs/schemas/postmortem.json describes it. What is missing is null.
  package var json: JSONValue {
    func list(_ entries: [EffectiveEntry]) -> JSONValue { .array(entries.map { file.json($0) }) }
    return .object(
      file.jsonHead("postmortem") + [
        JSONMember("summary", summaryJSON),
        JSONMember("clocks", .array(file.metrics.clocks.map { $0.json(file.metrics) })),
        JSONMember("phases", file.phasesJSON),
        JSONMember("timeline", rows.json(file)),
        JSONMember("silences", rows.silencesJSON(file)),
        JSONMember("corrections", file.correctionsJSON),
        JSONMember("root_cause", rootCauseJSON),
        JSONMember("factors", list(file.recorded(.factor))),
        JSONMember("ruled_out", list(file.ruledOut)),
        JSONMember("changed", list(file.changes)),
        JSONMember("resolution", .optional(file.latestText(.resolution))),
        JSONMember("verification", list(file.verifications)),
        JSONMember("reopened", list(file.incident.entries(of: .reopened))),
        JSONMember("measures", measuresJSON),
        JSONMember(
          "hints",
          .array(
            file.incident.hints.map { hint in
              .object([
                JSONMember("text", .string(hint.description)),
                JSONMember("refs", .array(hint.refs.map { .ref($0) })),
              ])
            })),
        JSONMember("signed", list(file.recorded(.signed))),
        JSONMember("entries", file.entriesJSON),
      ])
  }

  private var summaryJSON: JSONValue {
    let clock = file.metrics.clock(.ttr)
    let report = file.incident.firstReport
    let complaints = file.incident.complaints
    return .object([
      JSONMember("text", .optional(file.latestText(.summary))),
      JSONMember("from", clock?.from?.json ?? .null), JSONMember("to", clock?.to?.json ?? .null),
      JSONMember("seconds", .optional(clock?.seconds)),
      JSONMember("open", .bool(clock?.isOpen ?? false)),
      JSONMember("affected", .array(file.scopes.map { .string($0) })),
      JSONMember("complaints", .integer(complaints.count)),
      JSONMember("first_complaint", complaints.first.map { Clock.Mark($0).json } ?? .null),
      JSONMember("first_report", report.map { Clock.Mark($0).json } ?? .null),
      JSONMember("detected_by", .optional(report?.entry.string(.how) ?? report?.kind.name)),
    ])
  }

  private var rootCauseJSON: JSONValue {
    guard let entry = file.incident.latest(.rootCause) else { return .null }
    return .object([
      JSONMember("ref", .ref(entry.ref)), JSONMember("text", .optional(entry.text)),
      JSONMember("category", .optional(entry.entry.string(.category))),
    ])
  }

  private var measuresJSON: JSONValue {
    .array(
      file.incident.measures.map { measure in
        .object([
          JSONMember("ref", .ref(measure.ref)),
          JSONMember("type", .string(measure.isCorrective ? "corrective" : "preventive")),
          JSONMember("text", .string(file.text(of: measure))),
          JSONMember("owner", .optional(measure.owner)), JSONMember("due", .optional(measure.due)),
          JSONMember("state", .string(measure.state)),
          JSONMember("overdue", .bool(file.isOverdue(measure))),
        ])
      })
  }
}
