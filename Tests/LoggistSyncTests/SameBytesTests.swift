import LoggistModel
import LoggistStore
import Testing

@testable import LoggistSync

/// Copies of a log are the same bytes, whichever way they came and in whichever order.
@Suite struct SameBytesTests {
  @Test func `an entry that two desks redact at once is blank in the same bytes everywhere`() throws
  {
    let ward = try Ward(["INC", "WARD", "LAB"], seed: 21)
    try ward.sites[0].log(3)
    #expect(try ward.converge())
    for site in ward.sites { site.courier.cut() }
    for site in ward.sites.dropFirst() {
      _ = try Redaction.redact(
        EntryRef(node: ward.sites[0].node, sequence: 2), reason: "a name", by: site.writer(),
        via: .cli, at: Timestamp(evening))
    }
    for site in ward.sites {
      site.courier.connect()
      try ward.pass(milliseconds: 2000)
    }
    #expect(try ward.converge())
    for site in ward.sites { #expect(try Verification.run(site.store).isClean) }
  }

  @Test(arguments: [0, 40]) func `a copy passes on what a crash left of a line`(days: Int) throws {
    let ward = try Ward(["INC", "WARD", "LAB"], seed: 22)
    let (inc, other, lab) = (ward.sites[0], ward.sites[1], ward.sites[2])
    lab.courier.cut()
    try inc.log(2)
    inc.append(#"{"v":1,"node":"INC","seq":3,"log"#, to: "nodes/INC/2022-01.jsonl")
    try log(at: inc, daysLater: days)
    try ward.pass(milliseconds: 3000)
    // The third desk has it from the second one alone, whose process is the one that wrote the copy.
    inc.courier.cut()
    ward.post.wipe()
    ward.post.vices.dropped = 100
    lab.courier.connect()
    try ward.pass(milliseconds: 20_000)
    let (files, copies) = (try other.files(), try lab.files())
    for (path, bytes) in try inc.files() where path.hasPrefix("nodes/INC/") {
      #expect(files[path] == bytes)
      #expect(copies[path] == bytes)
    }
  }

  @Test func `half a line at the end of a copy's month goes when the next month begins`() throws {
    let ward = try Ward(["INC", "WARD"], seed: 23)
    let (inc, other) = (ward.sites[0], ward.sites[1])
    try inc.log(2)
    #expect(try ward.converge())
    other.append(#"{"v":1,"node":"INC","seq":3,"log"#, to: "nodes/INC/2022-01.jsonl")
    try other.restart(remembers: true)
    try log(at: inc, daysLater: 40)
    #expect(try ward.converge())
    #expect(try Verification.run(other.store).isClean)
  }

  private func log(at site: Site, daysLater days: Int) throws {
    let later = evening + TimeSpan.days(days) + .seconds(60)
    let writer = try LogWriter(store: site.store, node: site.node, clock: { later })
    _ = try writer.append(Entry(.note, at: Timestamp(later), text: "after it"), via: .cli)
  }
}
