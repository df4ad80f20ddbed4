import LoggistModel

/// Makes the clocks of one incident from its milestones: one property a definition of docs/metrics.md.
struct ClockMaker {
  let milestones: Milestones
  let asOf: Instant

  /// A clock between two milestones; without an end it is open where somebody is still expected to end it.
  private func clock(
    _ id: ClockID, subject: String? = nil, from: Clock.Mark?, to: Clock.Mark?, isAwaited: Bool,
    missing: Clock.Absence, without: Clock.Absence = .noReport, marks: Clock.Marks = []
  ) -> Clock {
    guard let from else {
      return Clock(
        id: id, subject: subject, span: nil, isOpen: false, from: nil, to: nil, marks: [],
        absence: without)
    }
    guard to != nil || isAwaited else {
      return Clock(
        id: id, subject: subject, span: nil, isOpen: false, from: from, to: nil,
        marks: marks.intersection(.voidedByReopen), absence: missing)
    }
    let span = (to?.at.instant ?? asOf) - from.at.instant
    var marks = marks
    if from.isApproximate || to?.isApproximate == true { marks.insert(.approximate) }
    if span < .zero { marks.insert(.negative) }
    return Clock(
      id: id, subject: subject, span: span, isOpen: to == nil, from: from, to: to, marks: marks,
      absence: nil)
  }

  private func word(_ field: Field, of moments: [Moment], at place: Int) -> String? {
    milestones.words.string(field, at: Int(moments[place].place))
  }

  private var report: Clock.Mark? { milestones.firstReport }
  var reportMarks: Clock.Marks { milestones.isReportFallback ? [.fallback] : [] }

  func addMilestoneClocks(to clocks: inout [Clock]) {
    clocks.append(timeToDetect)
    clocks.append(timeToAcknowledge)
    clocks.append(timeToEscalate)
    addTimesToEngage(to: &clocks)
    clocks.append(timeToDiagnose)
    clocks.append(timeToMitigate)
    clocks.append(timeToRestore)
    clocks.append(timeToResolve)
  }

  private var timeToDetect: Clock {
    let start = milestones.impactStart
    return clock(
      .ttd, from: start, to: report, isAwaited: false, missing: .noReport, without: .noImpact,
      marks: reportMarks)
  }

  /// Once the service is back nobody will acknowledge any more: not recorded, instead of running for ever.
  private var timeToAcknowledge: Clock {
    clock(
      .tta, from: report, to: milestones.acknowledged,
      isAwaited: milestones.isBroken, missing: .noAcknowledgement, marks: reportMarks)
  }

  private var timeToEscalate: Clock {
    clock(
      .tte, from: report, to: milestones.firstEscalated, isAwaited: false,
      missing: .neverEscalated, marks: reportMarks)
  }

  /// One an escalation, the first first; the incident's is that one.
  private func addTimesToEngage(to clocks: inout [Clock]) {
    let escalations = milestones.escalations
    if escalations.isEmpty {
      clocks.append(
        clock(
          .tto, from: nil, to: nil, isAwaited: false, missing: .noAnswer, without: .neverEscalated))
    }
    for escalation in escalations {
      clocks.append(
        clock(
          .tto, subject: word(.to, of: milestones.own, at: escalation),
          from: Clock.Mark(milestones.own[escalation]),
          to: milestones.answer(to: escalation), isAwaited: milestones.isBroken,
          missing: .noAnswer))
    }
  }

  private var timeToDiagnose: Clock {
    clock(
      .ttx, from: report, to: milestones.confirmedDiagnosis, isAwaited: false,
      missing: .noDiagnosis, marks: reportMarks)
  }

  private var timeToMitigate: Clock {
    let held = milestones.heldMitigation
    return ending(
      .ttm, from: report, at: held, else: milestones.restored,
      missing: .noMitigation, marks: reportMarks,
      voided: milestones.hasVoidMitigation || milestones.hasVoidRestored)
  }

  private var timeToRestore: Clock {
    let start = milestones.impactStart
    return ending(
      .ttr, from: start ?? report, at: milestones.restored,
      else: milestones.resolved, missing: .noRestoration,
      marks: start == nil && report != nil ? .fallback : [],
      voided: milestones.hasVoidRestored || milestones.hasVoidResolved)
  }

  private var timeToResolve: Clock {
    ending(
      .tts, from: report, at: milestones.resolved,
      else: milestones.restored,
      missing: .noResolution, marks: reportMarks,
      voided: milestones.hasVoidResolved || milestones.hasVoidRestored)
  }

  /// A clock that has a stand-in for its end.
  private func ending(
    _ id: ClockID, from start: Clock.Mark?, at end: Clock.Mark?,
    else fallback: Clock.Mark?, missing: Clock.Absence, marks: Clock.Marks, voided: Bool
  ) -> Clock {
    var marks = marks
    if end == nil, fallback != nil { marks.insert(.fallback) }
    if voided { marks.insert(.voidedByReopen) }
    return clock(
      id, from: start, to: end ?? fallback, isAwaited: milestones.isOpen, missing: missing,
      marks: marks)
  }
}

// MARK: - Callers

extension ClockMaker {
  /// One a complaint. It runs for ever where the caller asked to be called back; else as long as there is something
  /// to tell.
  func addCallersWaits(to clocks: inout [Clock]) {
    guard milestones.complaints > 0 else { return }
    let entries = milestones.entries
    for place in entries.indices {
      guard case .complaint = entries[place].kind else { continue }
      // Wherever it was noted: a caller who was told before the complaint moved has been told.
      clocks.append(
        clock(
          .inform, subject: word(.caller, of: entries, at: place), from: Clock.Mark(entries[place]),
          to: entries[place].informed.map { Clock.Mark($0) },
          isAwaited: entries[place].detail.wantsCallBack || milestones.isOpen,
          missing: .noCallBack))
    }
  }
}

// MARK: - The writing itself

extension ClockMaker {
  func longestSilence(_ longest: Stretch?) -> Clock {
    guard let longest else {
      return Clock(
        id: .gap, subject: nil, span: nil, isOpen: false, from: nil, to: nil, marks: [],
        absence: milestones.firstReport == nil ? .noReport : .neverOpen)
    }
    return clock(
      .gap, from: longest.from, to: longest.to, isAwaited: true, missing: .neverOpen)
  }

  /// The median lateness by nearest rank; the share of late entries stands in `IncidentMetrics.lateness`.
  func lateness(_ lateness: Lateness) -> Clock {
    let median = nearestRank(lateness.spans, percent: 50)?.span
    return Clock(
      id: .late, subject: nil, span: median, isOpen: false, from: nil, to: nil, marks: [],
      absence: median == nil ? .noEntries : nil)
  }
}
