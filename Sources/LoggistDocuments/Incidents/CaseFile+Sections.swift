import LoggistMetrics
import LoggistModel

/// What the sections of a post-mortem are made of; the documents and the JSON draw on the same lists.
extension CaseFile {
  /// Every scope that an impact named, each once, in timeline order.
  var scopes: [String] {
    var scopes: [String] = []
    for entry in entries where entry.kind == .impact {
      if let scope = entry.entry.string(.scope), !scope.isBlank, !scopes.contains(scope) {
        scopes.append(scope)
      }
    }
    return scopes
  }

  var ruledOut: [EffectiveEntry] {
    incident.entries(of: .diagnosis).filter { $0.entry.string(.verdict) == "ruled_out" }
  }

  /// Changes and mitigations: what was altered, whether it helped or not.
  var changes: [EffectiveEntry] {
    incident.entries.filter { $0.kind == .change || $0.kind == .mitigation }
  }

  /// Restorings that say who or what made sure.
  var verifications: [EffectiveEntry] {
    incident.entries(of: .restored).filter { $0.entry.string(.verifiedBy)?.isBlank == false }
  }

  var impactTable: Table {
    Table(
      [
        Table.Column("From", .number), Table.Column("To", .number), Table.Column("Degree"),
        Table.Column("Scope", .prose),
      ],
      metrics.impact.map { interval in
        let degree = Prose(interval.degree.rawValue)
        return [
          datedCell(interval.from.at.instant),
          interval.to.map { datedCell($0.at.instant) } ?? .notRecorded,
          interval.isDegreeAssumed ? degree + " (assumed)" : degree,
          Prose(orNotRecorded: interval.scope),
        ]
      })
  }
}

// MARK: - Measures

extension CaseFile {
  /// In the order in which they were logged: corrective steps are a sequence.
  func measures(corrective: Bool) -> [Incident.Measure] {
    incident.measures.filter { $0.isCorrective == corrective }
  }

  func measureTable(corrective: Bool) -> Block {
    let measures = measures(corrective: corrective)
    if measures.isEmpty { return .paragraph(.notRecorded) }
    let columns = [
      Table.Column("Id"), Table.Column("What", .prose), Table.Column("Owner"),
      Table.Column("Due"), Table.Column("State"),
    ]
    return .table(
      Table(
        columns,
        measures.map { measure in
          [
            Prose(measure.ref.description), Prose(text(of: measure)),
            Prose(orNotRecorded: measure.owner), due(of: measure),
            Prose(measure.state + (isOverdue(measure) ? ", overdue" : "")),
          ]
        }))
  }

  /// The measure's text, or that it was taken out.
  func text(of measure: Incident.Measure) -> String {
    incident.entries.first { $0.ref == measure.ref }?.text ?? measure.text
  }

  private func due(of measure: Incident.Measure) -> Prose {
    guard let due = measure.due else { return .notRecorded }
    if let day = CivilDate(due) { return Prose(style.longDate(day)) }
    return Prose(Timestamp(due).map { style.moment($0.instant) } ?? due)
  }

  /// Its day is over, or its time is past, and nobody said that it is done or dropped.
  func isOverdue(_ measure: Incident.Measure) -> Bool {
    guard measure.state == "open" || measure.state == "doing", let due = measure.due else {
      return false
    }
    if let day = CivilDate(due) { return day < style.date(context.asOf) }
    return Timestamp(due).map { $0.instant < context.asOf } ?? false
  }
}

// MARK: - Appendices

extension CaseFile {
  /// Every entry in the order in which it was recorded, corrections and strikes among them.
  var log: [EffectiveEntry] {
    (incident.all + incident.mergedReports + remarks).sorted { $0.record.order < $1.record.order }
  }

  /// A table for each day of recording; what happened on another day says so.
  var fullLog: [Block] {
    let columns = [
      Table.Column("Entry"), Table.Column("Logged", .number), Table.Column("At", .number),
      Table.Column("By"), Table.Column("Kind"), Table.Column("Text", .prose),
    ]
    var blocks: [Block] = [
      .paragraph(Prose("In the order of recording. Times in \(zones).", .emphasis))
    ]
    var rest = log[...]
    while let first = rest.first {
      let day = style.date(first.record.logged)
      let entries = rest.prefix { style.date($0.record.logged) == day }
      rest = rest.dropFirst(entries.count)
      blocks.append(
        .heading(Heading("Logged on \(style.longDay(first.record.logged))", level: 2)))
      blocks.append(
        .table(
          Table(
            columns,
            entries.map { entry in
              let isSameDay = style.date(entry.at) == day
              let at = cell(entry.at, isApproximate: entry.entry.precision == .approximate)
              return [
                Prose(entry.ref.description), cell(entry.record.logged),
                isSameDay
                  ? at : style.prose("\(style.longDate(entry.at)), \(at.plain)", at: entry.at),
                Prose(entry.author), Prose(entry.kind.words), Prose(logWords(entry)),
              ]
            })))
    }
    return blocks
  }

  /// A struck entry's text does not leave the store; that it was struck does.
  private func logWords(_ entry: EffectiveEntry) -> String {
    if let strike = entry.strike { return "struck by \(strike.ref): \(strike.reason)" }
    var words = entry.words(style)
    for correction in entry.corrections { words += " [corrected by \(correction.ref)]" }
    return words
  }

  var dataQuality: [Block] {
    let hints = incident.hints
    if hints.isEmpty { return [.paragraph("Nothing odd, nothing missing.")] }
    // The same thing said of several entries is said once.
    var items: [(words: String, refs: [String])] = []
    for hint in hints {
      let refs = hint.refs.map(\.description).joined(separator: " and ")
      if let place = items.firstIndex(where: { $0.words == hint.description }) {
        items[place].refs.append(refs)
      } else {
        items.append((hint.description, refs.isEmpty ? [] : [refs]))
      }
    }
    return [
      .list(
        items.map { item in
          Prose(
            item.refs.isEmpty ? item.words : "\(item.words) (\(item.refs.joined(separator: ", ")))")
        }, isOrdered: false)
    ]
  }

  var signOffs: [Block] {
    let signed = recorded(.signed)
    if signed.isEmpty { return [.paragraph("Not signed.")] }
    let columns = [
      Table.Column("Entry"), Table.Column("At", .number), Table.Column("Who"),
      Table.Column("Remarks", .prose),
    ]
    let rows = signed.map {
      [
        Prose($0.ref.description), datedCell($0.at), Prose($0.who),
        Prose($0.words(style)),
      ]
    }
    return [timesCaption, .table(Table(columns, rows))]
  }
}
