package import LoggistModel

/// The incidents of one service in a period, and the times between them: `mtbf.1`.
package struct ServiceIntervals: Sendable, Hashable {
  package let service: String
  /// The first reports in order of time.
  package let reports: [Report]
  /// From each first report to the next one; no percentiles below five.
  package let summary: Summary

  package struct Report: Sendable, Hashable {
    package let incident: IncidentID
    package let at: Timestamp
    package let ref: EntryRef
  }

  /// By service, in the order of their names; incidents without one are left out.
  static func intervals(of members: [Population.Member]) -> [ServiceIntervals] {
    var services: [String: [Report]] = [:]
    for member in members {
      guard let service = member.incident.service, let at = member.reported,
        let ref = member.report
      else { continue }
      services[service, default: []].append(
        Report(incident: member.incident.id, at: at, ref: ref))
    }
    return services.sorted { $0.key < $1.key }.map { ServiceIntervals($0.key, $0.value) }
  }

  private init(_ service: String, _ reports: [Report]) {
    let reports = reports.sorted { left, right in
      let (first, second) = (left.at.instant, right.at.instant)
      return first != second ? first < second : left.incident < right.incident
    }
    (self.service, self.reports) = (service, reports)
    summary = Summary(
      between: zip(reports, reports.dropFirst()).map { before, after in
        Summary.Value(
          seconds: (after.at.instant - before.at.instant).seconds, incident: after.incident,
          from: before.ref, to: after.ref)
      }, group: Summary.Group(by: .service, name: service))
  }
}
