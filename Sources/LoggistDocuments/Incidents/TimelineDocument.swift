import LoggistMetrics
package import LoggistModel

/// The timeline of an incident, for a manager or a review: everything that happened or changed, in order, with the
/// phases above it.
package struct TimelineDocument: Sendable, Hashable {
  let file: CaseFile
  let rows: TimelineRows

  /// Nil where nothing about that incident had been recorded by `context.asOf`.
  package init?(_ journal: Journal, incident: IncidentID, context: DocumentContext) {
    guard let file = CaseFile(journal, incident, context) else { return nil }
    self.file = file
    rows = TimelineRows(file, [.happening, .property])
  }

  package var document: Document {
    var blocks = file.header
    blocks.append(.heading(Heading("Phases")))
    blocks += file.phaseTable
    blocks.append(.heading(Heading("Timeline")))
    blocks += rows.blocks(file)
    let prose = file.entries.count { $0.kind.sort == .prose }
    if prose > 0 {
      let what = prose == 1 ? "1 entry" : "\(prose) entries"
      blocks.append(
        .paragraph(
          Prose(
            "Not shown: \(what) of the post-mortem (summary, cause, resolution, measures).",
            .emphasis)))
    }
    return Document(title: "Timeline: \(file.title)", blocks: blocks)
  }

  /// As docs/schemas/timeline.json describes it.
  package var json: JSONValue {
    .object(
      file.jsonHead("timeline") + [
        JSONMember("phases", file.phasesJSON), JSONMember("timeline", rows.json(file)),
        JSONMember("silences", rows.silencesJSON(file)),
        JSONMember("corrections", file.correctionsJSON),
      ])
  }
}
