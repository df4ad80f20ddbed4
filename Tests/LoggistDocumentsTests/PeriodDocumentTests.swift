import LoggistDocuments
import LoggistMetrics
import LoggistModel
import Testing

@Suite struct PeriodDocumentTests {
  /// Twelve incidents in January, one of them open, one drill, one that ends before it starts.
  private var records: [Record] {
    var records: [Record] = []
    for number in 1...12 {
      let id = IncidentID(node: PharmacyIncident.node, number: number)
      var log = TestLog(node: PharmacyIncident.node, id: id)
      log.records = records
      let start = PharmacyIncident.wat(number % 9 + 1, "08:00").instant
      func at(_ minutes: Int) -> Timestamp {
        Timestamp(start + .minutes(minutes), offsetMinutes: 60)
      }
      log.write(
        .opened, at(0), nil,
        [
          (.title, .string("T")), (.class, .string(number == 3 ? "drill" : "real")),
          (.service, .string(number % 2 == 0 ? "wifi" : "pharmacy")),
        ])
      if number != 5 {
        log.write(.set, at(0), nil, [(.priority, .string(number % 2 == 0 ? "P1" : "P2"))])
      }
      log.write(.complaint, at(0))
      log.write(.escalated, at(4), nil, [(.to, .string("Terence | Waller"))])
      if number != 7 { log.write(.resolved, at(number == 8 ? -5 : number * 7)) }
      records = log.records
    }
    return records
  }

  private func metrics(_ grouping: Grouping?) throws -> MetricsDocument {
    let context = PharmacyIncident.context()
    let period = try #require(Period("2022-Q1", in: PharmacyIncident.lagos))
    let asOf = PharmacyIncident.wat(9, "23:00").instant
    var later = context
    later.asOf = asOf
    return MetricsDocument(
      PeriodMetrics(Journal(records).incidents.values, period: period, asOf: asOf, by: grouping),
      context: later)
  }

  @Test func `The figures of a period are this document`() throws {
    let document = try metrics(.priority)
    try expectDocument(document.document.markdown, named: "period-metrics.md")
    try expectDocument(
      document.document.text(measure: .simple), named: "period-metrics.txt")
    try expectDocument(document.json.lines, named: "period-metrics.json")
  }

  @Test func `JSON has the members of the design, in its order`() throws {
    let json = try metrics(nil).json
    #expect(
      json.members?.map(\.name) == [
        "v", "as_of", "period", "population", "first_attempt", "targets", "metrics",
      ])
    #expect(
      json["metrics"]?.array?[7].text
        == #"{"id":"tts.1","by":null,"group":null,"n":9,"missing":0,"fallback":0,"open":1,"negative":1,"#
        + #""p50_s":2520,"p50_incident":"INC-6","p50_from":"INC.27","p50_to":"INC.29","#
        + #""p90_s":null,"p90_incident":null,"p90_from":null,"p90_to":null,"#
        + #""p95_s":null,"p95_incident":null,"p95_from":null,"p95_to":null,"#
        + #""max_s":5040,"max_incident":"INC-12","max_from":"INC.56","max_to":"INC.58","#
        + #""km_p50_s":2520,"target_s":null,"within_target":null,"missed_target":null,"undecided":null}"#
    )
  }
}
