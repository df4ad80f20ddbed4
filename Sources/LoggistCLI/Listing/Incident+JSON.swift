internal import LoggistModel

extension Incident {
  /// An incident's properties, as docs/schemas/board.json and docs/schemas/incident.json describe them.
  var jsonMembers: [JSONMember] {
    var members = [
      JSONMember("incident", .string(id.description)), JSONMember("title", .string(title)),
      JSONMember("status", .string(status.rawValue)),
      JSONMember("class", .string(`class`.rawValue)),
      JSONMember("priority", .orNull(priority?.description)), JSONMember("major", .bool(isMajor)),
      JSONMember("impact", .orNull(impact)), JSONMember("urgency", .orNull(urgency)),
      JSONMember("service", .orNull(service)), JSONMember("place", .orNull(place)),
      JSONMember("owner", .orNull(owner)),
      JSONMember(
        "roles", .object(roles.sorted { $0.key < $1.key }.map { JSONMember($0, .string($1)) })),
      JSONMember("begin", .orNull(entries.first?.entry.at.description)),
      JSONMember("first_report", .orNull(firstReport?.entry.at.description)),
      JSONMember("last_entry", .orNull(lastEntry?.entry.at.description)),
      JSONMember("acknowledged", .bool(isAcknowledged)),
      JSONMember("complaints", .integer(complaints.count)),
      JSONMember("callbacks", .array(callbacks.map { .string($0.ref.description) })),
      JSONMember("unanswered", .array(openEscalations.map { .string($0.ref.description) })),
      JSONMember("reopened", .integer(reopenings)), JSONMember("entries", .integer(entries.count)),
    ]
    if let mergedInto { members.append(JSONMember("merged_into", .string(mergedInto.description))) }
    if !sources.isEmpty {
      members.append(JSONMember("sources", .array(sources.map { .string($0.description) })))
    }
    return members
  }
}

extension EffectiveEntry {
  /// The entry as it counts now; where somebody corrected it, the original beside it.
  var json: JSONValue { .object(jsonMembers) }

  /// As docs/schemas/entry.json describes them.
  var jsonMembers: [JSONMember] {
    var members = [
      JSONMember("ref", .string(ref.description)),
      JSONMember("logged", .string(Timestamp.utcText(record.logged))),
      JSONMember("by", .string(record.by)), JSONMember("via", .string(record.via.rawValue)),
      JSONMember("author", .string(author)), JSONMember("incident", .orNull(incident?.description)),
      JSONMember("late", .bool(isLate)), JSONMember("entry", entry.exported),
    ]
    if !corrections.isEmpty {
      members.append(JSONMember("original", record.entry.exported))
      members.append(JSONMember("corrections", .array(corrections.map(\.json))))
    }
    if let strike {
      members.append(
        JSONMember(
          "struck",
          .object([
            JSONMember("ref", .string(strike.ref.description)),
            JSONMember("author", .string(strike.author)),
            JSONMember("logged", .string(Timestamp.utcText(strike.logged))),
            JSONMember("reason", .string(strike.reason)),
          ])))
    }
    if let redaction { members.append(JSONMember("redacted", .string(redaction.description))) }
    return members
  }
}

extension EffectiveEntry.Correction {
  fileprivate var json: JSONValue {
    .object([
      JSONMember("ref", .string(ref.description)), JSONMember("author", .string(author)),
      JSONMember("logged", .string(Timestamp.utcText(logged))),
      JSONMember("reason", .string(reason)), JSONMember("set", .object(changes)),
    ])
  }
}

extension Entry {
  /// The `entry` object without its salt, which is for verifying the stored line and for nothing else.
  fileprivate var exported: JSONValue {
    var entry = self
    entry.salt = nil
    return entry.json
  }
}

extension JSONValue {
  static func orNull(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}
