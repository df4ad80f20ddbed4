package import LoggistModel

/// Logs that nobody would write, of every kind of entry that changes another one, on three nodes with clocks that
/// disagree.
package struct RandomLog {
  package var random: SeededGenerator
  package private(set) var records: [Record] = []
  private let isCalm: Bool

  /// 2022-01-05T19:00:00Z.
  private static let start = Instant(seconds: 1_641_409_200)
  private static let nodes = ["INC", "LAB", "WARD2"].compactMap { NodeCode($0) }

  /// - Parameter isCalm: many incidents that keep to themselves, with all that clocks ask for, and of what is said about
  ///   entries what an incident's own entries say.
  package init(seed: UInt64, count: Int, isCalm: Bool = false) {
    random = SeededGenerator(seed: seed)
    self.isCalm = isCalm
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
          entry: isCalm ? calmEntry(logged) : entry(logged)))
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

  private mutating func calmEntry(_ logged: Instant) -> Entry {
    let at = Timestamp(logged - .minutes(random.below(300) - 20), offsetMinutes: 60)
    let id = IncidentID(node: RandomLog.nodes[random.below(2)], number: random.below(12) + 1)
    var entry = Entry(random.pick(Kind.allKnown), id, at: at, text: "text \(random.below(1000))")
    if random.below(4) == 0 { entry.kind = random.pick([.complaint, .struck, .informed]) }
    switch entry.kind {
    // These carry entries out of their incidents.
    case .merged, .unmerged, .attached, .detached: entry.kind = .note
    case .opened, .set:
      for field in [Field.title, .service, .place, .urgency, .impact, .class, .priority]
      where random.below(3) == 0 {
        entry[field] = .string(random.pick(["high", "drill", "P2", "3", "mail server", "药房"]))
      }
      if random.below(4) == 0 { entry[.major] = .bool(random.below(2) == 0) }
    case .impact:
      entry[.change] = .string(random.pick(["started", "changed", "ended", "sideways"]))
      if random.below(2) == 0 {
        entry[.degree] = .string(random.pick(["full", "degraded", "risk", "some"]))
      }
      if random.below(3) == 0 { entry[.scope] = .string(random.pick(["ward", "lab"])) }
      if random.below(4) == 0 { entry.until = Timestamp(at.instant + .minutes(7)) }
    case .diagnosis: entry[.verdict] = .string(random.pick(["confirmed", "refuted"]))
    case .mitigation:
      entry[.outcome] = .string(random.pick(["held", "held", "reverted", "pending"]))
      if random.below(3) == 0 { entry[.ref] = ownRef(.mitigation, of: id) }
      if random.below(4) == 0, let ref = ownRef(.mitigation, of: id).string {
        entry.refs = [EntryRef(ref)].compactMap(\.self)
      }
    case .complaint:
      entry[.callback] = random.below(5) == 0 ? .string("true") : .bool(random.below(2) == 0)
      if random.below(2) == 0 { entry[.caller] = .string("caller \(random.below(9))") }
    case .acknowledged: if random.below(2) == 0 { entry[.who] = .string("kofi") }
    case .escalated: entry[.to] = .string("team \(random.below(5))")
    case .engaged, .unanswered: entry[.ref] = ownRef(.escalated, of: id)
    case .role:
      entry[.role] = .string(random.pick(["lead", "owner", "on_call"]))
      if random.below(3) > 0 { entry[.who] = .string("p\(random.below(3))") }
    case .paused, .resumed:
      entry[.clock] = .string(random.pick(["ack", "fix"]))
      if random.below(3) == 0 { entry.until = Timestamp(at.instant + .minutes(9)) }
    case .measure: entry[.owner] = .string("ama")
    case .measureUpdate:
      entry[.ref] = ownRef(.measure, of: id)
      entry[.state] = .string(random.pick(["doing", "done"]))
    case .rootCause: entry[.category] = .string(random.pick(["power", "change"]))
    case .informed: entry[.ref] = ownRef(.complaint, of: id)
    case .corrected:
      entry[.ref] = ownRef(random.pick([.complaint, .impact, .opened, .note]), of: id)
      entry[.set] = .object([random.below(3) == 0 ? JSONMember("kind", .string("note")) : change()])
    case .struck, .unstruck, .redacted:
      entry[.ref] = ownRef(random.pick(Kind.allKnown), of: id)
    default: break
    }
    if random.below(9) == 0 { entry.precision = .approximate }
    return entry
  }

  /// A reference to an entry of an incident.
  private mutating func ownRef(_ kind: Kind, of id: IncidentID) -> JSONValue {
    let own = records.filter { $0.entry.incident == id }
    let fitting = own.filter { $0.entry.kind == kind }
    guard !own.isEmpty else { return .string("INC.1") }
    return .string("\(random.pick(fitting.isEmpty ? own : fitting).ref)")
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
