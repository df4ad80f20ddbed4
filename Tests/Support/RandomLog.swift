package import LoggistModel

/// Logs that nobody would write, of every kind of entry that changes another one, on three nodes with clocks that
/// disagree.
package struct RandomLog {
  package var random: SeededGenerator
  package private(set) var records: [Record] = []

  /// 2022-01-05T19:00:00Z.
  private static let start = Instant(seconds: 1_641_409_200)
  private static let nodes = ["INC", "LAB", "WARD2"].compactMap { NodeCode($0) }

  package init(seed: UInt64, count: Int) {
    random = SeededGenerator(seed: seed)
    var sequences = [0, 0, 0]
    let skews = (0..<3).map { _ in Int64.random(in: -90_000...90_000, using: &random) }
    for step in 0..<count {
      let node = random.below(3)
      sequences[node] += 1
      let ref = EntryRef(
        node: RandomLog.nodes[node], sequence: sequences[node])
      let logged = RandomLog.start + TimeSpan(milliseconds: Int64(step) * 20_000 + skews[node])
      records.append(
        Record(
          ref: ref, logged: logged, by: "ama", via: random.below(9) == 0 ? .import : .cli,
          entry: entry(logged)))
    }
  }

  private mutating func incident() -> IncidentID {
    IncidentID(node: RandomLog.nodes[0], number: random.below(5) + 1)
  }

  /// A reference to what was recorded before, now and then to what was not recorded at all or comes later.
  private mutating func ref(_ kinds: Kind...) -> JSONValue {
    if random.below(12) == 0 {
      return .string("\(random.pick(["INC", "LAB", "WARD2"])).\(random.below(60) + 1)")
    }
    let fitting = records.filter { kinds.isEmpty || kinds.contains($0.entry.kind) }
    return .string(fitting.isEmpty ? "INC.1" : "\(random.pick(fitting).ref)")
  }

  private mutating func entry(_ logged: Instant) -> Entry {
    let at = Timestamp(logged - .minutes(random.below(30)), offsetMinutes: 60)
    let id: IncidentID? = incident()
    let about: [Kind] = [.corrected, .struck, .unstruck, .redacted]
    let kind = random.pick(
      [
        .opened, .complaint, .complaint, .complaint, .noticed, .observation, .impact, .acknowledged,
        .escalated, .engaged, .mitigation, .restored, .resolved, .reopened, .closed, .cancelled,
        .set, .role, .measure, .measureUpdate, .informed, .attached, .attached, .detached, .merged,
        .merged, .unmerged, .note, .handover, Kind(name: "odd"),
      ] + about + about.dropLast() + [.corrected, .corrected, .struck] as [Kind])
    var entry = Entry(kind, id, at: at, text: "text \(random.below(1000))")
    switch kind {
    case .opened: entry[.title] = .string("title \(random.below(100))")
    case .complaint:
      entry[.callback] = .bool(random.below(2) == 0)
      if random.below(3) == 0 { entry.incident = nil }
    case .impact: entry[.change] = .string("started")
    case .escalated: entry[.to] = .string("team \(random.below(5))")
    case .engaged: entry[.ref] = ref(.escalated)
    case .set: entry[random.pick([.title, .service, .place])] = .string("x\(random.below(9))")
    case .role:
      entry[.role] = .string(random.pick(["lead", "scribe"]))
      if random.below(3) > 0 { entry[.who] = .string("p\(random.below(3))") }
    case .measureUpdate:
      entry[.ref] = ref(.measure)
      entry[.state] = .string(random.pick(["doing", "done"]))
    case .informed, .attached, .detached: entry[.ref] = ref(.complaint)
    case .merged: entry[.into] = .string("\(incident())")
    case .unmerged: entry[.ref] = ref(.merged)
    case .handover: entry.incident = nil
    case .corrected:
      entry[.ref] = random.below(3) == 0 ? ref(.corrected, .struck, .attached, .merged) : ref()
      entry[.set] = .object([change()])
      if random.below(4) == 0 { entry.incident = nil }
    case .struck: entry[.ref] = random.below(3) == 0 ? ref(.corrected, .struck, .merged) : ref()
    case .unstruck: entry[.ref] = random.below(2) == 0 ? ref(.struck) : ref()
    case .redacted: entry[.ref] = ref()
    default: break
    }
    return entry
  }

  private mutating func change() -> JSONMember {
    switch random.below(9) {
    case 0: JSONMember("incident", random.below(4) == 0 ? .null : .string("\(incident())"))
    case 1: JSONMember("text", .string("corrected \(random.below(100))"))
    case 2: JSONMember("at", .string("2022-01-05T2\(random.below(4)):00:00+01:00"))
    case 3: JSONMember("kind", .string(random.pick(["note", "complaint", "merged", "struck"])))
    case 4: JSONMember("ref", ref())
    case 5: JSONMember("into", .string("\(incident())"))
    case 6: JSONMember("set", .object([JSONMember("text", .string("chained"))]))
    case 7: JSONMember("callback", .bool(true))
    default: JSONMember("title", .string("corrected title"))
    }
  }
}
