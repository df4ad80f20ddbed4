import LoggistMetrics
import LoggistModel

// MARK: - Volume

extension ReportDocument {
  var volume: [Block] {
    if members.isEmpty { return [.paragraph("No incident in this period.")] }
    let series = facts.byPriority.map(\.name)
    return [
      .figure(
        .volume(
          Volume(
            "Incidents by \(facts.bucketUnit) and priority", series: series,
            buckets: facts.buckets.map { Volume.Bucket($0.label, $0.counts) }))),
      .figure(
        .heatMap(
          HeatMap(
            "First reports by weekday and hour",
            counts: (0..<7).map { day in (0..<24).map { facts.hours[day, $0] } },
            hours: context.style.hours))),
    ] + shares("By priority", "Priority", facts.byPriority)
      + shares("By service", "Service", facts.byService)
      + shares("By place", "Place", facts.byPlace)
  }

  private func shares(_ title: String, _ column: String, _ shares: [ReportFacts.Share]) -> [Block] {
    // Nothing but what was not recorded tells nothing.
    if shares.allSatisfy({ !$0.isRecorded }) { return [] }
    let hasComplaints = facts.complaints > 0
    let rows = ReportFacts.Share.limited(shares, to: ReportDocument.shown)
    return [
      .heading(Heading(title, level: 2)),
      .table(
        Table(
          [Table.Column(column), Table.Column("Incidents", .number)]
            + (hasComplaints ? [Table.Column("Complaints", .number)] : []),
          rows.map {
            [Prose($0.name), Prose("\($0.incidents)")]
              + (hasComplaints ? [Prose("\($0.complaints)")] : [])
          })),
    ]
  }
}

// MARK: - Service levels

extension ReportDocument {
  /// Met and missed by priority, and the worst with the phase that took the time.
  var serviceLevels: [Block] {
    if metrics.targets.isEmpty {
      return [.paragraph("No targets are configured ('targets' in config.yaml).")]
    }
    let summaries = metrics.summaries.filter(\.id.isServiceLevel)
    let columns =
      [Table.Column("Clock"), Table.Column("Priority")]
      + ["target", "kept", "missed", "not over yet"].map { Table.Column($0, .number) }
    var blocks: [Block] = [
      .table(
        Table(
          columns,
          summaries.compactMap { summary in
            guard let held = summary.held else { return nil }
            return [
              Prose(summary.id.rawValue), Prose(summary.group?.title ?? "all"),
              Prose(held.target?.spoken ?? ""), Prose("\(held.within)"), Prose("\(held.missed)"),
              Prose("\(held.undecided)"),
            ]
          }))
    ]
    let worst = facts.breaches.prefix(ReportDocument.worst)
    guard !worst.isEmpty else { return blocks + [.paragraph("No target was missed.")] }
    let more = facts.breaches.count - worst.count
    blocks.append(.heading(Heading("Furthest over their target", level: 2)))
    blocks.append(
      .table(
        Table(
          [
            Table.Column("Incident"), Table.Column("Priority"), Table.Column("Clock"),
            Table.Column("Took", .number), Table.Column("Target", .number),
            Table.Column("Longest phase", .prose),
          ],
          worst.map { breach in
            let phase = breach.phase.map { name in
              "\(name.rawValue)" + (breach.phaseSpan.map { ", \($0.spoken)" } ?? "")
            }
            return [
              Prose(breach.incident.description),
              Prose(breach.priority?.description ?? "not recorded"),
              Prose(breach.clock.id.rawValue), breach.clock.value,
              Prose(breach.clock.target?.spoken ?? ""), Prose(phase ?? ""),
            ]
          })))
    if more > 0 { blocks.append(.paragraph(Prose("And \(more) more.", .emphasis))) }
    return blocks
  }

  static let worst = 5
}

// MARK: - Reopened and repeated

