import LoggistModel

/// By what the incidents of a period are told apart.
package enum Grouping: String, Sendable, Hashable, CaseIterable {
  case priority, service, place, owner, month

  /// The incident's group; nil where it was not recorded.
  func group(of incident: IncidentBrief, firstReport: Instant, zone: Zone) -> String? {
    switch self {
    case .priority: incident.priority?.description
    case .service: incident.service
    case .place: incident.place
    case .owner: incident.owner
    case .month:
      // The front of `2026-11-22`.
      String(zone.civil(firstReport).date.description.dropLast(3))
    }
  }
}
