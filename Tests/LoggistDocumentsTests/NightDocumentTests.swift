import LoggistDocuments
import LoggistMetrics
import LoggistModel
import Testing

@Suite struct NightDocumentTests {
  private func postMortem(_ records: [Record], asOf: String? = nil) throws -> PostMortemDocument {
    var context = NightIncident.context
    if let asOf { context.asOf = NightIncident.time(asOf).instant }
    return try #require(
      PostMortemDocument(Journal(records), incident: NightIncident.id, context: context))
  }

  @Test func `The post-mortem of a long night is this document`() throws {
    let document = try postMortem(NightIncident.records)
    try expectDocument(document.document.markdown, named: "night-postmortem.md")
    try expectDocument(document.document.text(measure: .simple), named: "night-postmortem.txt")
    try expectDocument(document.json.lines, named: "night-postmortem.json")
  }

  @Test func `The timeline of a long night is this document`() throws {
    let document = try #require(
      TimelineDocument(
        Journal(NightIncident.records), incident: NightIncident.id, context: NightIncident.context))
    try expectDocument(document.document.markdown, named: "night-timeline.md")
    try expectDocument(document.json.lines, named: "night-timeline.json")
  }

  @Test func `The same records in another order give the same bytes`() throws {
    let expected = try postMortem(NightIncident.records)
    let reversed = try postMortem(NightIncident.records.reversed())
    #expect(reversed.document == expected.document)
    #expect(reversed.json == expected.json)
  }

  @Test func `What was recorded later is not in a document as of an earlier moment`() throws {
    let moment = "2026-10-25T00:30:00+02:00"
    let then = NightIncident.records.filter { $0.logged <= NightIncident.time(moment).instant }
    let document = try postMortem(NightIncident.records, asOf: moment)
    let expected = try postMortem(then, asOf: moment)
    #expect(document.document == expected.document)
    #expect(!document.document.markdown.contains("Controller"))
    #expect(document.document.markdown.contains("so far"))
  }

  @Test func `A struck entry's text leaves the store in no format`() throws {
    let document = try postMortem(NightIncident.records)
    for text in [
      document.document.markdown, document.document.text(measure: .simple), document.json.text,
    ] {
      #expect(!text.contains("SECRET"))
      #expect(text.contains("other incident"))
    }
  }

  @Test func `Fields that this version does not know are in the JSON as they were written`() throws
  {
    let json = try postMortem(NightIncident.records).json.text
    #expect(json.contains("\"x_extension\":[1.50,null]"))
    #expect(json.contains("\"kind\":\"drone_flight\""))
  }

  @Test func `An incident that nobody knew by then has no document`() {
    var context = NightIncident.context
    context.asOf = NightIncident.time("2026-10-24T23:00:00+02:00").instant
    #expect(
      PostMortemDocument(
        Journal(NightIncident.records), incident: NightIncident.id, context: context)
        == nil)
  }
}
