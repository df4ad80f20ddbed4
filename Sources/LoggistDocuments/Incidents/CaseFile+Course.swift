import LoggistMetrics
import LoggistModel

extension CaseFile {
  /// The incident on an axis of time; nil where less than two moments are known, since there is nothing to see.
  var course: [Block] {
    guard let start = metrics.phases.first?.from.at.instant else { return [] }
    let end = courseEnd(from: start)
    let milestones = milestones.filter { start <= $0.at && $0.at <= end }
    guard start < end, milestones.count > 1 else { return [] }
    let lanes = [phaseLane] + impactLanes(until: end) + [silenceLane(from: start, until: end)]
    let course = Course(
      "Course of \(incident.id)", from: start, to: end, style: style, milestones: milestones,
      lanes: lanes.filter { !$0.bands.isEmpty })
    return [.figure(.course(course))]
  }

  /// Up to the restoring, or to the moment of the document where people still wait for it. A resolving that comes soon
  /// after is shown, too; paperwork days later would squeeze what happened into a corner.
  private func courseEnd(from start: Instant) -> Instant {
    guard let last = metrics.phases.last?.to else { return metrics.asOf }
    let ends = metrics.impact.compactMap { $0.to?.at.instant } + [last.at.instant]
    let end = ends.max() ?? last.at.instant
    guard let resolved = metrics.clock(.tts)?.to?.at.instant, resolved > end else { return end }
    return (resolved - start).milliseconds <= (end - start).milliseconds * 3 / 2 ? resolved : end
  }

  private var milestones: [Course.Milestone] {
    var marks: [(name: String, mark: Clock.Mark)] = []
    if let first = metrics.phases.first?.from {
      marks.append((first.kind == .impact ? "Impact began" : "First report", first))
    }
    for phase in metrics.phases {
      if let to = phase.to { marks.append((phase.name.milestone, to)) }
    }
    // What was thought to be the end and was not, and that it was not.
    let kinds: [(Kind, String)] = [(.restored, "Restored"), (.resolved, "Resolved")]
    for (kind, name) in kinds {
      marks += incident.entries(of: kind).map { (name, Clock.Mark($0)) }
    }
    marks += incident.entries(of: .reopened).map { ("Reopened", Clock.Mark($0)) }
    var seen: Set<EntryRef> = []
    return marks.filter { seen.insert($0.mark.ref).inserted }
      .enumerated().sorted {
        ($0.element.mark.at.instant, $0.offset) < ($1.element.mark.at.instant, $1.offset)
      }
      .map {
        Course.Milestone(
          $0.element.name, at: $0.element.mark.at.instant,
          isApproximate: $0.element.mark.isApproximate)
      }
  }

  private var phaseLane: Course.Lane {
    Course.Lane(
      "Phases",
      metrics.phases.filter { $0.from.at.instant != $0.to?.at.instant }.map { phase in
        Course.Band(
          phase.name.rawValue, .phase, from: phase.from.at.instant,
          to: phase.to?.at.instant ?? metrics.asOf, phase.to == nil ? .running : .recorded)
      })
  }

  /// One below the other where impacts overlap.
  private func impactLanes(until end: Instant) -> [Course.Lane] {
    var lanes: [[Course.Band]] = []
    for interval in metrics.impact {
      let isRunning = interval.to == nil && incident.status == .open
      let band = Course.Band(
        interval.degree.rawValue, interval.degree.look, from: interval.from.at.instant,
        to: interval.to?.at.instant ?? max(end, interval.from.at.instant),
        interval.to != nil ? .recorded : isRunning ? .running : .missing, detail: interval.scope)
      if let free = lanes.firstIndex(where: { $0.last.map { $0.to <= band.from } ?? true }) {
        lanes[free].append(band)
      } else {
        lanes.append([band])
      }
    }
    return lanes.enumerated().map { Course.Lane($0 == 0 ? "Impact" : "", $1) }
  }

  private func silenceLane(from start: Instant, until end: Instant) -> Course.Lane {
    Course.Lane(
      "No entry",
      metrics.silences(longerThan: TimelineRows.silenceAfter).compactMap { silence in
        let (from, to) = (silence.from.at.instant, silence.to?.at.instant ?? metrics.asOf)
        guard from < end, to > start else { return nil }
        return Course.Band(
          "", .silence, from: from, to: to, silence.to == nil ? .running : .recorded)
      })
  }
}

extension Phase.Name {
  /// What ends it, as people call it.
  fileprivate var milestone: String {
    switch self {
    case .detect: "First report"
    case .acknowledge: "Acknowledged"
    case .escalate: "Escalated"
    case .diagnose: "Cause confirmed"
    case .mitigate: "Mitigated"
    case .restore: "Restored"
    }
  }
}

extension ImpactInterval.Degree {
  fileprivate var look: Course.Look {
    switch self {
    case .full: .full
    case .degraded: .degraded
    case .risk: .risk
    }
  }
}
