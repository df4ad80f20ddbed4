import LoggistModel
import TestSupport

/// Small logs in which everything happens that clocks have to bear: reopenings, merges, attachments, corrections,
/// strikes, marks that are missing, times out of order and equal.
struct RandomLog {
  static let node = NodeCode("INC") ?? { preconditionFailure("a node's code") }()
  static let start = Instant(seconds: 1_641_412_800)
  /// Later than every entry.
  static let asOf = start + .minutes(400)

  var records: [Record] = []
  private var random: SeededGenerator
  private let ids = (1...3).map { IncidentID(node: node, number: $0) }

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    for id in ids where chance(90) { append(entry(.opened, id, [(.title, .string("T"))])) }
    for _ in 0..<Int.random(in: 4...28, using: &random) { step() }
  }

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }

  private mutating func minute() -> Timestamp {
    Timestamp(RandomLog.start + .minutes(Int.random(in: 0...60, using: &random)))
  }

  private mutating func entry(
    _ kind: Kind, _ id: IncidentID?, _ fields: [(Field, JSONValue)] = []
  ) -> Entry {
    var entry = Entry(kind, id, at: minute(), fields: fields)
    if chance(10) { entry.precision = .approximate }
    return entry
  }

  private mutating func append(_ entry: Entry) {
    let last = records.last?.logged ?? RandomLog.start
    records.append(
      Record(
        ref: EntryRef(node: RandomLog.node, sequence: records.count + 1),
        logged: last + .seconds(Int.random(in: 1...400, using: &random)), by: "ama",
        via: chance(5) ? .import : .tui, entry: entry))
  }

  private mutating func ref(to kinds: Kind...) -> JSONValue {
    let found = records.filter { kinds.contains($0.entry.kind) }
    return .string(
      (found.isEmpty ? EntryRef(node: RandomLog.node, sequence: 999) : pick(found).ref).description)
  }

  private mutating func step() {
    let id = pick(ids)
    // One log in a thousand opens nothing: then there is nothing to correct or to strike yet.
    if records.isEmpty { return append(entry(.noticed, id)) }
    switch Int.random(in: 0..<30, using: &random) {
    case 0: append(entry(.noticed, id))
    case 1, 2: append(entry(.complaint, chance(70) ? id : nil, [(.callback, .bool(chance(50)))]))
    case 3: append(entry(.acknowledged, id))
    case 4, 5: append(entry(.escalated, id, [(.to, .string(pick(["x", "y"])))]))
    case 6: append(entry(.engaged, id, [(.ref, ref(to: .escalated))]))
    case 7, 8:
      append(
        entry(.diagnosis, id, [(.verdict, .string(pick(["suspected", "ruled_out", "confirmed"])))]))
    case 9, 10, 11:
      var fields: [(Field, JSONValue)] = [
        (.outcome, .string(pick(["held", "held", "failed", "reverted"])))
      ]
      if chance(30) { fields.append((.ref, ref(to: .mitigation))) }
      append(entry(.mitigation, id, fields))
    case 12, 13: append(entry(.restored, id))
    case 14, 15: append(entry(.resolved, id))
    case 16, 17: append(entry(.reopened, id, [(.reason, .string("again"))]))
    case 18: append(entry(pick([.closed, .cancelled, .note, .note]), id))
    case 19, 20: impact(id)
    case 21: append(entry(.informed, id, [(.ref, ref(to: .complaint))]))
    case 22: append(entry(chance(70) ? .attached : .detached, id, [(.ref, ref(to: .complaint))]))
    case 23:
      if chance(50) {
        append(entry(.merged, pick([ids[1], ids[2]]), [(.into, .string(ids[0].description))]))
      } else {
        append(entry(.unmerged, id, [(.ref, ref(to: .merged))]))
      }
    case 24: correction()
    case 25, 26: append(entry(.paused, id, [(.clock, .string(pick(["ack", "fix"])))]))
    case 27: append(entry(.resumed, id, [(.clock, .string(pick(["ack", "fix"])))]))
    case 28: append(entry(.set, id, [(.priority, .string(pick(["P1", "P2", "P3"])))]))
    default:
      let target = pick(records)
      let kind: Kind = chance(75) ? .struck : .unstruck
      append(entry(kind, nil, [(.ref, .string(target.ref.description)), (.reason, .string("r"))]))
    }
  }

  private mutating func impact(_ id: IncidentID) {
    var fields: [(Field, JSONValue)] = [(.change, .string(pick(["started", "changed", "ended"])))]
    if chance(60) { fields.append((.degree, .string(pick(["full", "degraded", "risk"])))) }
    if chance(50) { fields.append((.scope, .string(pick(["a", "b"])))) }
    append(entry(.impact, id, fields))
  }

  private mutating func correction() {
    let target = pick(records.filter { !$0.entry.kind.isControl } + records.prefix(1))
    let changes: JSONValue =
      chance(70)
      ? .object([JSONMember("at", .string(minute().description))])
      : .object([
        JSONMember("outcome", .string("held")), JSONMember("verdict", .string("confirmed")),
      ])
    append(
      entry(
        .corrected, nil,
        [(.ref, .string(target.ref.description)), (.set, changes), (.reason, .string("r"))]))
  }
}
