import LoggistDocuments
import LoggistMetrics
import LoggistModel
import Testing

@Suite struct PharmacyDocumentTests {
  let journal = PharmacyIncident.journal

  private func postMortem(_ hours: HourStyle = .twelve) throws -> PostMortemDocument {
    try #require(
      PostMortemDocument(
        journal, incident: PharmacyIncident.id, context: PharmacyIncident.context(hours)))
  }

  private func timeline(_ hours: HourStyle = .twelve) throws -> TimelineDocument {
    try #require(
      TimelineDocument(
        journal, incident: PharmacyIncident.id, context: PharmacyIncident.context(hours)))
  }

  private func metrics(_ hours: HourStyle = .twelve) throws -> MetricsDocument {
    try #require(
      MetricsDocument(
        journal, incident: PharmacyIncident.id, context: PharmacyIncident.context(hours)))
  }

  @Test func `The post-mortem is this document`() throws {
    let document = try postMortem()
    try expectDocument(document.document.markdown, named: "pharmacy-postmortem.md")
    try expectDocument(
      document.document.text(measure: .simple), named: "pharmacy-postmortem.txt")
    try expectDocument(document.json.lines, named: "pharmacy-postmortem.json")
  }

  @Test func `On a 24-hour clock the post-mortem is this document`() throws {
    try expectDocument(
      try postMortem(.twentyFour).document.markdown, named: "pharmacy-postmortem-24h.md")
  }

  @Test func `The timeline is this document`() throws {
    let document = try timeline()
    try expectDocument(document.document.markdown, named: "pharmacy-timeline.md")
    try expectDocument(document.document.text(measure: .simple), named: "pharmacy-timeline.txt")
    try expectDocument(document.json.lines, named: "pharmacy-timeline.json")
  }

  @Test func `The figures are this document`() throws {
    let document = try metrics()
    try expectDocument(document.document.markdown, named: "pharmacy-metrics.md")
    try expectDocument(document.document.text(measure: .simple), named: "pharmacy-metrics.txt")
    try expectDocument(document.json.lines, named: "pharmacy-metrics.json")
  }
}
