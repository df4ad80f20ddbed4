import LoggistModel

/// Makes the clocks of one incident from its milestones: one property a definition of docs/metrics.md.
struct ClockMaker {
  let milestones: Milestones
  let asOf: Instant

  private typealias Flags = [Clock.Flag]

  /// A clock between two milestones; without an end it is open where somebody is still expected to end it.
  private func clock(
    _ id: ClockID, subject: String? = nil, from start: Moment?, to end: Moment?,
    isAwaited: Bool, missing: Clock.Absence, without: Clock.Absence = .noReport, flags: Flags = []
  ) -> Clock {
    guard let start else {
      return Clock(
        id: id, subject: subject, span: nil, isOpen: false, from: nil, to: nil,
        flags: [.notRecorded(without)])
    }
    return clock(
      id, subject: subject, from: Clock.Mark(start), to: end.map { Clock.Mark($0) },
      isAwaited: isAwaited, missing: missing, flags: flags)
  }

  private func clock(
    _ id: ClockID, subject: String?, from: Clock.Mark, to: Clock.Mark?, isAwaited: Bool,
    missing: Clock.Absence, flags: Flags = []
  ) -> Clock {
    guard to != nil || isAwaited else {
      return Clock(
        id: id, subject: subject, span: nil, isOpen: false, from: from, to: nil,
        flags: flags.filter { $0 == .voidedByReopen } + [.notRecorded(missing)])
    }
    let span = (to?.at.instant ?? asOf) - from.at.instant
    var all = flags
    if from.isApproximate || to?.isApproximate == true { all.append(.approximate) }
    if span < .zero { all.append(.negative) }
    return Clock(
      id: id, subject: subject, span: span, isOpen: to == nil, from: from, to: to, flags: all)
  }

  private var report: Moment? { milestones.firstReport }
  var reportFlags: [Clock.Flag] { milestones.isReportFallback ? [.fallback] : [] }

  var milestoneClocks: [Clock] {
    [timeToDetect, timeToAcknowledge, timeToEscalate] + timesToEngage
      + [timeToDiagnose, timeToMitigate, timeToRestore, timeToResolve]
  }

  private var timeToDetect: Clock {
    let start = milestones.impactStart
    return clock(
      .ttd, from: start, to: report, isAwaited: false, missing: .noReport, without: .noImpact,
      flags: reportFlags)
  }

  /// Once the service is back nobody will acknowledge any more: not recorded, instead of running for ever.
  private var timeToAcknowledge: Clock {
    clock(
      .tta, from: report, to: milestones.first(.acknowledged, .engaged),
      isAwaited: milestones.isBroken, missing: .noAcknowledgement, flags: reportFlags)
  }

  private var timeToEscalate: Clock {
    clock(
      .tte, from: report, to: milestones.first(.escalated), isAwaited: false,
      missing: .neverEscalated, flags: reportFlags)
  }

  /// One an escalation, the first first; the incident's is that one.
  private var timesToEngage: [Clock] {
    let escalations = milestones.all(.escalated)
    if escalations.isEmpty {
      return [
        clock(
          .tto, from: nil, to: nil, isAwaited: false, missing: .noAnswer, without: .neverEscalated)
      ]
    }
    let answers = milestones.all(.engaged)
    return escalations.map { escalation in
      clock(
        .tto, subject: escalation.string(.to), from: escalation,
        to: answers.first { $0.target == escalation.ref }, isAwaited: milestones.isBroken,
        missing: .noAnswer)
    }
  }

  private var timeToDiagnose: Clock {
    clock(
      .ttx, from: report, to: milestones.confirmedDiagnosis, isAwaited: false,
      missing: .noDiagnosis, flags: reportFlags)
  }

  private var timeToMitigate: Clock {
    let held = milestones.heldMitigation
    return ending(
      .ttm, from: report, at: held, else: milestones.lastValid(.restored),
      missing: .noMitigation, flags: reportFlags, voided: milestones.hasVoid(.mitigation, .restored)
    )
  }

  private var timeToRestore: Clock {
    let start = milestones.impactStart
    return ending(
      .ttr, from: start ?? report, at: milestones.lastValid(.restored),
      else: milestones.lastValid(.resolved), missing: .noRestoration,
      flags: start == nil && report != nil ? [.fallback] : [],
      voided: milestones.hasVoid(.restored, .resolved))
  }

  private var timeToResolve: Clock {
    ending(
      .tts, from: report, at: milestones.lastValid(.resolved),
      else: milestones.lastValid(.restored),
      missing: .noResolution, flags: reportFlags,
      voided: milestones.hasVoid(.resolved, .restored))
  }

  /// A clock that has a stand-in for its end.
  private func ending(
    _ id: ClockID, from start: Moment?, at end: Moment?,
    else fallback: Moment?, missing: Clock.Absence, flags: Flags, voided: Bool
  ) -> Clock {
    var flags = flags
    if end == nil, fallback != nil, !flags.contains(.fallback) { flags.append(.fallback) }
    if voided { flags.append(.voidedByReopen) }
    return clock(
      id, from: start, to: end ?? fallback, isAwaited: milestones.isOpen, missing: missing,
      flags: flags)
  }
}

// MARK: - Callers

extension ClockMaker {
  /// One a complaint. It runs for ever where the caller asked to be called back; else as long as there is something
  /// to tell.
  var callersWaits: [Clock] {
    milestones.entries.filter { $0.kind == .complaint }.map { complaint in
      // Wherever it was noted: a caller who was told before the complaint moved has been told.
      clock(
        .inform, subject: complaint.string(.caller), from: Clock.Mark(complaint),
        to: complaint.effective.informed.map { Clock.Mark($0) },
        isAwaited: complaint.flag(.callback) || milestones.isOpen, missing: .noCallBack)
    }
  }
}

// MARK: - The writing itself

extension ClockMaker {
  func longestSilence(_ stretches: [Stretch]) -> Clock {
    func length(_ stretch: Stretch) -> TimeSpan {
      (stretch.to?.at.instant ?? asOf) - stretch.from.at.instant
    }
    // The first of equally long ones: a figure has one source.
    guard
      let longest = stretches.reduce(
        nil as Stretch?,
        { best, next in
          best.map { length($0) >= length(next) } ?? false ? best : next
        })
    else {
      return Clock(
        id: .gap, subject: nil, span: nil, isOpen: false, from: nil, to: nil,
        flags: [.notRecorded(milestones.firstReport == nil ? .noReport : .neverOpen)])
    }
    var flags: [Clock.Flag] = []
    if longest.from.isApproximate || longest.to?.isApproximate == true {
      flags.append(.approximate)
    }
    if length(longest) < .zero { flags.append(.negative) }
    return Clock(
      id: .gap, subject: nil, span: length(longest), isOpen: longest.to == nil, from: longest.from,
      to: longest.to, flags: flags)
  }

  /// The median lateness by nearest rank; the share of late entries stands in `IncidentMetrics.lateness`.
  func lateness(_ lateness: Lateness) -> Clock {
    let median = nearestRank(lateness.spans, percent: 50)?.span
    return Clock(
      id: .late, subject: nil, span: median, isOpen: false, from: nil, to: nil,
      flags: median == nil ? [.notRecorded(.noEntries)] : [])
  }
}
