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

  private func report(_ journal: Journal) throws -> ReportDocument {
    let period = try #require(Period("2022-Q1", in: PharmacyIncident.lagos))
    var context = PharmacyIncident.context()
    context.asOf = PharmacyIncident.wat(9, "23:00").instant
    let targets: [Priority: Deadline.Target] = [
      .p1: .init(acknowledge: .minutes(5), fix: .minutes(60)),
      .p2: .init(acknowledge: .minutes(15), fix: .minutes(30)),
    ]
    return ReportDocument(
      PeriodMetrics(
        journal.incidents.values, period: period, asOf: context.asOf, by: .priority,
        targets: targets),
      measures: journal.incidents.values.flatMap(\.openMeasures), context: context)
  }

  @Test func `The report on a period is this document`() throws {
    let report = try report(Journal(records))
    try expectDocument(report.document.markdown, named: "period-report.md")
    try expectDocument(report.document.text(measure: .simple), named: "period-report.txt")
    try expectDocument(report.json.lines, named: "period-report.json")
  }

  @Test func `A report shows twenty services and counts the others`() throws {
    var records: [Record] = []
    for number in 1...50 {
      var log = TestLog(
        node: PharmacyIncident.node, id: IncidentID(node: PharmacyIncident.node, number: number))
      log.records = records
      var fields: [(Field, JSONValue)] = [(.title, .string("T"))]
      if number < 48 { fields.append((.service, .string("service \(number % 24)"))) }
      log.write(.opened, PharmacyIncident.wat(6, "08:00"), nil, fields)
      records = log.records
    }
    let report = try report(Journal(records))
    let lines = report.document.text(measure: .simple).split(separator: "\n")
    let services = lines.drop { $0 != "By service" }.dropFirst(3).prefix(22)
    #expect(services.filter { $0.hasPrefix("service ") }.count == 20)
    // Twenty-three services have two incidents and one has one: 40 + 7 + 3.
    #expect(
      services.suffix(2).map { $0.split(separator: " ").joined(separator: " ") }.first
        == "4 others 7")
    #expect(lines.contains { $0.hasPrefix("not recorded") && $0.hasSuffix(" 3") })
    #expect(report.json["volume"]?["by_service"]?.array?.count == 25)
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
