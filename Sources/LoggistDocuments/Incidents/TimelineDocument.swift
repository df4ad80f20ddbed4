import LoggistMetrics
package import LoggistModel

/// The timeline of an incident, for a manager or a review: everything that happened or changed, in order, with the
/// phases above it.
package struct TimelineDocument: TemplatedDocument, Sendable, Hashable {
  package static let template = TemplateName.timeline

  let file: CaseFile
  let rows: TimelineRows

  /// Nil where nothing about that incident had been recorded by `context.asOf`.
  package init?(_ journal: Journal, incident: IncidentID, context: DocumentContext) {
    guard let file = CaseFile(journal, incident, context) else { return nil }
    self.file = file
    rows = TimelineRows(file, [.happening, .property])
  }

  package var parts: DocumentParts {
    DocumentParts(
      title: "Timeline: \(file.title)", context: file.context, values: file.values,
      header: file.header,
      sections: [
        DocumentParts.Section("phases", "Phases", file.course + file.phaseTable),
        DocumentParts.Section("timeline", "Timeline", rows.blocks(file) + leftOut),
      ],
      pieces: [("course", file.course), ("key_figures", file.keyFigures)])
  }

  private var leftOut: [Block] {
    let prose = file.entries.count { $0.kind.sort == .prose }
    if prose == 0 { return [] }
    let what = prose == 1 ? "1 entry" : "\(prose) entries"
    return [
      .paragraph(
        Prose(
          "Not shown: \(what) of the post-mortem (summary, cause, resolution, measures).",
          .emphasis))
    ]
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
