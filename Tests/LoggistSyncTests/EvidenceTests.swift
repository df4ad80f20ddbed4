import LoggistModel
import LoggistStore
import TestSupport
import Testing

@testable import LoggistSync

/// Files that entries name, on machines that nobody has carried them to by hand.
@Suite struct EvidenceTests {
  private func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  private func conditions(_ name: EvidenceName, in ward: Ward) throws -> [EvidenceFolder.Condition]
  {
    try ward.sites.map { try EvidenceFolder($0.store).check(name) }
  }

  @Test(arguments: Seeds.chosen)
  func `a file comes to every machine, whatever becomes of its parts on the way`(
    seed: UInt64
  ) throws {
    let ward = try Ward(["INC", "WARD", "LAB"], seed: seed)
    ward.post.vices = Post.Vices(lost: 3, dropped: 4, altered: 3, replayed: 5, mute: 20, lies: 20)
    let large = try ward.sites[0].keepEvidence(bytes(3 * Piece.limit + 17, seed: seed))
    let small = try ward.sites[1].keepEvidence(bytes(1, seed: seed))
    try ward.pass(milliseconds: 20_000)
    try ward.sites[2].restart(remembers: false)
    #expect(try ward.converge(within: 900_000))
    for (name, _) in [large, small] {
      #expect(try conditions(name, in: ward) == [.whole, .whole, .whole], "seed \(seed)")
    }
    for site in ward.sites {
      #expect(site.replicator.evidence.count == 0)
      #expect(try Verification.run(site.store).isClean)
    }
  }

  @Test func `what its machine has lost comes back from the others`() throws {
    let ward = try Ward(["INC", "WARD"], seed: 21)
    let (name, _) = try ward.sites[0].keepEvidence(bytes(1000, seed: 1))
    #expect(try ward.converge())
    try SystemCalls.real.unlink("\(ward.sites[0].path)/\(name.path)")
    try ward.sites[0].restart(remembers: true)
    #expect(try ward.converge())
    #expect(try conditions(name, in: ward) == [.whole, .whole])
  }

  @Test func `a redacted file comes to nobody any more`() throws {
    let ward = try Ward(["INC", "WARD"], seed: 22)
    let (inc, other) = (ward.sites[0], ward.sites[1])
    other.courier.cut()
    let (name, ref) = try inc.keepEvidence(bytes(1000, seed: 2))
    try ward.pass(milliseconds: 3000)
    _ = try Redaction.redact(
      ref, reason: "a face", by: inc.writer(), via: .cli, at: Timestamp(evening))
    other.courier.connect()
    #expect(try ward.converge())
    #expect(try conditions(name, in: ward) == [.missing, .missing])
    #expect(other.replicator.evidence.count == 0)
    #expect(other.replicator.counts.evidence == 0)
  }

  @Test func `a file that is too large here is named as missing and not asked for again`() throws {
    let ward = try Ward(["INC", "WARD"], seed: 23, evidenceLimit: 999)
    let (name, _) = try ward.sites[0].keepEvidence(bytes(1000, seed: 3))
    #expect(try ward.converge())
    #expect(try conditions(name, in: ward) == [.whole, .missing])
    #expect(ward.sites[1].replicator.report(at: evening).missingEvidence == 1)
    let asked = ward.sites[1].replicator.questionNumber
    try ward.pass(milliseconds: 300_000)
    #expect(ward.sites[1].replicator.questionNumber == asked)
  }

  @Test func `a question that no path and no negative number gets through`() {
    let name = String(repeating: "ab", count: 32)
    let good = Fetch(Array(#"{"node":"INC","evidence":"\#(name)","at":0}"#.utf8))
    #expect(good.flatMap { Fetch($0.bytes) } == good && good != nil)
    for wrong in [
      #"{"node":"INC","evidence":"../../etc/passwd","at":0}"#,
      #"{"node":"INC","evidence":"\#(name)","at":-1}"#, #"{"node":"INC","evidence":"\#(name)"}"#,
      #"{"node":"../INC","evidence":"\#(name)","at":0}"#,
    ] {
      #expect(Fetch(Array(wrong.utf8)) == nil, "\(wrong)")
    }
  }
}