extension ReportDocument {
  var repeats: [Block] {
    let reopened = members.filter { $0.reopenings > 0 }
    var blocks: [Block] = [
      .facts([
        Fact("Reopened", Prose("\(reopened.count) of \(members.count)")),
        Fact(
          "Repeated",
          Prose(
            "\(facts.repeats.count) with the service and the category of cause of one at most 30 days earlier"
          )),
      ])
    ]
    if !reopened.isEmpty {
      blocks.append(.heading(Heading("Reopened", level: 2)))
      blocks.append(
        .list(
          limited(reopened) { member in
            let times = member.reopenings
            let title = member.incident.title
            return "\(member.incident.id): \(title)" + (times > 1 ? " (\(times) times)" : "")
          }, isOrdered: false))
    }
    if !facts.repeats.isEmpty {
      blocks.append(.heading(Heading("Repeated", level: 2)))
      blocks.append(
        .list(
          limited(facts.repeats) { again in
            "\(again.incident): \(again.service), \(again.category), \(again.between.spoken) after \(again.before)"
          }, isOrdered: false))
    }
    return blocks
  }

  /// A report is read: so many of a list, and how many more there are.
  func limited<Item>(_ items: [Item], _ words: (Item) -> String) -> [Prose] {
    let shown = items.prefix(ReportDocument.shown).map { Prose(words($0)) }
    let more = items.count - shown.count
    return more > 0 ? shown + [Prose("and \(more) more", .emphasis)] : shown
  }

  static let shown = 20
}

// MARK: - Post-mortems and measures

extension ReportDocument {
  var work: [Block] {
    let due = facts.postMortems
    let missing = due.filter { !$0.isWritten }
    let open = facts.owners.reduce(0) { $0 + $1.open }
    let overdue = facts.owners.reduce(0) { $0 + $1.overdue }
    var blocks: [Block] = [
      .facts([
        Fact(
          "Post-mortems due", Prose("\(due.count): every P1 and every major incident that is over")),
        Fact("Written", Prose("\(due.count - missing.count) of \(due.count)")),
        Fact("Signed", Prose("\(due.count(where: \.isSigned)) of \(due.count)")),
        Fact("Measures open", Prose("\(open), of all incidents, not of this period alone")),
        Fact("Overdue", Prose("\(overdue)")),
      ])
    ]
    if !missing.isEmpty {
      blocks.append(.heading(Heading("Without a post-mortem", level: 2)))
      blocks.append(
        .list(
          limited(missing) { state in
            "\(state.incident)" + (state.ended.map { ", over since \(style.longDate($0))" } ?? "")
          }, isOrdered: false))
    }
    guard !facts.owners.isEmpty else { return blocks }
    blocks.append(.heading(Heading("Open measures by owner", level: 2)))
    blocks.append(
      .table(
        Table(
          [
            Table.Column("Owner"), Table.Column("Open", .number), Table.Column("Overdue", .number),
            Table.Column("Due first", .prose),
          ],
          facts.owners.map { owned in
            let first = owned.items.first
            let words = first.map { id, measure, isOverdue in
              let due = measure.due.map { "\($0)\(isOverdue ? " (overdue)" : ""): " } ?? ""
              return "\(due)\(measure.text) (\(id))"
            }
            return [
              owned.owner.map { Prose($0) } ?? Prose("nobody", .emphasis), Prose("\(owned.open)"),
              Prose("\(owned.overdue)"), Prose(words ?? ""),
            ]
          })))
    return blocks
  }
}

// MARK: - The desk's record

extension ReportDocument {
  var quality: [Block] {
    let late = metrics.summary(.late)
    let record = facts.record
    var facts = [
      Fact("Entries", Prose("\(record.entries)")),
      Fact(
        "Late",
        Prose(
          "\(late?.late ?? 0) of \(late?.count ?? 0) logged more than 5 min after they happened"
            + (late?.p50.map { "; median lateness \($0.span)" } ?? ""))),
      Fact("Corrected", Prose("\(record.corrected)")),
      Fact("Struck", Prose("\(record.struck)")),
      Fact("Redacted", Prose("\(record.redacted)")),
      Fact(
        "Callers called back",
        Prose("\(record.callBacksMade) of \(record.callBacksAsked) who asked for it")),
      Fact("Escalations answered", Prose("\(record.answered) of \(record.escalations)")),
    ]
    if let inform = metrics.summary(.inform), let p50 = inform.p50 {
      facts.append(Fact("Caller's wait", Prose("median \(p50.words); n \(inform.count)")))
    }
    return [.facts(facts)]
  }
}
