/// The name of a field of some kind of entry, as it stands in the log.
package enum Field: String, Sendable, Hashable, CaseIterable {
  case title, `class`, service, place, how, change, scope, degree
  case caller, channel, contact, callback, who, to, team, level, reason, ref, target, result,
    verdict
  case formOpened = "form_opened"
  case reachedBy = "reached_by"
  case decidedBy = "decided_by"
  case options, outcome
  case verifiedBy = "verified_by"
  case audience
  case nextDue = "next_due"
  case path, url, sha256
  case mediaType = "media_type"
  case impact, urgency, priority, major, role, clock, category, type, owner, due, state
  case into, other, relation, `set`, from, open, heads
  case openHints = "open_hints"
  /// Of every kind.
  case visibility
}

/// What a field may hold.
package enum FieldType: Sendable, Hashable {
  case text
  /// One of these words and no other.
  case choice([String])
  /// One of these words by custom; any other is kept.
  case suggestion([String])
  case flag, integer
  /// RFC 3339 with offset.
  case timestamp
  /// A day (`2026-03-20`) or a timestamp.
  case day
  case entry, incident, priority
  /// Any JSON.
  case json
}

/// One field of a kind.
package struct FieldRule: Sendable, Hashable {
  package let field: Field
  package let type: FieldType
  package let isRequired: Bool
}

extension FieldRule {
  static func required(_ field: Field, _ type: FieldType = .text) -> FieldRule {
    FieldRule(field: field, type: type, isRequired: true)
  }

  static func optional(_ field: Field, _ type: FieldType = .text) -> FieldRule {
    FieldRule(field: field, type: type, isRequired: false)
  }
}
