import LoggistMetrics
package import LoggistModel

/// The post-mortem of an incident: header, contents, Issue Summary, Timeline, Root cause and Resolution, Corrective and
/// Preventive measures, appendices. What is missing is printed as *not recorded*, never made up.
package struct PostMortemDocument: Sendable, Hashable {
  let file: CaseFile
  let rows: TimelineRows

  /// Nil where nothing about that incident had been recorded by `context.asOf`.
  package init?(_ journal: Journal, incident: IncidentID, context: DocumentContext) {
    guard let file = CaseFile(journal, incident, context) else { return nil }
    self.file = file
    rows = TimelineRows(file, [.happening])
  }

  package var document: Document {
    let sections: [(String, [Block])] = [
      ("Issue Summary", issueSummary),
      ("Timeline", rows.blocks(file)),
      ("Root cause and Resolution", rootCauseAndResolution),
      ("Corrective and Preventive measures", measures),
      ("Appendix A: Full log", file.fullLog),
      ("Appendix B: Data quality", file.dataQuality),
      ("Appendix C: Sign-offs", file.signOffs),
    ]
    var blocks = file.header
    blocks.append(.heading(Heading("Contents")))
    blocks.append(.contents(sections.map { Heading($0.0) }))
    for (title, content) in sections { blocks += [.heading(Heading(title))] + content }
    return Document(title: "Post-mortem: \(file.title)", blocks: blocks)
  }
}

// MARK: - Issue Summary

extension PostMortemDocument {
  private var issueSummary: [Block] {
    var blocks =
      file.latestText(.summary).map { Block.paragraphs($0) } ?? [
        .paragraph("Summary: " + .notRecorded)
      ]
    blocks.append(
      .facts([
        Fact("Window", window), Fact("Duration", duration), Fact("Who was affected", affected),
        Fact("Complaints", complaints), Fact("Detection", detection), Fact("Cause", cause),
      ]))
    let changes = file.metrics.impact
    if changes.count > 1 {
      blocks.append(.heading(Heading("Impact", level: 2)))
      blocks += [file.timesCaption, .table(file.impactTable)]
    }
    blocks.append(.heading(Heading("Key figures", level: 2)))
    return blocks + file.keyFigures
  }

  /// From the start of the impact, else the first report, to the restoring; the clock is `ttr.1`.
  private var window: Prose {
    guard let clock = file.metrics.clock(.ttr), let from = clock.from else { return .notRecorded }
    let start = from.at.instant
    let about = clock.isApproximate ? "about " : ""
    if let to = clock.to { return Prose(about + file.style.window(from: start, to: to.at.instant)) }
    return clock.isOpen
      ? Prose("\(about)\(file.style.moment(start)), still open")
      : Prose("\(about)\(file.style.moment(start)) to ") + .notRecorded
  }

  private var duration: Prose {
    guard let clock = file.metrics.clock(.ttr), let span = clock.span else { return .notRecorded }
    let about = clock.isApproximate ? "about " : ""
    return Prose("\(about)\(span.inWords)\(clock.isOpen ? " so far" : "")")
  }

  /// Every scope that an impact named, in order.
  private var affected: Prose {
    let scopes = file.scopes
    return scopes.isEmpty ? .notRecorded : Prose(scopes.joined(separator: "; "))
  }

  private var complaints: Prose {
    let complaints = file.incident.complaints
    guard let first = complaints.first else { return "none recorded" }
    let details = [first.entry.string(.caller), first.entry.string(.place)].compactMap(\.self)
    let who = details.isEmpty ? "" : " (\(details.joined(separator: ", ")))"
    let time = file.style.timeAndZone(first.at)
    return Prose("\(complaints.count), \(complaints.count > 1 ? "the first " : "")at \(time)\(who)")
  }

  private var detection: Prose {
    guard let report = file.incident.firstReport else { return .notRecorded }
    let time = file.style.timeAndZone(report.at)
    if report.kind == .complaint { return Prose("by a caller's complaint at \(time)") }
    let how = report.entry.string(.how).map { " by \($0 == "vendor" ? "a vendor" : $0)" } ?? ""
    return Prose("noticed\(how) at \(time)")
  }

  /// The first line of the root cause; the rest has its section.
  private var cause: Prose {
    Prose(
      orNotRecorded: file.latestText(.rootCause)?.lines.first { !String($0).isBlank }.map {
        String($0)
      })
  }
}

// MARK: - Root cause and Resolution

extension PostMortemDocument {
  private var rootCauseAndResolution: [Block] {
    var blocks: [Block] = []
    func section(_ title: String, _ content: [Block]) {
      blocks += [.heading(Heading(title, level: 2))] + content
    }
    let category = file.incident.latest(.rootCause)?.entry.string(.category)
    section(
      "Root cause",
      prose(.rootCause) + [.facts([Fact("Category", Prose(orNotRecorded: category))])])
    section("Contributing factors", list(file.recorded(.factor)))
    section("Ruled out", list(file.ruledOut))
    section("What was changed", list(file.changes))
    section("Resolution", prose(.resolution))
    section("Verification", list(file.verifications))
    section("Reopened", reopenings)
    return blocks
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
