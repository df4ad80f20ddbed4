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

  @Test(
    "Every fact of the published post-mortem is in ours",
    arguments: [
      "8:45 pm WAT to 9:23 pm WAT on January 5, 2022", "38 minutes", "WAT (UTC+01:00)",
      "Mainly the pharmacy interface", "could not make prescription requests to the pharmacy",
      "all personnel affected", "API update of December 2021",
      "triggered by onboarding drugs whose name contains non-ASCII characters",
      "from version 0.2.6 to 0.3.0", "/api/views/pharmacy/drugs.py, line 254",
      "add_drugs(details)", "the character encoding was not passed to the open function",
      "writes a temporary drug file", "The backup service on API version 0.2.6 was started",
      "the current version isolated", "the team assembles", "pharmacist on call",
      "newly acquired drugs", "refreshed the browser page several times",
      "the IT officer on call (to Terence Waller", "debug mode turned on",
      "API reverted to the previous version and the pharmacy microservice restarted",
      "can be reviewed more rigorously", "Service back up", "debug=True", "Restart the server",
      "Replicate with a drug request whose name has a non-ASCII character", "error.txt",
      "access and error logs", "Shut down the current server",
      "Start the backup server on API 0.2.6", "Repeat the same request",
      "Improve the code review process", "More automated tests for such scenarios",
      "A strict mode for the codebase",
    ])
  func fact(words: String) throws {
    #expect(try postMortem().document.markdown.contains(words))
  }

  @Test func `The sections stand in the published order, contents first`() throws {
    var headings: [String] = []
    for case .heading(let heading) in try postMortem().document.blocks where heading.level == 1 {
      headings.append(heading.text)
    }
    #expect(
      headings.prefix(5) == [
        "Contents", "Issue Summary", "Timeline", "Root cause and Resolution",
        "Corrective and Preventive measures",
      ])
  }

  @Test func `The timeline has the seven published rows`() throws {
    let json = try postMortem().json
    let rows = try #require(json["timeline"]?.array)
    #expect(
      rows.compactMap { $0["kind"]?.string } == [
        "noticed", "complaint", "observation", "escalated", "diagnosis", "mitigation", "restored",
      ])
    #expect(
      rows.compactMap { $0["at"]?.string?.dropFirst(11).prefix(5) } == [
        "20:45", "20:50", "20:55", "21:02", "21:10", "21:20", "21:23",
      ])
  }

  @Test(
    arguments: [
      (ClockID.tte, 17), (.ttx, 25), (.ttm, 35), (.ttr, 38), (.downtime, 38), (.tta, nil),
    ] as [(ClockID, Int?)])
  func `The figures are the published ones`(id: ClockID, minutes: Int?) throws {
    let incident = try #require(journal.incidents[PharmacyIncident.id])
    let metrics = IncidentMetrics(incident, asOf: PharmacyIncident.context().asOf)
    let clock = try #require(metrics.clock(id))
    #expect(clock.seconds == minutes.map { $0 * 60 })
    #expect((clock.absence != nil) == (minutes == nil))
    #expect(!clock.isOpen)
  }

  @Test func `The measures stand in the order of the steps`() throws {
    let measures = try #require(try postMortem().json["measures"]?.array)
    #expect(
      measures.compactMap { $0["text"]?.string }
        == PharmacyIncident.prose.corrective + PharmacyIncident.prose.preventive)
  }
}
