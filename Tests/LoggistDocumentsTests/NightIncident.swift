import LoggistDocuments
import LoggistModel

/// An incident with everything that the reference incident lacks: two nodes, a night across midnight and a change of the
/// clocks, a reopening, a merge, corrections, a strike, a redaction, silences, an unknown kind, sign-offs.
enum NightIncident {
  static let id = IncidentID(node: PharmacyIncident.node, number: 7)
  static let ward = NodeCode("WARD2") ?? { preconditionFailure("a node's code") }()

  /// 25 October 2026, 03:00 CEST becomes 02:00 CET.
  static let berlin = Zone(
    name: "Europe/Berlin",
    periods: [
      Zone.Period(start: Instant(milliseconds: .min), offsetMinutes: 120, abbreviation: "CEST"),
      Zone.Period(start: Instant(seconds: 1_792_890_000), offsetMinutes: 60, abbreviation: "CET"),
    ])

  static var context: DocumentContext {
    DocumentContext(
      asOf: time("2026-10-26T09:00+01:00").instant, style: ClockStyle(zone: berlin),
      version: "0.1.0",
      heads: [
        DocumentContext.Head(node: PharmacyIncident.node, text: "INC.31 q0zRn3"),
        DocumentContext.Head(node: ward, text: "WARD2.3 pL9x"),
      ], isRehearsal: true)
  }

  static func time(_ text: String) -> Timestamp {
    Timestamp(text) ?? { preconditionFailure("no time: \(text)") }()
  }

