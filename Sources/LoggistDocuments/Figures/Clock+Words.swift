import LoggistMetrics
import LoggistModel

extension Clock {
  /// `time to engage (Terence Waller)`.
  var title: String { subject.map { "\(id.name) (\($0))" } ?? id.name }

  /// The figure: `38 min`, `~38 min`, `35 min so far`, `not recorded`.
  var value: Prose {
    guard let span else { return .notRecorded }
    return Prose("\(isApproximate ? "~" : "")\(span.spoken)\(isOpen ? " so far" : "")")
  }

  /// What has to be said about it.
  var remarks: String {
    var remarks: [String] = []
    for flag in flags {
      switch flag {
      case .fallback:
        // Which milestones stood in: the definition names others.
        let ends = [from.map { "from \($0.kind.words)" }, to.map { "to \($0.kind.words)" }]
        remarks.append((["fallback:"] + ends.compactMap(\.self)).joined(separator: " "))
      case .approximate: remarks.append("approximate")
      case .voidedByReopen: remarks.append("an earlier end was void: reopened after it")
      case .negative: remarks.append("negative: out of every aggregate")
      case .paused: remarks.append("stands still")
      case .notRecorded(let absence): remarks.append(absence.description)
      }
    }
    if let target {
      let verdict = isWithinTarget.map { $0 ? "kept" : "missed" } ?? (isOpen ? "not over yet" : nil)
      remarks.append(
        ["target \(target.spoken)", verdict].compactMap(\.self).joined(separator: ": "))
    }
    return remarks.joined(separator: "; ")
  }
}

extension CaseFile {
  /// Every clock with what it was computed from.
  var keyFigures: [Block] {
    let columns = [
      Table.Column("Id"), Table.Column("Figure", .prose), Table.Column("Value", .number),
      Table.Column("From"), Table.Column("To"), Table.Column("Remarks", .prose),
    ]
    let rows = metrics.clocks.map { clock -> [Prose] in
      var remarks = clock.remarks
      if clock.id == .late, let share = latenessWords { remarks = share }
      return [
        Prose(clock.id.rawValue), Prose(clock.title), clock.value, words(clock.from),
        words(clock.to), Prose(remarks),
      ]
    }
    return [timesCaption, .table(Table(columns, rows))]
  }

  private var latenessWords: String? {
    let lateness = metrics.lateness
    if lateness.entries == 0 { return nil }
    return "median; \(lateness.late) of \(lateness.entries) entries late"
  }

  /// `8:45 pm, INC.3`.
  private func words(_ mark: Clock.Mark?) -> Prose {
    mark.map {
      datedCell($0.at.instant, isApproximate: $0.isApproximate) + Prose(", \($0.ref)")
    } ?? ""
  }

  /// The bands of the timeline as a table.
  var phaseTable: [Block] {
    if metrics.phases.isEmpty { return [.paragraph(.notRecorded)] }
    let columns = [
      Table.Column("Phase"), Table.Column("From", .number), Table.Column("To", .number),
      Table.Column("Duration", .number),
    ]
    let rows = metrics.phases.map { phase -> [Prose] in
      let span = (phase.to?.at.instant ?? metrics.asOf) - phase.from.at.instant
      return [
        Prose(phase.name.rawValue), datedCell(phase.from.at.instant),
        phase.to.map { datedCell($0.at.instant) } ?? "open",
        Prose(span.spoken + (phase.to == nil ? " so far" : "")),
      ]
    }
    return [timesCaption, .table(Table(columns, rows))]
  }
}
