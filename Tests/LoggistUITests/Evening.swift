import LoggistModel
import Terminal

@testable import LoggistUI

// The desk that the tests sit at: an evening in January 2022, three incidents, a clock that stands still.

extension Zone {
  static let lagos = Zone(name: "Africa/Lagos", offsetMinutes: 60, abbreviation: "WAT")
}

extension MemoryLog {
  static var ofTheDesk: MemoryLog { MemoryLog(node: Evening.node("INC"), after: Evening.records) }
}

extension Desk {
  static func ofAnEvening() -> Desk {
    Desk(
      name: "St. Nicholas IT desk", user: "ama", zone: .lagos,
      services: ["pharmacy", Vocabulary.Name("e-mail", aliases: ["mail"]), "badge"],
      places: ["Pharmacy", "Ward A"], people: ["t.waller": "Terence Waller"],
      canned: ["wifi": "Asked the caller to forget the network and join again."],
      targets: [
        .p1: Desk.Target(acknowledge: .minutes(5), fix: .hours(1)),
        .p2: Desk.Target(acknowledge: .minutes(15), fix: .hours(4)),
      ])
  }
}

extension State {
  static func ofAnEvening(size: Size = Size(rows: 24, columns: 80), drafts: [Draft] = []) -> State {
    var state = State(size: size, now: Evening.now, desk: .ofAnEvening(), drafts: drafts)
    _ = update(&state, .loaded(Register(Evening.records, now: Evening.now, zone: .lagos)))
    return state
  }
}

extension State {
  static func ofAFirstRun(size: Size = Size(rows: 24, columns: 80)) -> State {
    let proposal = NewStore(desk: "IT desk", zone: "Africa/Lagos", name: "Ama Owusu")
    let zones = [
      "Africa/Abidjan", "Africa/Lagos", "America/New_York", "Asia/Colombo", "Europe/Lisbon",
      "Europe/London", "UTC",
    ]
    return .firstRun(
      FirstRunScreen(path: "/home/ama/.local/share/loggist", proposal: proposal, zones: zones),
      size: size, now: Evening.now, desk: Desk(name: "IT desk", user: "ama", zone: .lagos))
  }
}

extension Evening {
  /// Stands in for the documents: a text that says what it was made of.
  static func answer(_ effect: Effect) -> [Message] {
    switch effect {
    case .preview(let account, let width):
      let incident = account.journal(knowing: account.records.count).incidents[account.id]
      let title = "Post-mortem: \(incident?.title ?? "")"
      let head = [title, String(repeating: "=", count: title.count), ""]
      let entries = (incident?.entries ?? []).map {
        "\($0.ref)  \($0.kind.name)  \($0.entry.phrase)"
      }
      let rest = (1...30).map { "line \($0) of a text that is \(width) cells wide" }
      return [.previewed(account.id, head + entries + rest)]
    case .drawUp(let shift, let last, _):
      var lines = ["Handover", "========", ""]
      lines += shift.open.map { "\($0.id)  \($0.title)" }
      lines += shift.callbacks.map { "call back \($0.ref)" }
      lines += shift.ended.map { "ended \($0.id)" }
      return [.drawnUp(lines + ["last: \(last.map { "\($0.ref)" } ?? "none")"])]
    default: return []
    }
  }
}

enum Evening {
  static let now = at("2022-01-05T20:58:00+01:00").instant

  static func at(_ text: String) -> Timestamp {
    guard let timestamp = Timestamp(text) else { preconditionFailure("no time: \(text)") }
    return timestamp
  }

  static func node(_ text: String) -> NodeCode {
    guard let node = NodeCode(text) else { preconditionFailure("no node: \(text)") }
    return node
  }

  /// An e-mail incident in hand, a badge reader that waits, and one that was resolved today.
  static let records: [Record] = {
    var log = MemoryLog(node: Evening.node("INC"))
    var records: [Record] = []
    func day(_ time: String) -> Timestamp { at("2022-01-05T\(time):00+01:00") }
    func write(_ time: String, _ entries: [Entry], opens: Bool = false, by user: String = "ama") {
      let submission = Submission(token: 0, entries: entries, opensIncident: opens)
      records += log.append(submission, by: user, at: day(time).instant)
    }
    func call(_ time: String, _ text: String, _ fields: [(Field, JSONValue)], service: String) {
      let complaint = Entry(.complaint, at: day(time), text: text, fields: fields)
      var opened = Entry(.opened, at: day(time), fields: [(.title, .string(text))])
      opened[.service] = .string(service)
      write(time, [opened, complaint], opens: true)
    }
    let first = IncidentID(node: log.node, number: 1)
    let second = IncidentID(node: log.node, number: 2)
    let third = IncidentID(node: log.node, number: 3)
    call("18:40", "No wifi in Ward A", [(.place, .string("Ward A"))], service: "wifi")
    write("18:58", [Entry(.restored, first, at: day("18:58"))])
    write("19:02", [Entry(.resolved, first, at: day("19:02"), text: "controller restarted")])
    call(
      "19:18", "Mail is not delivered",
      [(.caller, .string("registration")), (.callback, .bool(true))], service: "e-mail")
    write("19:18", [Entry(.set, second, at: day("19:18"), fields: [(.priority, .string("P2"))])])
    write("19:20", [Entry(.acknowledged, second, at: day("19:20"))], by: "t.waller")
    write(
      "20:41", [Entry(.check, second, at: day("20:41"), text: "queue drained, watching")],
      by: "t.waller")
    call("12:10", "Badge reader dead at the back door", [], service: "badge")
    write("12:12", [Entry(.set, third, at: day("12:12"), fields: [(.priority, .string("P4"))])])
    return records
  }()
}
