// The codec of entries, by hand: a synthesised one refuses a kind that it does not know and drops a field that it
// does not know, and either would lose what somebody recorded.

extension Entry {
  /// Why an `entry` object is none.
  package enum DecodingFailure: Error, Sendable, Hashable {
    case notAnObject
    case missing(String)
    case notATimestamp(String)
  }

  /// Reads an `entry` object.
  ///
  /// Only `kind` and `at` must be there. Any other field of an unexpected type is kept among `fields` as it is,
  /// so that writing the entry again gives it back.
  package init(json: JSONValue) throws(DecodingFailure) {
    guard let members = json.members else { throw .notAnObject }
    guard let kind = json["kind"]?.string else { throw .missing("kind") }
    guard let atText = json["at"]?.string else { throw .missing("at") }
    guard let at = Timestamp(atText) else { throw .notATimestamp(atText) }
    self.init(Kind(name: kind), at: at)
    fields.reserveCapacity(members.count)
    var seen: Set<String> = ["kind", "at"]
    for member in members where seen.insert(member.name).inserted {
      if !takeCommon(member) { fields.append(member) }
    }
  }

  /// Takes a field that every kind may have into its property; false where its name or its type is another.
  private mutating func takeCommon(_ member: JSONMember) -> Bool {
    let text = member.value.string
    switch member.name {
    case "incident": return assign(&incident, text.flatMap { IncidentID($0) })
    case "zone": return assign(&zone, text)
    case "precision":
      guard text == Precision.approximate.rawValue else { return false }
      precision = .approximate
      return true
    case "until": return assign(&until, text.flatMap { Timestamp($0) })
    case "text": return assign(&self.text, text)
    case "author": return assign(&author, text)
    case "tags": return assignList(&tags, member.value) { $0.string }
    case "refs": return assignList(&refs, member.value) { $0.string.flatMap { EntryRef($0) } }
    case "salt": return assign(&salt, text)
    default: return false
    }
  }

  /// The `entry` object in the fixed order of docs/format.md: common fields, the kind's own in the order of its
  /// rule, the rest as they came, the salt last.
  package var json: JSONValue {
    var members = [JSONMember("kind", .string(kind.name))]
    if let incident { members.append(JSONMember("incident", .string(incident.description))) }
    members.append(JSONMember("at", .string(at.description)))
    if precision != .exact { members.append(JSONMember("precision", .string(precision.rawValue))) }
    if let zone { members.append(JSONMember("zone", .string(zone))) }
    if let until { members.append(JSONMember("until", .string(until.description))) }
    if let text { members.append(JSONMember("text", .string(text))) }
    let own = kind.rule.fields.map(\.field.rawValue)
    members += own.compactMap { name in fields.first { $0.name == name } }
    if !tags.isEmpty { members.append(JSONMember("tags", .array(tags.map { .string($0) }))) }
    if !refs.isEmpty {
      members.append(JSONMember("refs", .array(refs.map { .string($0.description) })))
    }
    if let author { members.append(JSONMember("author", .string(author))) }
    members += fields.filter { !own.contains($0.name) }
    if let salt { members.append(JSONMember("salt", .string(salt))) }
    return .object(members)
  }

  /// This entry with some fields of its `entry` object replaced; `null` takes a field out. What `corrected` does.
  ///
  /// A value that would make it no entry (an `at` that is no time) is left out of account; the rest holds.
  package func setting(_ changes: [JSONMember]) -> Entry {
    var effective = self
    for change in changes where change.name != "salt" {
      guard var members = effective.json.members else { continue }
      if let place = members.firstIndex(where: { $0.name == change.name }) {
        if change.value == .null { members.remove(at: place) } else { members[place] = change }
      } else if change.value != .null {
        members.append(change)
      }
      if let read = try? Entry(json: .object(members)) { effective = read }
    }
    return effective
  }
}

private func assign<Value>(_ property: inout Value?, _ value: Value?) -> Bool {
  guard let value else { return false }
  property = value
  return true
}

/// An empty list stays among the fields: it would not be written again from an empty property.
private func assignList<Value>(
  _ property: inout [Value], _ json: JSONValue, _ read: (JSONValue) -> Value?
) -> Bool {
  guard let values = json.array, !values.isEmpty else { return false }
  let elements = values.compactMap(read)
  guard elements.count == values.count else { return false }
  property = elements
  return true
}
