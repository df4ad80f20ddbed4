import Glibc
import LoggistModel
import LoggistStore
import TestSupport
import Testing

@testable import LoggistSync

/// Nothing that comes from the network, and no state of one log's folder, ends the service or keeps the others from it.
@Suite struct HardinessTests {
  // MARK: - What others send

  @Test func `a part far behind a file's end is answered with nothing`() throws {
    let ward = try Ward(["INC", "WARD"], seed: 31)
    let (inc, other) = (ward.sites[0], ward.sites[1])
    let (name, _) = try other.keepEvidence([1, 2, 3])
    #expect(try ward.converge())
    for (number, offset) in [0, 3, Int.max].enumerated() {
      let fetch = Fetch(node: other.node, evidence: name, at: offset)
      inc.courier.ask(fetch, of: other.node, number: 1000 + number)
    }
    try other.turn(ward.now)
    let parts = inc.courier.queue.compactMap { event -> [UInt8]? in
      if case .answer(_, let letter) = event { letter?.bytes ?? [] } else { nil }
    }
    #expect(parts == [[1, 2, 3], [], []])
    try other.log(1)
    #expect(try ward.converge())
  }

  @Test(arguments: [Int.min, -1, 0, 2]) func `a part of a file that cannot be so large is none`(
    size: Int
  ) throws {
    let node = try #require(NodeCode("INC"))
    let name = String(repeating: "ab", count: 32)
    let letter = Letter(
      node: node, label: Letter.evidenceLabel, id: "\(name).0.\(size)", bytes: [1, 2, 3])
    #expect(Piece(letter) == nil)
  }

  @Test func `an acknowledgement of what was never offered changes nothing`() {
    var (outbox, random) = (Outbox(sent: -1), SeededGenerator(seed: 33))
    #expect(outbox.offers(through: 4, now: 0, &random) == [0, 1, 2, 3, 4])
    for number in [0, 1] { outbox.accepted(number) }
    for number in [Int.min, -1, 0, 5, Int.max] {
      outbox.accepted(number)
      outbox.refused(number, now: 0, &random)
    }
    #expect(outbox.sent == 1)
    for number in [4, 3, 2] { outbox.accepted(number) }
    #expect(outbox.sent == 4)
  }

  // MARK: - What stands on the disk

