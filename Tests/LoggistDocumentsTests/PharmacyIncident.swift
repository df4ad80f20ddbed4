import LoggistDocuments
import LoggistModel

/// The reference incident of docs (pharmacy outage, 5 January 2022) as an officer would have logged it: the first calls
/// live, the rest back-filled, the post-mortem written the next day.
enum PharmacyIncident {
  static let id = IncidentID(node: node, number: 1)
  static let node = NodeCode("INC") ?? { preconditionFailure("a node's code") }()
  static let lagos = Zone(name: "Africa/Lagos", offsetMinutes: 60, abbreviation: "WAT")

  static func context(_ hours: HourStyle = .twelve) -> DocumentContext {
    DocumentContext(
      asOf: wat(6, "10:00").instant, style: ClockStyle(zone: lagos, hours: hours),
      version: "0.1.0",
      heads: [
        DocumentContext.Head(
          node: node, text: "INC.25 2b7e151628aed2a6abf7158809cf4f3c762e7160f38")
      ],
      deskName: "St. Nicholas IT desk")
  }

  static var journal: Journal { Journal(records) }

  /// `20:45` on a day of January 2022 in Lagos.
  static func wat(_ day: Int, _ time: String) -> Timestamp {
    guard let timestamp = Timestamp("2022-01-0\(day)T\(time):00+01:00") else {
      preconditionFailure("no time: \(time)")
    }
    return timestamp
  }

  static var records: [Record] {
    var log = TestLog(node: node, id: id)
    let scope =
      "Mainly the pharmacy interface: health-care personnel could not make prescription requests to the pharmacy; "
      + "all personnel affected"
    log.append(
      Entry(
        .opened, id, at: wat(5, "20:50"),
        fields: [
          (.title, .string("Pharmacy outage")), (.class, .string("real")),
          (.service, .string("pharmacy")), (.place, .string("Pharmacy")),
        ]), logged: wat(5, "20:51"), by: "ama")
    log.append(
      Entry(
        .complaint, id, at: wat(5, "20:50"),
        text: "Cannot enter newly acquired drugs into the pharmacy store",
        fields: [
          (.caller, .string("pharmacist on call")), (.place, .string("Pharmacy")),
          (.channel, .string("phone")),
        ]), logged: wat(5, "20:51"), by: "ama")
    log.append(
      Entry(
        .noticed, id, at: wat(5, "20:45"), text: "The issue was noticed",
        fields: [(.how, .string("staff"))]), logged: wat(5, "20:52"), by: "ama")
    log.append(
      Entry(
        .observation, id, at: wat(5, "20:55"),
        text:
          "Staff took it for a network error and refreshed the browser page several times; other parts of the "
          + "service were up, the issue persisted"), logged: wat(5, "20:56"), by: "ama")
    log.append(
      Entry(
        .escalated, id, at: wat(5, "21:02"),
        text: "Reported to the front desk officer, who at once called the IT officer on call",
        fields: [(.to, .string("Terence Waller")), (.reachedBy, .string("phone"))]),
      logged: wat(5, "21:03"), by: "ama")
    log.append(
      Entry(.set, id, at: wat(5, "21:03"), fields: [(.priority, .string("P1"))]),
      logged: wat(5, "21:03"), by: "ama")
    log.append(
      Entry(
        .diagnosis, id, at: wat(5, "21:10"),
        text:
          "Other microservices unaffected, only pharmacy-related requests; debug mode turned on, which showed "
          + "where the error was",
        fields: [(.verdict, .string("confirmed"))]), logged: wat(5, "21:12"), by: "t.waller")
    log.append(
      Entry(
        .mitigation, id, at: wat(5, "21:20"),
        text:
          "API reverted to the previous version and the pharmacy microservice restarted, so that the recent "
          + "update can be reviewed more rigorously",
        fields: [(.outcome, .string("held"))]), logged: wat(5, "21:24"), by: "t.waller")
    log.append(
      Entry(
        .restored, id, at: wat(5, "21:23"), text: "Service back up",
        fields: [(.verifiedBy, .string("the same request, repeated"))]), logged: wat(5, "21:24"),
      by: "t.waller")
    log.append(
      Entry(
        .impact, id, at: wat(5, "20:45"),
        fields: [
          (.change, .string("started")), (.scope, .string(scope)), (.degree, .string("full")),
        ]), logged: wat(5, "21:40"), by: "ama")
    log.append(
      Entry(.impact, id, at: wat(5, "21:23"), fields: [(.change, .string("ended"))]),
      logged: wat(5, "21:40"), by: "ama")
    log.write(.summary, wat(6, "09:00"), prose.summary)
    log.write(
      .rootCause, wat(6, "09:05"), prose.rootCause, [(.category, .string("software update"))])
    log.write(.resolution, wat(6, "09:10"), prose.resolution)
    for (number, step) in prose.corrective.enumerated() {
      log.write(
        .measure, wat(6, "09:1\(number)"), step,
        [(.type, .string("corrective")), (.owner, .string("Terence Waller"))])
    }
    for (number, measure) in prose.preventive.enumerated() {
      log.write(.measure, wat(6, "09:2\(number)"), measure, [(.type, .string("preventive"))])
    }
    return log.records
  }

  static let prose = (
    summary:
      "Downtime of the pharmacy from 8:45 pm to 9:23 pm WAT on January 5th, 2022 (38 minutes). "
      + "Health-care personnel could not make prescription requests to the pharmacy; all personnel affected.",
    rootCause:
      "A bug brought in by the API update of December 2021, triggered by onboarding drugs whose name contains "
      + "non-ASCII characters.\n\n"
      + "Pharmacy API, update from version 0.2.6 to 0.3.0: in file /api/views/pharmacy/drugs.py, line 254, view "
      + "function add_drugs(details), the character encoding was not passed to the open function that writes a "
      + "temporary drug file.",
    resolution:
      "The backup service on API version 0.2.6 was started and the current version isolated, so that it can "
      + "be investigated when the team assembles.",
    corrective: [
      "Set debug=True on the flask server's start-up command", "Restart the server",
      "Replicate with a drug request whose name has a non-ASCII character",
      "Print the debug output and save the traceback to error.txt",
      "Extract the server's access and error logs", "Shut down the current server",
      "Start the backup server on API 0.2.6", "Repeat the same request",
    ],
    preventive: [
      "Improve the code review process", "More automated tests for such scenarios",
      "A strict mode for the codebase",
    ]
  )
}

/// Builds records one after the other, as one node would have logged them.
struct TestLog {
  var records: [Record] = []
  let node: NodeCode
  let id: IncidentID

  init(node: NodeCode, id: IncidentID) {
    (self.node, self.id) = (node, id)
  }

  /// Logs an entry, at the moment when it happened where no other is given.
  @discardableResult
  mutating func append(_ entry: Entry, logged: Timestamp? = nil, by: String = "ama") -> EntryRef {
    let ref = EntryRef(node: node, sequence: records.count + 1)
    // Strictly increasing within a node, as the writer makes it.
    let wanted = (logged ?? entry.at).instant
    let earliest = records.last.map { $0.logged + TimeSpan(milliseconds: 1) } ?? wanted
    records.append(
      Record(ref: ref, logged: max(wanted, earliest), by: by, via: .tui, entry: entry))
    return ref
  }

  @discardableResult
  mutating func write(
    _ kind: Kind, _ at: Timestamp, _ text: String? = nil, _ fields: [(Field, JSONValue)] = [],
    by: String = "t.waller"
  ) -> EntryRef {
    append(Entry(kind, id, at: at, text: text, fields: fields), by: by)
  }
}
