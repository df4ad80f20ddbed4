package import LoggistModel

/// What a period keeps of an incident beside its clocks: numbers and a few words. The entries are let go, so that ten
/// years of a desk are measured in the memory of their incidents.
package struct IncidentBrief: Sendable, Hashable {
  package let id: IncidentID
  package let title: String
  package let service: String?
  package let place: String?
  package let owner: String?
  package let priority: Priority?
  package let isMajor: Bool
  package let status: Incident.Status
  /// When it came to its status; nil while it is open.
  package let ended: Instant?
  /// The category of the cause that was found last.
  package let causeCategory: String?
  package let hasRootCause: Bool
  package let hasResolution: Bool
  package let isSigned: Bool
  package let lastReopened: EntryRef?
  /// Callers' reports, those of merged incidents included.
  package let complaints: Int

  init(_ incident: IncidentOutline) {
    let state = incident.state
    (id, title, owner) = (incident.id, state.title, state.owner)
    (service, place) = (state.service, state.place)
    (priority, isMajor) = (state.priority, state.isMajor)
    (status, ended) = (state.status, state.ended)
    var latest = Latest()
    for place in incident.own.indices { latest.take(place, of: incident.own) }
    causeCategory = latest.rootCause.flatMap {
      incident.words.string(.category, at: Int(incident.own[$0].place))
    }
    hasRootCause = latest.rootCause != nil
    hasResolution = latest.hasResolution
    isSigned = latest.isSigned
    lastReopened = latest.reopened.map { incident.own[$0].ref }
    complaints = incident.complaints
  }

  /// One walk for what four searches would find; entries by their places.
  private struct Latest {
    var rootCause, reopened: Int?
    var hasResolution = false
    var isSigned = false

    mutating func take(_ place: Int, of entries: [Moment]) {
      switch entries[place].kind {
      case .rootCause: rootCause = Latest.later(place, rootCause, of: entries)
      case .reopened: reopened = Latest.later(place, reopened, of: entries)
      case .resolution: hasResolution = true
      case .signed: isSigned = true
      default: break
      }
    }

    private static func later(_ place: Int, _ known: Int?, of entries: [Moment]) -> Int {
      guard let known else { return place }
      return entries[known].order < entries[place].order ? place : known
    }
  }
}