  @Test(arguments: ["folder", "link", "pipe"])
  func `a log whose file is none is left out, and the others are carried`(sort: String) throws {
    let ward = try Ward(["INC", "WARD", "LAB"], seed: 34)
    let (inc, other, lab) = (ward.sites[0], ward.sites[1], ward.sites[2])
    for site in ward.sites { try site.log(2) }
    #expect(try ward.converge())
    let file = "\(other.path)/nodes/LAB/2022-02.jsonl"
    switch sort {
    case "folder": #expect(mkdir(file, 0o700) == 0)
    case "link": #expect(symlink("/dev/null", file) == 0)
    default: #expect(mkfifo(file, 0o600) == 0)
    }
    try other.restart(remembers: true)
    try inc.log(3)
    try lab.log(3)
    try ward.pass(milliseconds: 40_000)
    #expect(other.replicator.logs[inc.node]?.flushed == 5)
    #expect(other.replicator.problems.map(\.code) == ["left_out"])
    #expect(other.replicator.problems.first?.sentence.contains("the log of LAB") == true)
    #expect(other.replicator.positions[lab.node] == nil)
    #expect(!other.replicator.isSettled)
    if rmdir(file) != 0 { #expect(unlink(file) == 0) }
    #expect(try ward.converge())
    #expect(other.replicator.problems.isEmpty)
  }

  @Test func `the engine does not wait for ever for the receipts of a log that is left out`() throws
  {
    let ward = try Ward(["INC", "WARD"], seed: 42)
    let (inc, other) = (ward.sites[0], ward.sites[1])
    try inc.log(1)
    #expect(try ward.converge())
    let file = "\(other.path)/nodes/INC/2022-02.jsonl"
    #expect(mkdir(file, 0o700) == 0)
    try other.restart(remembers: true)
    try inc.log(3)
    try ward.pass(milliseconds: 10_000)
    #expect(other.courier.unacknowledged == 3)
    try ward.pass(milliseconds: Replicator.receiptPatience, step: 1000)
    #expect(other.courier.unacknowledged == 0)
    // The stream has them still, and nobody else is there.
    inc.courier.cut()
    #expect(rmdir(file) == 0)
    try ward.pass(milliseconds: 2 * Replicator.logRest)
    #expect(other.replicator.logs[inc.node]?.flushed == 4)
  }

  @Test(arguments: [false, true])
  func `a copy that is moved away comes again, and meanwhile is not said to be here`(
    isFollowed: Bool
  ) throws {
    let ward = try Ward(["INC", "WARD"], seed: 35)
    let (inc, other) = (ward.sites[0], ward.sites[1])
    try inc.log(3)
    #expect(try ward.converge())
    try move("nodes/INC", to: "INC.away", in: other)
    inc.courier.cut()
    if isFollowed { try inc.log(1) }
    try ward.pass(milliseconds: Replicator.vectorInterval)
    #expect(other.replicator.vector().logs[inc.node] == nil)
    inc.courier.connect()
    #expect(try ward.converge())
    #expect(other.replicator.problems.isEmpty)
  }

  @Test(arguments: ["folder", "file"])
  func `what is missing of a copy comes from the stream where nobody else has it`(sort: String)
    throws
  {
    let ward = try Ward(["INC", "WARD"], seed: 43)
    let (inc, other) = (ward.sites[0], ward.sites[1])
    try inc.log(3)
    #expect(try ward.converge())
    inc.courier.cut()
    let name = sort == "folder" ? "nodes/INC" : "nodes/INC/2022-01.jsonl"
    try move(name, to: "INC.away", in: other)
    try ward.pass(milliseconds: Replicator.vectorInterval + 2 * Replicator.logRest)
    #expect(other.replicator.logs[inc.node]?.flushed == 3)
    #expect(other.replicator.problems.isEmpty)
  }

  @Test func `a line that comes for a copy that was moved away does not end anything`() throws {
    let ward = try Ward(["INC", "WARD"], seed: 36)
    let (inc, other) = (ward.sites[0], ward.sites[1])
    try inc.log(3)
    #expect(try ward.converge())
    try move("nodes/INC", to: "INC.away", in: other)
    try inc.log(1)
    try ward.pass(milliseconds: 500)
    #expect(other.replicator.leftOut[inc.node] != nil)
    #expect(try ward.converge())
  }

  @Test func `this machine's own log is looked for until it is back`() throws {
    let ward = try Ward(["INC", "WARD"], seed: 37)
    let (inc, other) = (ward.sites[0], ward.sites[1])
    try inc.log(3)
    #expect(try ward.converge())
    try move("nodes/INC", to: "INC.away", in: inc)
    try other.log(2)
    try ward.pass(milliseconds: 30_000)
    #expect(inc.replicator.logs[other.node]?.flushed == 2)
    #expect(inc.replicator.problems.map(\.code) == ["left_out"])
    #expect(access("\(inc.path)/nodes/INC", F_OK) != 0)
    try move("INC.away", to: "nodes/INC", in: inc)
    try inc.log(1)
    #expect(try ward.converge())
    #expect(inc.replicator.problems.isEmpty)
  }

  @Test func `what is redacted while somebody holds the log waits until he lets go`() throws {
    let ward = try Ward(["WARD", "INC"], seed: 38)
    let (other, inc) = (ward.sites[0], ward.sites[1])
    for site in ward.sites { try site.log(2) }
    #expect(try ward.converge())
    let lock = open("\(inc.path)/nodes/INC/lock", O_RDWR)
    #expect(flock(lock, LOCK_EX) == 0)
    // The second one does not wait for the first.
    for node in [inc.node, other.node] {
      _ = try Redaction.redact(
        EntryRef(node: node, sequence: 1), reason: "a name", by: other.writer(), via: .cli,
        at: Timestamp(evening))
    }
    try ward.pass(milliseconds: 2000)
    #expect(inc.replicator.logs[other.node]?.flushed == 4)
    #expect(inc.replicator.problems.map(\.code) == ["not_blanked"])
    #expect(try text(of: "nodes/INC/2022-01.jsonl", in: inc).contains("entry 0 of INC"))
    #expect(try !text(of: "nodes/WARD/2022-01.jsonl", in: inc).contains("entry 0 of WARD"))
    close(lock)
    try ward.pass(milliseconds: Replicator.redactionRest)
    #expect(inc.replicator.problems.isEmpty)
    #expect(try !text(of: "nodes/INC/2022-01.jsonl", in: inc).contains("entry 0 of INC"))
    #expect(try ward.converge())
  }

  // MARK: - What was noted

  @Test func `what is noted as sent and is not here is offered`() throws {
    let ward = try Ward(["INC"], seed: 39)
    let inc = ward.sites[0]
    try inc.log(2)
    try ward.pass(milliseconds: 2000)
    inc.replicator = try Replicator(
      inc.store, name: inc.node, sent: [inc.node: 50], stream: ward.post.name,
      random: SystemOrSeeded(SeededGenerator(seed: 39)))
    try inc.log(3)
    try ward.pass(milliseconds: 5000)
    #expect(inc.replicator.outboxes[inc.node]?.sent == 5)
    #expect(ward.post.stream.count == 6)
  }

  @Test func `a second machine of a code is an alarm of its own, and outlives the process`() throws
  {
    let ward = try Ward(["INC", "WARD"], seed: 40)
    let (inc, other) = (ward.sites[0], ward.sites[1])
    try inc.log(1)
    #expect(try ward.converge())
    let second = try Ward(["INC"], seed: 41).sites[0]
    let identity = try Letter(node: inc.node, identity: second.store.identity(of: inc.node))
    try other.replicator.receive(identity, Receipt(number: 99), ward.now)
    for _ in 0..<2 {
      #expect(other.replicator.problems.map(\.code) == ["twin"])
      #expect(
        other.replicator.problems.first?.sentence.contains("two machines are called INC") == true)
      let report = other.replicator.report(at: evening)
      #expect(report.twins == [inc.node] && report.forks.isEmpty)
      try report.save(in: other.store)
      try other.restart(remembers: true)
      #expect(other.replicator.problems.isEmpty)
      other.replicator.recall(try SyncReport.load(other.store))
    }
  }

  // MARK: - What a connection takes

  @Test func `a connection that is closed leaves no descriptor`() throws {
    var options = NATSConnection.Options(
      servers: ["nats://127.0.0.1:1"], name: "t", inbox: "_INBOX.t")
    options.servers.append("nats://127.0.0.1:2")
    var descriptor: Int32 = -1
    do {
      let connection = try NATSConnection(options)
      descriptor = connection.descriptor
      #expect(what(descriptor) == "anon_inode:[eventfd]")
    }
    #expect(what(descriptor) != "anon_inode:[eventfd]")
  }

  private func what(_ descriptor: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    let count = readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count)
    return String(
      decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private func move(_ name: String, to other: String, in site: Site) throws {
    if rename("\(site.path)/\(name)", "\(site.path)/\(other)") != 0 { throw Errno(errno) }
  }

  private func text(of name: String, in site: Site) throws -> String {
    try String(decoding: site.files()[name] ?? [], as: UTF8.self)
  }
}
