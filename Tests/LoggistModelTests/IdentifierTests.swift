import Testing

@testable import LoggistModel

@Suite("Identifiers")
struct IdentifierTests {
  @Test(
    "a node's code is 1 to 8 capitals and digits, a letter first",
    arguments: ["I", "INC", "WARD2", "ABCDEFGH", "A1234567"])
  func nodes(text: String) {
    #expect(NodeCode(text)?.description == text)
  }

  @Test(
    "anything else is no node",
    arguments: ["", "inc", "2WARD", "ABCDEFGHI", "IN C", "IN-C", "ÌNC", "INC\n", "../X", "İNC"])
  func noNodes(text: String) {
    #expect(NodeCode(text) == nil)
  }

  @Test(
    "an entry is named by node and number", arguments: ["INC.1", "INC.812", "A1.999999999999999"])
  func refs(text: String) {
    #expect(EntryRef(text)?.description == text)
  }

  @Test(
    "an incident is named by node and number",
    arguments: ["INC-1", "WARD2-12", "A-999999999999999"])
  func incidents(text: String) {
    #expect(IncidentID(text)?.description == text)
  }

  @Test(
    "one thing has one spelling",
    arguments: [
      "", "INC", "INC#", "INC#0", "INC#01", "INC#-1", "INC#+1", "INC# 1", "INC#1 ", "INC#1a", "#1",
      "inc#1", "INC##1", "INC#1#2", "INC#٣", "INC#1000000000000000", "INC#1.0",
    ])
  func strictness(pattern: String) {
    let text = { (separator: Character) in String(pattern.map { $0 == "#" ? separator : $0 }) }
    #expect(EntryRef(text(".")) == nil)
    #expect(IncidentID(text("-")) == nil)
    #expect(EntryRef("INC-1") == nil)
    #expect(IncidentID("INC.1") == nil)
  }

  @Test("numbers order as numbers, behind their nodes")
  func order() throws {
    let texts = ["WARD2.1", "INC.10", "INC.9", "INC.100"]
    let refs = try texts.map { try #require(EntryRef($0)) }
    #expect(refs.sorted().map(\.description) == ["INC.9", "INC.10", "INC.100", "WARD2.1"])
    let ids = try ["B-1", "A-10", "A-9"].map { try #require(IncidentID($0)) }
    #expect(ids.sorted().map(\.description) == ["A-9", "A-10", "B-1"])
  }

  @Test(
    "a priority is P1 to P4 or its number",
    arguments: [("P1", 1), ("p2", 2), ("3", 3), ("4", 4)])
  func priorities(text: String, rank: Int) {
    #expect(Priority(text)?.rawValue == rank)
  }

  @Test(
    "there is no other priority",
    arguments: ["", "P", "P0", "P5", "PP1", "11", "+1", "one", "P1 ", "１", "Q1"])
  func noPriorities(text: String) {
    #expect(Priority(text) == nil)
  }

  @Test("P1 is the most urgent")
  func urgency() {
    #expect(Priority.allCases.sorted().map(\.description) == ["P1", "P2", "P3", "P4"])
  }
}
