import Glibc
import LoggistModel
import LoggistStore
import Testing

@testable import LoggistSync

/// Two histories of one log, lines without their texts, and what the stream has and a machine has not.
@Suite struct HistoryTests {
  @Test func `a machine that logs on after it was put back hears of two histories, not of a loss`()
    throws
  {
    let ward = try Ward(["INC", "LAB"], seed: 21)
    let (inc, lab) = (ward.sites[0], ward.sites[1])
    try inc.log(5)
    #expect(try ward.converge())
    try inc.forget(after: 3)
    try inc.log(1, "another")
    try inc.restart(remembers: false)
    // What the others have comes by questions alone.
    ward.post.wipe()
    try ward.pass(milliseconds: 60_000)
    let fork = EntryRef(node: inc.node, sequence: 4)
    #expect(inc.replicator.problems == [.fork(fork, file: "sync/forks/INC.jsonl")])
    #expect(inc.replicator.forks[inc.node]?.count == 2)
    // LAB says that it has five, and one of these is not what is here.
    #expect(inc.replicator.report(at: evening).holders(of: inc.node) == 0)
    let reach = inc.replicator.report(at: evening).carriage.reach(of: fork)
    #expect(reach == .sent)
    #expect(lab.replicator.report(at: evening).holders(of: lab.node) == 1)
  }

  @Test func `another history is asked for from where it begins`() throws {
    let ward = try Ward(["INC", "WARD", "LAB"], seed: 22)
    let (inc, other, lab) = (ward.sites[0], ward.sites[1], ward.sites[2])
    try inc.log(3)
    #expect(try ward.converge())
    lab.courier.cut()
    try inc.log(2)
    try ward.pass(milliseconds: 10_000)
    other.courier.cut()
    try inc.forget(after: 3)
    try inc.log(3, "another")
    try inc.restart(remembers: false)
    ward.post.wipe()
    lab.courier.connect()
    try ward.pass(milliseconds: 10_000)
    #expect(lab.replicator.logs[inc.node]?.flushed == 6)
    #expect(other.replicator.logs[inc.node]?.flushed == 5)
    inc.courier.cut()
    ward.post.wipe()
    other.courier.connect()
    try ward.pass(milliseconds: 60_000)
    #expect(other.replicator.forks[inc.node]?.first == 4)
    #expect(other.replicator.forks[inc.node]?.count == 3)
  }

  @Test func `a text that nobody has redacted comes back`() throws {
    let ward = try Ward(["INC", "WARD"], seed: 23)
    let (inc, other) = (ward.sites[0], ward.sites[1])
    try ward.pass(milliseconds: 5000)
    inc.courier.cut()
    try inc.log(3)
    let bytes = try inc.files()["nodes/INC/2022-01.jsonl"] ?? []
    let line = try #require(bytes.split(separator: 0x0A).first)
    let text = String(decoding: line, as: UTF8.self)
    let (words, claim) = (#""text":"entry 0 of INC""#, #""redacted":"INC.999""#)
    let room = String(repeating: " ", count: words.utf8.count - claim.utf8.count)
    let blank = text.replacing(words, with: claim + room)
    let parcel = LogParcel([
      .init(segment: .init(year: 2022, month: 1), bytes: Array("\(blank)\n".utf8))
    ])
    let forged = try #require(Letter(node: inc.node, parcel.lines(of: inc.node)))
    // It has the true line's name, so that the engine takes that for a double.
    ward.post.source(forged)
    try ward.pass(milliseconds: 1000)
    try other.restart(remembers: true)
    try ward.pass(milliseconds: 1000)
    let (ref, redactor) = (
      EntryRef(node: inc.node, sequence: 1), EntryRef(node: inc.node, sequence: 999)
    )
    #expect(other.replicator.logs[inc.node]?.flushed == 1)
    #expect(other.replicator.problems == [.unexplained(ref, redactor: redactor)])
    inc.courier.connect()
    #expect(try ward.converge())
    #expect(other.replicator.problems.isEmpty)
    #expect(try Verification.run(other.store).isClean)
  }

  @Test
  func `a text that comes again although it was redacted stays out, and is to be erased again`()
    throws
  {
    let ward = try Ward(["INC", "WARD"], seed: 24)
    let (inc, other) = (ward.sites[0], ward.sites[1])
    try inc.log(2)
    #expect(try ward.converge())
    let ref = EntryRef(node: inc.node, sequence: 2)
    let letter = try #require(ward.post.stream.first { $0.id.hasPrefix("INC.2.") })
    _ = try Redaction.redact(
      ref, reason: "a name", by: other.writer(), via: .cli, at: Timestamp(evening))
    #expect(try ward.converge())
    let files = try other.files()
    other.replicator.reappeared = []
    try other.replicator.receive(letter, Receipt(number: 99), ward.now)
    try ward.pass(milliseconds: 1000)
    #expect(other.replicator.reappeared == [ref])
    #expect(try other.files() == files)
  }

  @Test func `what was erased in one copy of the engine's is open in the next`() throws {
    let inc = try Ward(["INC"], seed: 25).sites[0]
    try inc.log(2)
    let ref = EntryRef(node: inc.node, sequence: 2)
    _ = try Redaction.redact(
      ref, reason: "a name", by: inc.writer(), via: .cli, at: Timestamp(evening))
    var erasures = try Erasures(inc.store)
    #expect(try erasures.open(in: "monday") == [ref])
    try erasures.note([ref], in: "monday")
    erasures = try Erasures(inc.store)
    #expect(try erasures.open(in: "monday").isEmpty)
    #expect(try erasures.open(in: nil).isEmpty)
    #expect(try erasures.open(in: "tuesday") == [ref])
    try erasures.reopen([ref])
    #expect(try Erasures(inc.store).open(in: "monday") == [ref])
  }

  @Test func `an engine that was put back is given again what it has lost`() throws {
    let ward = try Ward(["INC", "WARD"], seed: 27)
    let (inc, other) = (ward.sites[0], ward.sites[1])
    try inc.log(3)
    let ref = EntryRef(node: inc.node, sequence: 2)
    _ = try Redaction.redact(
      ref, reason: "a name", by: inc.writer(), via: .cli, at: Timestamp(evening))
    #expect(try ward.converge())
    inc.replicator.reappeared = []
    let offers = ward.post.offers
    ward.post.putBack { $0.id.hasPrefix("INC.3.") || $0.id.hasPrefix("INC.4.") }
    other.courier.cut()
    inc.courier.cut()
    inc.courier.connect()
    try ward.pass(milliseconds: 10_000)
    #expect(ward.post.last[inc.node] == 4)
    #expect(ward.post.offers == offers + 2)
    #expect(inc.replicator.reappeared == [ref])
  }

  @Test func `a log that was moved away comes from the stream where nobody else has it`() throws {
    let ward = try Ward(["INC", "WARD"], seed: 26)
    let (inc, other) = (ward.sites[0], ward.sites[1])
    try inc.log(300)
    #expect(try ward.converge())
    let files = try other.files()
    inc.courier.cut()
    other.courier.cut()
    #expect(rename("\(other.path)/nodes/INC", "\(other.path)/away") == 0)
    try other.restart(remembers: true)
    try ward.pass(milliseconds: 20_000)
    #expect(try other.files() == files)
  }
}
