import Glibc
import LoggistModel
import LoggistStore
import TestSupport
import Testing

@testable import LoggistSync

/// `LOGGIST_SYNC_SEEDS` of them, from `LOGGIST_SYNC_SEED` on.
enum Seeds {
  static let chosen = seeds(number("LOGGIST_SYNC_SEEDS") ?? 8)
  /// A week takes as long as all of those.
  static let weeks = seeds(number("LOGGIST_WEEKS") ?? 1)

  private static func seeds(_ count: Int) -> [UInt64] {
    let first = UInt64(number("LOGGIST_SYNC_SEED") ?? 0)
    return (0..<UInt64(count)).map { first + $0 }
  }

  private static func number(_ name: String) -> Int? {
    getenv(name).flatMap { Int(String(cString: $0)) }
  }
}

/// What machines end with behind a courier that does its worst.
@Suite struct ReplicatorTests {
  @Test func `three machines that log at once end with the same files`() throws {
    let ward = try Ward(["INC", "WARD", "LAB"], seed: 1)
    for _ in 0..<5 {
      for site in ward.sites { try site.log(20) }
      try ward.pass(milliseconds: 200)
    }
    #expect(try ward.converge())
    for site in ward.sites {
      #expect(site.replicator.counts.received == 200)
      #expect(site.replicator.counts.altered == 0)
      #expect(site.replicator.counts.fetched == 0)
      #expect(try Verification.run(site.store).isClean)
    }
  }

  @Test(arguments: Seeds.chosen)
  func `nothing is lost, doubled or taken for true that was altered`(seed: UInt64) throws {
    let ward = try Ward(["INC", "WARD", "LAB"], seed: seed)
    let (post, chance) = (ward.post, seed % 4)
    post.vices = Post.Vices(
      lost: 3, silent: 5, refused: 4, late: 20, twice: 10, dropped: chance == 0 ? 30 : 4,
      altered: chance == 1 ? 30 : 3, replayed: 10, misnamed: 2, mute: 10,
      lies: chance == 2 ? 60 : 5)
    for round in 0..<12 {
      for site in ward.sites {
        try site.log(Int.random(in: 0...15, using: &post.random))
        switch Int.random(in: 0..<8, using: &post.random) {
        case 0: try site.restart(remembers: true)
        case 1: try site.restart(remembers: false)
        case 2: site.courier.cut()
        default: if !site.courier.isReady { site.courier.connect() }
        }
      }
      if round % 5 == 4 { post.wipe() }
      try ward.pass(milliseconds: Int.random(in: 50...4000, using: &post.random))
    }
    for site in ward.sites where !site.courier.isReady { site.courier.connect() }
    #expect(try ward.converge(), "seed \(seed)")
    for site in ward.sites {
      let result = try Verification.run(site.store)
      #expect(result.isClean, "seed \(seed), \(site.node): \(result.findings)")
      #expect(site.replicator.forks.isEmpty && site.replicator.suspected.isEmpty)
      #expect(site.replicator.forgotten.isEmpty)
    }
  }

  @Test func `no byte of a letter can be another one without being found`() throws {
    let inc = try Ward(["INC"], seed: 2).sites[0]
    try inc.log(4)
    let log = try #require(inc.replicator.logs[inc.node])
    var whole = log
    try whole.catchUp()
    let letter = try #require(Letter(node: inc.node, whole.lines(from: 1, through: 4)))
    #expect(try letter.lines().count == 4)
    for place in letter.bytes.indices {
      for bit in 0..<8 {
        var altered = letter
        altered.bytes[place] ^= 1 << bit
        if let lines = try? altered.lines() {
          Issue.record("byte \(place), bit \(bit): \(lines.map(\.ref))")
        }
      }
    }
  }

