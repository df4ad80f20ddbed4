internal import CSimdJSON
internal import LoggistModel

/// Makes entries of tokens; keeps what comes again and again, so that it is made once.
///
/// It reads what `Entry.init(json:)` reads, without a value tree in between: a test holds the two together. Where a key
/// stands twice or something is missing it leaves the work to that.
final class EntryDecoder {
  private let detail: EntryDetail
  private var names = TokenCache<String>()
  private var kinds = TokenCache<Kind>()
  private var incidents = TokenCache<IncidentID>()

  init(_ detail: EntryDetail = .everything) {
    self.detail = detail
  }

  /// A short text that many lines share: a user, a way in.
  func name(_ token: JSONToken) -> String {
    names.value(of: token) { $0.string } ?? token.string
  }

  /// The entry at a token. What is no entry becomes a note that keeps its fields, and the reason is given.
  func entry(
    _ tape: JSONTape, at token: Int, logged: Instant
  ) -> (Entry, Entry.DecodingFailure?) {
    if tape.doubledKey == nil, let entry = plainEntry(tape, at: token) { return (entry, nil) }
    let json = tape.value(token)
    do throws(Entry.DecodingFailure) {
      return (try Entry(json: json), nil)
    } catch {
      return (EntryDecoder.note(of: json, logged: logged), error)
    }
  }

  private func plainEntry(_ tape: JSONTape, at object: Int) -> Entry? {
    let tokens = tape.tokens
    var kind: Kind?, at: Timestamp?, fieldCount = 0
    tape.eachMember(of: object) { key in
      let (name, value) = (tokens[key], tokens[key + 1])
      if name.isText("kind") {
        if value.isString {
          kind = kinds.value(of: value) { Kind(name: $0.string) } ?? Kind(name: value.string)
        }
      } else if name.isText("at") {
        if value.isString { at = Timestamp(value) }
      } else {
        fieldCount += 1
      }
    }
    guard let kind, let at else { return nil }
    var entry = Entry(kind, at: at)
    takeMembers(of: object, tape, into: &entry, fieldCount: fieldCount)
    return entry
  }

  /// Takes every member of an object but its kind and its time.
  func takeMembers(
    of object: Int, _ tape: JSONTape, into entry: inout Entry, fieldCount: Int
  ) {
    let tokens = tape.tokens
    tape.eachMember(of: object) { key in
      let name = tokens[key]
      if name.isText("kind") || name.isText("at") || take(name, key + 1, tape, into: &entry) {
        return
      }
      if entry.fields.isEmpty { entry.fields.reserveCapacity(fieldCount) }
      entry.fields.append(JSONMember(self.name(name), tape.value(key + 1)))
    }
  }

  /// Takes a field that every kind may have; false where its name or its type is another.
  private func take(
    _ name: JSONToken, _ index: Int, _ tape: JSONTape, into entry: inout Entry
  ) -> Bool {
    let value = tape.tokens[index]
    guard value.isString else {
      if name.isText("tags"), let tags = tape.list(index, { $0.string }) {
        entry.tags = tags
        return true
      }
      if name.isText("refs"), let refs = tape.list(index, { EntryRef($0.string) }) {
        entry.refs = refs
        return true
      }
      return false
    }
    if name.isText("text") {
      if detail != .figures { entry.text = value.string }
    } else if name.isText("incident") {
      guard let incident = incidents.value(of: value, { IncidentID($0.string) }) else {
        return false
      }
      entry.incident = incident
    } else if name.isText("salt") {
      if detail == .everything { entry.salt = value.string }
    } else if name.isText("author") {
      entry.author = self.name(value)
    } else if name.isText("zone") {
      entry.zone = self.name(value)
    } else if name.isText("precision") {
      guard value.isText("approximate") else { return false }
      entry.precision = .approximate
    } else if name.isText("until") {
      guard let until = Timestamp(value) else { return false }
      entry.until = until
    } else {
      return false
    }
    return true
  }

  /// An unknown kind's entry with all fields as they came, at the time when it was recorded.
  private static func note(of json: JSONValue, logged: Instant) -> Entry {
    var note = Entry(
      .unknown(UnknownKind(json["kind"]?.string ?? "")), at: Timestamp(logged))
    note.incident = json["incident"]?.string.flatMap { IncidentID($0) }
    note.text = json["text"]?.string
    let taken = ["kind", note.incident == nil ? "" : "incident", note.text == nil ? "" : "text"]
    note.fields = (json.members ?? []).filter { !taken.contains($0.name) }
    return note
  }
}

extension JSONTape {
  /// The elements of a list of strings; nil where it is empty, no list, or an element is something else.
  fileprivate func list<Value>(_ index: Int, _ read: (JSONToken) -> Value?) -> [Value]? {
    guard tokens[index].kind == LOGGIST_JSON_ARRAY else { return nil }
    var values: [Value] = []
    var element = index + 1
    while tokens[element].kind != LOGGIST_JSON_ARRAY_END {
      guard tokens[element].isString, let value = read(tokens[element]) else { return nil }
      values.append(value)
      element += 1
    }
    return values.isEmpty ? nil : values
  }
}
