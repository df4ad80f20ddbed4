import LoggistDocuments
import LoggistModel
import Testing

/// The end of an evening: a major incident and an old one are open, one was ended, and five sorts of things wait.
@Suite struct HandoverDocumentTests {
  private static let node = PharmacyIncident.node

  private static func id(_ number: Int) -> IncidentID { IncidentID(node: node, number: number) }

  private static var records: [Record] {
    var log = TestLog(node: node, id: id(1))
    func at(_ time: String) -> Timestamp { PharmacyIncident.wat(5, time) }
    func open(_ number: Int, _ time: String, _ title: String, _ service: String) {
      log.append(
        Entry(
          .opened, id(number), at: at(time),
          fields: [(.title, .string(title)), (.service, .string(service))]))
    }
    open(1, "08:10", "Badge reader dead | back door", "badge")
    log.append(Entry(.set, id(1), at: at("08:12"), fields: [(.priority, .string("P4"))]))
    log.append(
      Entry(
        .measure, id(1), at: at("08:20"), text: "order a reader",
        fields: [
          (.type, .string("corrective")), (.owner, .string("ama")), (.due, .string("2022-01-04")),
        ]))
    open(2, "20:45", "Pharmacy interface fails", "pharmacy")
    log.append(
      Entry(
        .complaint, id(2), at: at("20:50"), text: "Cannot enter new drugs",
        fields: [
          (.caller, .string("pharmacist on call")), (.place, .string("Pharmacy")),
          (.contact, .string("ext. 214")), (.callback, .bool(true)),
        ]))
    log.append(
      Entry(
        .set, id(2), at: at("20:52"),
        fields: [(.priority, .string("P1")), (.major, .bool(true))]))
    log.append(
      Entry(.escalated, id(2), at: at("21:02"), fields: [(.to, .string("Terence Waller"))]))
    log.append(
      Entry(
        .comms, id(2), at: at("21:05"), text: "we are at it",
        fields: [
          (.audience, .string("wards")), (.nextDue, .string("2022-01-05T21:30:00+01:00")),
        ]))
    open(3, "20:10", "No wifi in Ward A", "wifi")
    log.append(Entry(.restored, id(3), at: at("20:30")))
    log.append(Entry(.resolved, id(3), at: at("20:35"), text: "controller restarted"))
    log.append(Entry(.complaint, at: at("21:10"), text: "The printer is out of toner"))
    log.append(
      Entry(
        .handover, at: at("20:00"), text: "a quiet day",
        fields: [
          (.from, .string("ben")), (.to, .string("ama")),
          (.open, .array([.string("INC-1")])),
        ]))
    return log.records
  }

  private func document(at time: String = "21:40", _ extra: [Record] = []) -> HandoverDocument {
    let journal = Journal(Self.records + extra)
    let now = PharmacyIncident.wat(5, time).instant
    var context = PharmacyIncident.context(.twentyFour)
    context.asOf = now
    let handovers = Handovers(journal)
    let shift = Shift(
      journal, since: PharmacyIncident.wat(5, "20:00").instant, now: now,
      zone: PharmacyIncident.lagos)
    let minute = TimeSpan.minutes(1)
    return HandoverDocument(
      shift, last: handovers.last,
      targets: [.p1: Deadline.Target(acknowledge: .minutes(5), fix: .hours(1))]
        .merging([.p4: Deadline.Target(acknowledge: minute, fix: nil)]) { $1 },
      context: context)
  }

  @Test func `The handover of an evening is this document`() throws {
    let made = document()
    try expectDocument(made.document.markdown, named: "handover.md")
    try expectDocument(made.document.text(width: 80, measure: .simple), named: "handover.txt")
    try expectDocument(made.json.lines, named: "handover.json")
  }

  @Test func `A shift without anything says so`() {
    let now = PharmacyIncident.wat(5, "21:40").instant
    let shift = Shift(
      Journal(), since: now - .hours(8), now: now, zone: PharmacyIncident.lagos)
    let text = HandoverDocument(shift, last: nil, context: PharmacyIncident.context())
      .document.text(measure: .simple)
    #expect(text.contains("Nothing is open."))
    #expect(text.contains("Nobody waits for anything."))
    #expect(text.contains("No handover has been given yet."))
  }
}