  @Test func `an engine that brings nothing is gone round by asking the others`() throws {
    let ward = try Ward(["INC", "WARD"], seed: 3)
    ward.post.vices.dropped = 100
    for site in ward.sites { try site.log(1500) }
    #expect(try ward.converge(within: 120_000))
    for site in ward.sites { #expect(site.replicator.counts.fetched == 1500) }
  }

  @Test func `a machine that is gone is served by one that has its log`() throws {
    let ward = try Ward(["INC", "WARD", "LAB"], seed: 4)
    let (inc, lab) = (ward.sites[0], ward.sites[2])
    lab.courier.cut()
    try inc.log(300)
    try ward.pass(milliseconds: 3000)
    inc.courier.cut()
    ward.post.wipe()
    lab.courier.connect()
    try ward.pass(milliseconds: 20_000)
    #expect(lab.replicator.logs[inc.node]?.flushed == 300)
  }

  @Test func `an engine without a leader hears little of us`() throws {
    let ward = try Ward(["INC"], seed: 5)
    let inc = ward.sites[0]
    try inc.log(3000)
    try ward.pass(milliseconds: 5000)
    #expect(inc.replicator.outboxes[inc.node]?.sent == 3000)
    ward.post.vices.refused = 100
    try inc.log(6000)
    try ward.pass(milliseconds: 100)
    #expect(ward.post.refusals == Outbox.most)
    // From then on a single line a try, and a try every ten seconds at last.
    try ward.pass(milliseconds: 60_000)
    #expect(ward.post.refusals < Outbox.most + 20)
    ward.post.vices.refused = 0
    try ward.pass(milliseconds: 15_000)
    #expect(inc.replicator.outboxes[inc.node]?.sent == 9000)
  }

  @Test func `two histories of one log are both kept and nothing is written over`() throws {
    let ward = try Ward(["INC", "WARD"], seed: 6)
    let (inc, ward1) = (ward.sites[0], ward.sites[1])
    try inc.log(5)
    #expect(try ward.converge())
    let copy = try ward1.files()
    // The machine was put back to an older copy, and logs what the others know otherwise.
    try inc.forget(after: 3)
    try inc.log(4, "another")
    try inc.restart(remembers: false)
    ward.post.wipe()
    try ward.pass(milliseconds: 40_000)
    #expect(ward1.replicator.forks[inc.node]?.first == 4)
    #expect(try ward1.files() == copy)
    let kept = try SystemCalls.real.contents(of: "\(ward1.path)/sync/forks/INC.jsonl")
    #expect(kept.split(separator: 0x0A).count == 4)
    // And the other way round: the machine hears that there are two of its own.
    #expect(inc.replicator.suspected[inc.node] != nil || inc.replicator.forks[inc.node] != nil)
    let problems = ward1.replicator.report(at: evening).forks
    #expect(
      problems == [.init(ref: EntryRef(node: inc.node, sequence: 4), file: "sync/forks/INC.jsonl")])
  }

  @Test func `a courier that makes a line of its own up is found out by the true one`() throws {
    let ward = try Ward(["INC", "WARD"], seed: 12)
    let (inc, other) = (ward.sites[0], ward.sites[1])
    try inc.log(3)
    #expect(try ward.converge())
    // Its own digest is right, it links to the last line, and the letter is named for it.
    let forger = try Ward(["INC"], seed: 6).sites[0]
    try forger.log(4, "another")
    other.courier.cut()
    try inc.log(2)
    let parcel = LogParcel([
      .init(segment: .init(year: 2022, month: 1), bytes: try relinked(forger, to: inc))
    ])
    let forged = try #require(Letter(node: inc.node, parcel.lines(of: inc.node)))
    try other.replicator.receive(forged, Receipt(number: 99), ward.now)
    other.courier.connect()
    try ward.pass(milliseconds: 60_000)
    #expect(other.replicator.forks[inc.node]?.first == 4)
  }

  @Test func `a machine that was put back to an older copy is told so before it logs`() throws {
    let ward = try Ward(["INC", "WARD"], seed: 7)
    let inc = ward.sites[0]
    try inc.log(5)
    #expect(try ward.converge())
    try inc.forget(after: 3)
    try inc.restart(remembers: true)
    try ward.pass(milliseconds: 2000)
    #expect(inc.replicator.forgotten == [inc.node: 5])
    #expect(inc.replicator.logs[inc.node]?.flushed == 3)
    #expect(inc.replicator.problems == [.forgotten(inc.node, from: 4, through: 5)])
  }

