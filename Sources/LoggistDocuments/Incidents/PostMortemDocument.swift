import LoggistMetrics
package import LoggistModel

/// The post-mortem of an incident: header, contents, Issue Summary, Timeline, Root cause and Resolution, Corrective and
/// Preventive measures, appendices. What is missing is printed as *not recorded*, never made up.
package struct PostMortemDocument: TemplatedDocument, Sendable, Hashable {
  package static let template = TemplateName.postmortem

  let file: CaseFile
  let rows: TimelineRows

  /// Nil where nothing about that incident had been recorded by `context.asOf`.
  package init?(_ journal: Journal, incident: IncidentID, context: DocumentContext) {
    guard let file = CaseFile(journal, incident, context) else { return nil }
    self.file = file
    rows = TimelineRows(file, [.happening])
  }

  package var parts: DocumentParts {
    DocumentParts(
      title: "Post-mortem: \(file.title)", context: file.context, values: file.values,
      header: file.header,
      sections: [
        DocumentParts.Section("issue_summary", "Issue Summary", issueSummary),
        DocumentParts.Section("timeline", "Timeline", file.course + rows.blocks(file)),
        DocumentParts.Section(
          "cause_and_resolution", "Root cause and Resolution", rootCauseAndResolution),
        DocumentParts.Section("measures", "Corrective and Preventive measures", measures),
        DocumentParts.Section("full_log", "Appendix A: Full log", file.fullLog),
        DocumentParts.Section("data_quality", "Appendix B: Data quality", file.dataQuality),
        DocumentParts.Section("sign_offs", "Appendix C: Sign-offs", file.signOffs),
      ],
      pieces: pieces, hasContents: true)
  }
}

// MARK: - Issue Summary

extension PostMortemDocument {
  private var issueSummary: [Block] {
    var blocks = summary
    blocks.append(
      .facts([
        Fact("Window", file.window), Fact("Duration", file.duration),
        Fact("Who was affected", file.affected), Fact("Complaints", file.complaints),
        Fact("Detection", file.detection), Fact("Cause", file.cause),
      ]))
    if file.metrics.impact.count > 1 {
      blocks.append(.heading(Heading("Impact", level: 2)))
      blocks += impact
    }
    blocks.append(.heading(Heading("Key figures", level: 2)))
    return blocks + file.keyFigures
  }
}

// MARK: - Root cause and Resolution

extension PostMortemDocument {
  private var rootCauseAndResolution: [Block] {
    var blocks: [Block] = []
    func section(_ title: String, _ content: [Block]) {
      blocks += [.heading(Heading(title, level: 2))] + content
    }
    section("Root cause", rootCause)
    section("Contributing factors", list(file.recorded(.factor)))
    section("Ruled out", list(file.ruledOut))
    section("What was changed", list(file.changes))
    section("Resolution", prose(.resolution))
    section("Verification", list(file.verifications))
    section("Reopened", reopenings)
    return blocks
  }

  private var rootCause: [Block] {
    let category = file.incident.latest(.rootCause)?.entry.string(.category)
    return prose(.rootCause) + [.facts([Fact("Category", Prose(orNotRecorded: category))])]
  }

  private func prose(_ kind: Kind) -> [Block] {
    file.latestText(kind).map { Block.paragraphs($0) } ?? [.paragraph(.notRecorded)]
  }

  private func list(_ entries: [EffectiveEntry]) -> [Block] {
    entries.isEmpty
      ? [.paragraph(.notRecorded)]
      : [
        .list(
          entries.map { Prose("\($0.words(file.style)) (\(file.moment(of: $0)))") },
          isOrdered: false)
      ]
  }

  private var reopenings: [Block] {
    let entries = file.incident.entries(of: .reopened)
    return entries.isEmpty ? [.paragraph("Never reopened.")] : list(entries)
  }
}

// MARK: - Corrective and Preventive measures

extension PostMortemDocument {
  private var measures: [Block] {
    [
      .heading(Heading("Corrective measures", level: 2)),
      file.measureTable(corrective: true),
      .heading(Heading("Preventive measures", level: 2)),
      file.measureTable(corrective: false),
    ]
  }
}

// MARK: - Pieces

extension PostMortemDocument {
  private var summary: [Block] {
    file.latestText(.summary).map { Block.paragraphs($0) } ?? [
      .paragraph("Summary: " + .notRecorded)
    ]
  }

  private var impact: [Block] {
    file.metrics.impact.isEmpty
      ? [.paragraph(.notRecorded)] : [file.timesCaption, .table(file.impactTable)]
  }

  /// What stands in the sections, each on its own and without a heading, for a template that wants another order.
  private var pieces: [(name: String, blocks: [Block])] {
    [
      ("summary", summary), ("course", file.course), ("impact", impact),
      ("key_figures", file.keyFigures), ("phases", file.phaseTable), ("root_cause", rootCause),
      ("factors", list(file.recorded(.factor))), ("ruled_out", list(file.ruledOut)),
      ("changed", list(file.changes)), ("resolution", prose(.resolution)),
      ("verification", list(file.verifications)), ("reopened", reopenings),
      ("corrective_measures", [file.measureTable(corrective: true)]),
      ("preventive_measures", [file.measureTable(corrective: false)]),
    ]
  }
}
