import LoggistModel
import LoggistStore

/// What starts a hook: an entry that was logged, or a clock that passed.
struct HookCall: Sendable {
  let name: HookName
  let incident: IncidentID?
  /// The entry that it is about, where it is about one.
  let ref: EntryRef?
  /// Standard input: one line of JSON.
  let input: [UInt8]
  /// Besides what every hook gets.
  let variables: [(name: String, value: String)]

  /// The call of a record, where its kind starts a hook.
  ///
  /// The line is the one in the log. Where it cannot be read again, at once after it was written, its entry stands in.
  init?(_ record: Record, in store: Store) {
    guard let name = HookName(record.entry.kind) else { return nil }
    self.init(name, record, line: HookCall.line(of: record, in: store))
  }

  init(_ name: HookName, _ record: Record, line: [UInt8], isTest: Bool = false) {
    (self.name, incident, ref) = (name, record.entry.incident, record.ref)
    input = line + [0x0A]
    variables = [("LOGGIST_ENTRY", record.ref.description)] + HookCall.mark(isTest)
  }

  init(_ overdue: Overdue, zone: Zone, isTest: Bool = false) {
    (name, incident, ref) = (.overdue, overdue.deadline.incident, overdue.deadline.ref)
    input = Array((overdue.json(zone).text + "\n").utf8)
    variables = [("LOGGIST_CLOCK", overdue.deadline.clock.rawValue)] + HookCall.mark(isTest)
  }

  /// By which a hook can leave out what would disturb somebody.
  private static func mark(_ isTest: Bool) -> [(name: String, value: String)] {
    isTest ? [("LOGGIST_TEST", "1")] : []
  }

  private static func line(of record: Record, in store: Store) -> [UInt8] {
    let pattern = Array("\"node\":\"\(record.ref.node)\",\"seq\":\(record.ref.sequence),".utf8)
    if let line = try? RawLog.line(containing: pattern, of: record.ref.node, in: store) {
      return Array(line)
    }
    return Array(JSONValue.object([JSONMember("entry", record.entry.json)]).text.utf8)
  }

  /// The environment of the hook: ours, and what it is about.
  func environment(_ store: String) -> [String] {
    let own =
      [
        ("LOGGIST_STORE", store), ("LOGGIST_KIND", name.rawValue),
        ("LOGGIST_INCIDENT", incident?.description ?? ""),
        // What a hook logs itself starts no hook: it would go on for ever.
        (HookCall.mark, name.rawValue),
      ] + variables.map { ($0.name, $0.value) }
    let names = Set(own.map(\.0))
    return Environment.all.filter { variable in
      !names.contains(String(variable.prefix { $0 != "=" }))
    } + own.map { "\($0.0)=\($0.1)" }
  }

  /// Set in the environment of every hook.
  static let mark = "LOGGIST_HOOK"
}
