package import LoggistModel

/// An incident of the same service and the same category of cause as one not long before it.
package struct Repeat: Sendable, Hashable {
  package let incident: IncidentID
  package let before: IncidentID
  package let service: String
  package let category: String
  package let between: TimeSpan

  /// How long after an incident its like is a repeat.
  package static let window = TimeSpan.days(30)

  /// In the order of their first reports.
  package static func repeats(among members: [Population.Member]) -> [Repeat] {
    var last: [[String]: Population.Member] = [:]
    var repeats: [Repeat] = []
    for member in members.sorted(by: {
      ($0.firstReport, $0.incident.id) < ($1.firstReport, $1.incident.id)
    }) {
      guard let service = member.incident.service,
        let category = member.incident.causeCategory
      else { continue }
      if let before = last[[service, category]],
        member.firstReport - before.firstReport <= window
      {
        repeats.append(
          Repeat(
            incident: member.incident.id, before: before.incident.id, service: service,
            category: category, between: member.firstReport - before.firstReport))
      }
      last[[service, category]] = member
    }
    return repeats
  }
}
