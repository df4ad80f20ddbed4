import TestSupport
import Testing

@testable import LoggistModel

/// Logs that nobody would write, of every kind of entry that changes another one, on three nodes with clocks that
/// disagree.
private struct RandomLog {
  var random: SeededGenerator
  private(set) var records: [Record] = []

  init(seed: UInt64, count: Int) {
    random = SeededGenerator(seed: seed)
    var sequences = [0, 0, 0]
    let skews = (0..<3).map { _ in Int64.random(in: -90_000...90_000, using: &random) }
    for step in 0..<count {
      let node = random.below(3)
      sequences[node] += 1
      let ref = EntryRef(
        node: Scribe.node(["INC", "LAB", "WARD2"][node]), sequence: sequences[node])
      let logged = Scribe.start + TimeSpan(milliseconds: Int64(step) * 20_000 + skews[node])
      records.append(
        Record(
          ref: ref, logged: logged, by: "ama", via: random.below(9) == 0 ? .import : .cli,
          entry: entry(logged)))
    }
  }

  private mutating func incident() -> IncidentID {
    IncidentID(node: Scribe.node("INC"), number: random.below(5) + 1)
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
        .merged, .unmerged, .note, .handover, .unknown("odd"),
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

/// What a journal says, as far as it must not depend on how the records came.
private struct Outcome: Equatable {
  var incidents: [IncidentID: Incident]
  var deskWide: [EffectiveEntry]
  var entries: [EntryRef: EffectiveEntry]

  init(_ journal: Journal) {
    incidents = journal.incidents
    deskWide = journal.deskWide
    entries = Dictionary(
      uniqueKeysWithValues: journal.records.compactMap { record in
        journal.entry(record.ref).map { (record.ref, $0) }
      })
  }

  /// Where two outcomes part, in a few words.
  func difference(from other: Outcome) -> String {
    for (ref, entry) in entries where other.entries[ref] != entry { return "entry \(ref)" }
    for (id, incident) in incidents where other.incidents[id] != incident {
      return "incident \(id): into \(incident.mergedInto.map(\.description) ?? "none"), other "
        + "into \(other.incidents[id]?.mergedInto.map(\.description) ?? "none")"
    }
    return deskWide == other.deskWide ? "incidents" : "desk-wide"
  }
}

@Suite("The order in which records arrive")
struct JournalOrderTests {
  @Test("changes nothing, in batches of any size", arguments: Array(1...60) as [UInt64])
  func order(seed: UInt64) {
    var random = SeededGenerator(seed: seed &* 77)
    let records = RandomLog(seed: seed, count: seed % 5 == 0 ? 160 : 8 + Int(seed % 24)).records
    let expected = Outcome(Journal(records))
    for _ in 0..<4 {
      var rest = records.shuffled(using: &random)[...]
      var journal = Journal()
      while !rest.isEmpty {
        let batch = rest.prefix(1 + random.below(12))
        let before = journal.incidents
        let touched = journal.apply(batch)
        rest = rest.dropFirst(batch.count)
        let changed = Set(before.keys).union(journal.incidents.keys)
          .filter { before[$0] != journal.incidents[$0] }
        #expect(changed.isSubset(of: touched))
      }
      let outcome = Outcome(journal)
      #expect(outcome == expected, "seed \(seed): \(outcome.difference(from: expected))")
    }
  }

  @Test("one by one is the same as all at once", arguments: [101, 102] as [UInt64])
  func oneByOne(seed: UInt64) {
    let records = RandomLog(seed: seed, count: 250).records
    var journal = Journal()
    for (index, record) in records.enumerated() {
      journal.apply([record])
      if index % 25 == 0 {
        #expect(Outcome(journal) == Outcome(Journal(records[...index])))
      }
    }
    #expect(Outcome(journal) == Outcome(Journal(records)))
  }

  @Test("a record that arrives again changes nothing", arguments: [201, 202, 203] as [UInt64])
  func idempotence(seed: UInt64) {
    let records = RandomLog(seed: seed, count: 200).records
    var journal = Journal(records)
    let before = Outcome(journal)
    let touched = journal.apply(records.reversed())
    #expect(touched.isEmpty)
    #expect(journal.records.count == records.count)
    #expect(Outcome(journal) == before)
  }

  @Test("as of a moment is what a reader of that moment saw", arguments: [301, 302] as [UInt64])
  func asOf(seed: UInt64) {
    // Without redactions: a text that was taken out is gone from the past as well.
    let records = RandomLog(seed: seed, count: 150).records.filter { $0.entry.kind != .redacted }
    let journal = Journal(records)
    for record in records.prefix(100).filter({ $0.ref.sequence % 5 == 0 }) {
      let then = journal.asOf(record.logged)
      #expect(
        Outcome(then) == Outcome(Journal(records.filter { $0.logged <= record.logged })))
    }
    #expect(journal.asOf(Instant(milliseconds: .min)).isEmpty)
  }
}

@Suite struct AccountTests {
  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func `The account of an incident tells of every moment what the whole log tells`(_ seed: UInt64) {
    let records = RandomLog(seed: seed, count: 90).records
    let journal = Journal(records)
    for id in journal.incidents.keys.sorted() {
      let account = journal.account(of: id)
      for count in account.steps {
        let moment = account.records[count - 1].logged
        let short = account.journal(knowing: count)
        #expect(
          short.incidents[id] == journal.asOf(moment).incidents[id],
          "\(id) at \(account.records[count - 1].ref)")
      }
    }
  }

  @Test func `An account holds no more than the incident's own records`() {
    let records = RandomLog(seed: 9, count: 90).records.filter { $0.entry.kind != .merged }
    let journal = Journal(records)
    for id in journal.incidents.keys {
      let account = journal.account(of: id)
      #expect(account.records.count < records.count)
      #expect(account.steps == Array(1...account.records.count))
    }
  }
}
