@testable import LoggistModel

/// Writes logs for tests: one call a record, times in minutes from the evening's start, 5 January 2022, 20:00 WAT.
struct Scribe {
  private(set) var records: [Record] = []
  private var sequences: [String: Int] = [:]

  static let start = Desk.utc(2022, 1, 5, 19, 0)

  static func minute(_ minute: Int) -> Instant { start + .minutes(minute) }

  /// Logs an entry and returns its reference.
  ///
  /// - Parameters:
  ///   - at: when it happened, in minutes.
  ///   - logged: when it was recorded, in minutes; `at` where it is left out. Milliseconds are counted up, so that
  ///     two records of one minute keep their order.
  @discardableResult
  mutating func log(
    _ kind: Kind, in incident: String? = "INC-1", at: Int = 0, logged: Int? = nil,
    _ text: String? = nil, _ fields: [Field: JSONValue] = [:], node: String = "INC",
    by: String = "ama", via: Record.Via = .tui, change: (inout Entry) -> Void = { _ in }
  ) -> EntryRef {
    var entry = Entry(
      kind, incident.map(Scribe.incident), at: Timestamp(Scribe.minute(at), offsetMinutes: 60),
      text: text, fields: fields.sorted { $0.key.rawValue < $1.key.rawValue }.map { ($0, $1) })
    change(&entry)
    let sequence = (sequences[node] ?? 0) + 1
    sequences[node] = sequence
    let ref = EntryRef(node: Scribe.node(node), sequence: sequence)
    let moment = Scribe.minute(logged ?? at) + TimeSpan(milliseconds: Int64(records.count))
    records.append(Record(ref: ref, logged: moment, by: by, via: via, entry: entry))
    return ref
  }

  @discardableResult
  mutating func correct(
    _ ref: EntryRef, _ changes: [(String, JSONValue)], reason: String = "typo", at: Int = 0,
    logged: Int? = nil, node: String = "INC"
  ) -> EntryRef {
    log(
      .corrected, at: at, logged: logged, nil,
      [
        .ref: .string("\(ref)"), .set: .object(changes.map { JSONMember($0, $1) }),
        .reason: .string(reason),
      ], node: node)
  }

  /// Logs an entry that is about another one: a strike, an attachment, a call back.
  @discardableResult
  mutating func say(
    _ kind: Kind, of ref: EntryRef, _ incident: String? = "INC-1", at: Int = 0,
    logged: Int? = nil, node: String = "INC"
  ) -> EntryRef {
    log(
      kind, in: incident, at: at, logged: logged, nil,
      [.ref: .string("\(ref)"), .reason: .string("because")], node: node)
  }

  var journal: Journal { Journal(records) }

  static func incident(_ text: String) -> IncidentID {
    guard let id = IncidentID(text) else { preconditionFailure("\(text) names no incident") }
    return id
  }

  static func node(_ text: String) -> NodeCode {
    guard let node = NodeCode(text) else { preconditionFailure("\(text) names no node") }
    return node
  }
}

extension Journal {
  subscript(id: String) -> Incident? { incidents[Scribe.incident(id)] }
}

extension [EffectiveEntry] {
  var texts: [String] { map { $0.entry.text ?? "" } }
}