  @Test func `what a crash left of a line is part of every copy, once a line accounts for it`()
    throws
  {
    let ward = try Ward(["INC", "WARD"], seed: 8)
    let inc = ward.sites[0]
    try inc.log(2)
    inc.append(#"{"v":1,"node":"INC","seq":3,"log"#, to: "nodes/INC/2022-01.jsonl")
    try inc.log(2)
    #expect(try ward.converge())
    #expect(try Verification.run(ward.sites[1].store).isClean)
  }

  @Test func `half a line that a kill left in a copy gives way to the whole one`() throws {
    let ward = try Ward(["INC", "WARD"], seed: 9)
    let (inc, other) = (ward.sites[0], ward.sites[1])
    try inc.log(3)
    #expect(try ward.converge())
    other.append(#"{"v":1,"node":"INC","seq":4,"log"# + "\n\0\0\0", to: "nodes/INC/2022-01.jsonl")
    try other.restart(remembers: true)
    try inc.log(3)
    #expect(try ward.converge())
  }

  @Test func `a redacted entry is blank on every machine, whichever comes first`() throws {
    let ward = try Ward(["INC", "WARD"], seed: 10)
    let (inc, other) = (ward.sites[0], ward.sites[1])
    try inc.log(4)
    #expect(try ward.converge())
    let ref = EntryRef(node: inc.node, sequence: 2)
    _ = try Redaction.redact(
      ref, reason: "a name", by: other.writer(), via: .cli, at: Timestamp(evening))
    #expect(try ward.converge())
    for site in ward.sites {
      let bytes = try site.files()["nodes/INC/2022-01.jsonl"] ?? []
      #expect(!String(decoding: bytes, as: UTF8.self).contains("entry 1 of INC"))
      #expect(try Verification.run(site.store).isClean)
    }
  }

  @Test func `so many lines wait for a hole and no more`() throws {
    var held = HeldLines(mostLines: 3, mostBytes: 1 << 20)
    let ward = try Ward(["INC"], seed: 11)
    try ward.sites[0].log(6)
    let log = try #require(ward.sites[0].replicator.logs[ward.sites[0].node])
    var copy = log
    try copy.catchUp()
    let lines = try copy.lines(from: 1, through: 6)
    var dropped: [Receipt] = []
    for line in lines.dropFirst() {
      dropped += held.hold(
        .init(line: line, receipt: Receipt(number: line.ref.sequence), since: 0))
    }
    #expect(held.count == 3)
    #expect(dropped.map(\.number) == [5, 6])
    // What comes again is no more on the disk than before: its last delivery is the one to be settled.
    let again = held.hold(.init(line: lines[1], receipt: Receipt(number: 2), since: 9))
    #expect(again.isEmpty)
    let elsewhere = held.hold(.init(line: lines[1], receipt: Receipt(number: 7), since: 9))
    #expect(elsewhere.map(\.number) == [2])
    #expect(held.take(lines[1].ref)?.receipt?.number == 7)
  }
}

/// The fourth line of one log as if it followed the third of the other.
private func relinked(_ forger: Site, to site: Site) throws -> [UInt8] {
  let name = "nodes/INC/2022-01.jsonl"
  let line = try forger.files()[name]?.split(separator: 0x0A)[3] ?? []
  let link = String(
    decoding: try site.files()[name]?.split(separator: 0x0A)[3] ?? [], as: UTF8.self
  )
  .split(separator: "\"prev\":\"")[1].prefix(43)
  let parts = String(decoding: line, as: UTF8.self).split(separator: "\"prev\":\"")
  return Array("\(parts[0])\"prev\":\"\(link)\(parts[1].dropFirst(43))\n".utf8)
}