  static var records: [Record] {
    var log = TestLog(node: PharmacyIncident.node, id: id)
    func at(_ text: String) -> Timestamp { time("2026-10-2\(text)") }
    log.write(
      .opened, at("4T23:40:00+02:00"), nil,
      [(.title, .string("Badge doors | ward C")), (.service, .string("badge"))], by: "kim")
    var complaint = Entry(
      .complaint, id, at: at("4T23:40:00+02:00"), text: "Doors do not open\nalarm rings",
      fields: [
        (.caller, .string("nurse Yetunde Ọlá")), (.place, .string("Ward C")),
        (.callback, .bool(true)),
        (.contact, .string("ext. 4412")),
      ])
    complaint.fields.append(JSONMember("x_extension", .array([.number("1.50"), .null])))
    complaint.tags = ["doors"]
    let call = log.append(complaint, by: "kim")
    var noticed = Entry(
      .noticed, id, at: at("4T23:35:00+02:00"), text: "Alarm on the panel",
      fields: [(.how, .string("monitoring"))])
    noticed.precision = .approximate
    log.append(noticed, logged: at("4T23:50:00+02:00"), by: "kim")
    log.write(
      .set, at("4T23:41:00+02:00"), nil,
      [(.priority, .string("P2")), (.major, .bool(true)), (.reason, .string("patients"))], by: "kim"
    )
    log.write(
      .impact, at("4T23:30:00+02:00"), nil,
      [
        (.change, .string("started")), (.scope, .string("Ward C, 40 beds")),
        (.degree, .string("full")),
      ], by: "kim")
    let first = log.write(
      .escalated, at("4T23:45:00+02:00"), nil,
      [(.to, .string("Femi Bello")), (.reachedBy, .string("pager")), (.level, .string("2"))],
      by: "kim")
    log.write(
      .unanswered, at("4T23:55:00+02:00"), nil, [(.ref, .string(first.description))], by: "kim")
    let second = log.write(
      .escalated, at("4T23:56:00+02:00"), "Second call", [(.to, .string("Ama Owusu"))], by: "kim")
    log.write(
      .engaged, at("5T00:05:00+02:00"), nil, [(.ref, .string(second.description))], by: "ama")
    log.write(.acknowledged, at("5T00:05:00+02:00"), nil, [(.who, .string("Ama Owusu"))], by: "kim")
    log.write(
      .role, at("5T00:06:00+02:00"), nil,
      [(.role, .string("on_call")), (.who, .string("Ama Owusu"))], by: "kim")
    log.write(
      .diagnosis, at("5T00:20:00+02:00"), "Power supply", [(.verdict, .string("ruled_out"))],
      by: "ama")
    let wrong = log.write(
      .check, at("5T00:50:00+02:00"), "Controller 3 does not answer",
      [(.target, .string("controller 3")), (.result, .string("no reply"))], by: "ama")
    log.write(
      .corrected, at("5T00:55:00+02:00"), nil,
      [
        (.ref, .string(wrong.description)), (.reason, .string("read the wrong label")),
        (
          .set,
          .object([
            JSONMember("text", .string("Controller 8 does not answer")),
            JSONMember("at", .string("2026-10-25T00:48:00+02:00")),
          ])
        ),
      ], by: "ama")
    let private_ = log.write(.note, at("5T01:00:00+02:00"), nil, [], by: "kim")
    log.write(
      .redacted, at("5T01:10:00+02:00"), nil,
      [(.ref, .string(private_.description)), (.reason, .string("patient's name"))], by: "kim")
    let struck = log.write(
      .mitigation, at("5T01:15:00+02:00"), "Doors propped open: SECRET",
      [(.outcome, .string("held"))], by: "ama")
    log.write(
      .struck, at("5T01:16:00+02:00"), nil,
      [(.ref, .string(struck.description)), (.reason, .string("other incident"))], by: "ama")
    log.write(
      .change, at("5T02:30:00+02:00"), "Controller 8 restarted",
      [(.target, .string("controller 8"))], by: "ama")
    log.write(
      .diagnosis, at("5T02:30:00+01:00"), "Firmware 4.2 loses its clock",
      [(.verdict, .string("confirmed"))], by: "ama")
    log.write(
      .impact, at("5T02:35:00+01:00"), nil,
      [(.change, .string("changed")), (.degree, .string("degraded"))], by: "ama")
    log.write(
      .restored, at("5T02:40:00+01:00"), "Doors open again", [(.verifiedBy, .string("ward C"))],
      by: "ama")
    log.write(.resolved, at("5T02:45:00+01:00"), nil, [(.how, .string("workaround"))], by: "ama")
    log.write(
      .reopened, at("5T07:00:00+01:00"), nil, [(.reason, .string("doors shut again"))], by: "kim")
    log.write(
      .mitigation, at("5T07:20:00+01:00"), "Firmware 4.1 installed", [(.outcome, .string("held"))],
      by: "ama")
    log.write(
      Kind(name: "drone_flight"), at("5T07:21:00+01:00"), "From a later version", [], by: "ama")
    log.write(.impact, at("5T07:25:00+01:00"), nil, [(.change, .string("ended"))], by: "ama")
    log.write(.restored, at("5T07:25:00+01:00"), nil, [], by: "ama")
    log.write(
      .informed, at("5T07:30:00+01:00"), nil, [(.ref, .string(call.description))], by: "kim")
    let measure = log.write(
      .measure, at("5T08:00:00+01:00"), "Pin the firmware",
      [
        (.type, .string("preventive")), (.owner, .string("Ama Owusu")),
        (.due, .string("2026-10-25")),
      ], by: "ama")
    log.write(
      .measureUpdate, at("5T08:05:00+01:00"), nil,
      [(.ref, .string(measure.description)), (.state, .string("doing"))], by: "ama")
    log.write(.factor, at("5T08:10:00+01:00"), "Firmware updates are not announced", [], by: "ama")
    log.write(
      .signed, at("6T08:30:00+01:00"), nil,
      [(.role, .string("manager")), (.openHints, .integer(3))], by: "r.okoye")
    var other = TestLog(node: ward, id: IncidentID(node: ward, number: 1))
    other.write(
      .complaint, at("4T23:38:00+02:00"), "Cannot enter the ward", [(.caller, .string("Dr 李"))],
      by: "desk2")
    other.write(
      .merged, at("4T23:58:00+02:00"), nil, [(.into, .string(id.description))], by: "desk2")
    return log.records + other.records
  }
}
