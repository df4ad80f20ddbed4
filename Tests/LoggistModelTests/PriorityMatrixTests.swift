import Testing

@testable import LoggistModel

@Suite("The matrix of priorities")
struct PriorityMatrixTests {
  private let matrix = PriorityMatrix.standard

  private static func set(_ fields: [(Field, String)], text: String? = nil) -> Entry {
    Entry(
      .set, Scribe.incident("INC-1"), at: Timestamp(Scribe.minute(0)), text: text,
      fields: fields.map { ($0, .string($1)) })
  }

  private static func incident(_ fields: [Field: JSONValue]) throws -> Incident {
    var log = Scribe()
    log.log(.opened, nil, [.title: .string("t")])
    if !fields.isEmpty { log.log(.set, nil, fields) }
    return try #require(log.journal["INC-1"])
  }

  @Test("Impact and urgency set the priority in the same entry")
  func proposal() throws {
    let settled = matrix.settle(
      [PriorityMatrixTests.set([(.impact, "high"), (.urgency, "medium")])],
      on: try PriorityMatrixTests.incident([:]))
    #expect(settled.entries[0].string(.priority) == "P2")
    #expect(settled.proposal == .init(priority: .p2, impact: "high", urgency: "medium"))
    #expect(settled.objection == nil)
  }

  @Test("What the incident knows already counts")
  func known() throws {
    let incident = try PriorityMatrixTests.incident([.impact: .string("high")])
    let settled = matrix.settle([PriorityMatrixTests.set([(.urgency, "high")])], on: incident)
    #expect(settled.entries[0].string(.priority) == "P1")
    let half = matrix.settle(
      [PriorityMatrixTests.set([(.urgency, "high")])],
      on: try PriorityMatrixTests.incident([:]))
    #expect(half.entries[0][.priority] == nil)
    #expect(half.objection == nil)
  }

  @Test("Another priority than the matrix's needs a reason")
  func reason() throws {
    let incident = try PriorityMatrixTests.incident([
      .impact: .string("high"), .urgency: .string("high"),
    ])
    let bare = matrix.settle([PriorityMatrixTests.set([(.priority, "P3")])], on: incident)
    #expect(
      bare.objection?.description
        == "Impact high and urgency high make P1: say why P3, in words behind it")
    #expect(bare.objection?.isQuestion == false)
    let blank = PriorityMatrixTests.set([(.priority, "P3"), (.reason, " ")])
    #expect(matrix.settle([blank], on: incident).objection != nil)
    let good = PriorityMatrixTests.set([(.priority, "P3"), (.reason, "one desk")])
    #expect(matrix.settle([good], on: incident).objection == nil)
    let same = PriorityMatrixTests.set([(.priority, "P1")])
    #expect(matrix.settle([same], on: incident).objection == nil)
  }

  @Test("Without impact and urgency any priority goes")
  func unknown() throws {
    let settled = matrix.settle(
      [PriorityMatrixTests.set([(.priority, "P3")])],
      on: try PriorityMatrixTests.incident([:]))
    #expect(settled.objection == nil)
    #expect(settled.proposal == nil)
  }

  @Test("The words of an entry that sets it are the reason")
  func words() throws {
    let incident = try PriorityMatrixTests.incident([
      .impact: .string("low"), .urgency: .string("low"),
    ])
    let note = Entry(
      .note, incident.id, at: Timestamp(Scribe.minute(0)), text: "the ward is closed")
    let settled = matrix.settle(
      [note, PriorityMatrixTests.set([(.priority, "P1")])], on: incident)
    #expect(settled.entries[1].string(.reason) == "the ward is closed")
    #expect(settled.objection == nil)
  }
}
