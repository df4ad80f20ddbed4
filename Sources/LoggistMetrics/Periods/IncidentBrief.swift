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

  package init(_ incident: Incident) {
    (id, title, owner) = (incident.id, incident.title, incident.owner)
    (service, place) = (incident.service, incident.place)
    (priority, isMajor) = (incident.priority, incident.isMajor)
    (status, ended) = (incident.status, incident.ended)
    var latest = Latest()
    for entry in incident.entries { latest.take(entry) }
    causeCategory = latest.rootCause?.entry.string(.category)
    hasRootCause = latest.rootCause != nil
    hasResolution = latest.hasResolution
    isSigned = latest.isSigned
    lastReopened = latest.reopened?.ref
    complaints = incident.complaints.count
  }

  /// One walk for what four searches would find.
  private struct Latest {
    var rootCause, reopened: EffectiveEntry?
    var hasResolution = false
    var isSigned = false

    mutating func take(_ entry: EffectiveEntry) {
      switch entry.kind {
      case .rootCause: rootCause = Latest.later(entry, rootCause)
      case .reopened: reopened = Latest.later(entry, reopened)
      case .resolution: hasResolution = true
      case .signed: isSigned = true
      default: break
      }
    }

    private static func later(
      _ entry: EffectiveEntry, _ known: EffectiveEntry?
    ) -> EffectiveEntry {
      guard let known else { return entry }
      return known.record.order < entry.record.order ? entry : known
    }
  }
}
