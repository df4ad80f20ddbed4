import LoggistModel
import Terminal
import TestSupport

@testable import LoggistUI

// The same desk with three months behind it: some forty incidents, as chance would have them, but the same every time.

extension State {
  static func ofAQuarter(size: Size = Size(rows: 24, columns: 80)) -> State {
    var state = State(size: size, now: Evening.now, desk: .ofAnEvening())
    _ = update(&state, .loaded(Register(Quarter.records, now: Evening.now, zone: .lagos)))
    return state
  }
}

extension MemoryLog {
  static var ofAQuarter: MemoryLog { MemoryLog(node: Evening.node("INC"), after: Quarter.records) }
}

enum Quarter {
  static let records: [Record] = {
    var story = QuarterStory()
    for number in 1...42 { story.tell(number) }
    return story.records
  }()
}

/// Writes incidents one after the other, two days apart or so, each along the same lines and never twice the same.
private struct QuarterStory {
  private var log = MemoryLog(node: Evening.node("INC"))
  private var random = SeededGenerator(seed: 2022)
  private(set) var records: [Record] = []
  private let begin = Evening.at("2021-10-11T00:00:00+01:00").instant

  mutating func tell(_ number: Int) {
    let id = IncidentID(node: log.node, number: number)
    // Mostly between eight and six.
    let hour = chance(70) ? pick(8...17) : pick(0...23)
    var at = begin + .days(number * 2) + .hours(hour) + .minutes(pick(0...59))
    let (title, service, place) = matter()
    write(
      [
        Entry(
          .opened, at: stamp(at),
          fields: [
            (.title, .string(title)), (.service, .string(service)),
            (.class, .string(number == 7 ? "drill" : "real")),
          ]),
        Entry(
          .complaint, at: stamp(at), text: title,
          fields: [(.place, .string(place)), (.callback, .bool(chance(30)))]),
      ], at, opens: true)
    let priority = "P\(chance(15) ? 1 : pick(2...4))"
    write([Entry(.set, id, at: stamp(at), fields: [(.priority, .string(priority))])], at)
    if number == 11 {
      write([Entry(.cancelled, id, at: stamp(at), fields: [(.reason, .string("twice"))])], at)
      return
    }
    if number == 42 { return }
    if chance(85) {
      at = at + .minutes(pick(1...40))
      write([Entry(.acknowledged, id, at: stamp(at))], at, by: chance(50) ? "ama" : "t.waller")
    }
    if chance(40) { escalate(id, &at) }
    if number > 39 { return }
    end(id, &at, isReopened: chance(12))
    if chance(50) { measure(id, at) }
  }

  private mutating func escalate(_ id: IncidentID, _ at: inout Instant) {
    at = at + .minutes(pick(2...25))
    let to: JSONValue = .string("Terence Waller")
    write([Entry(.escalated, id, at: stamp(at), fields: [(.to, to)])], at)
    guard chance(80), let escalation = records.last?.ref else { return }
    at = at + .minutes(pick(1...15))
    let ref: JSONValue = .string(escalation.description)
    write([Entry(.engaged, id, at: stamp(at), fields: [(.ref, ref)])], at)
  }

  private mutating func end(_ id: IncidentID, _ at: inout Instant, isReopened: Bool) {
    // Minutes mostly, hours often, days at times.
    let minutes = chance(60) ? pick(4...90) : chance(75) ? pick(90...600) : pick(600...9000)
    at = at + .minutes(minutes)
    write([Entry(.restored, id, at: stamp(at))], at)
    at = at + .minutes(pick(1...60))
    // Some are written down long after.
    write([Entry(.resolved, id, at: stamp(at))], at + .minutes(chance(25) ? 45 : 0))
    guard isReopened else { return }
    at = at + .hours(pick(2...30))
    let reason: JSONValue = .string("it came back")
    write([Entry(.reopened, id, at: stamp(at), fields: [(.reason, reason)])], at)
    at = at + .minutes(pick(20...200))
    write([Entry(.restored, id, at: stamp(at)), Entry(.resolved, id, at: stamp(at))], at)
  }

  private mutating func measure(_ id: IncidentID, _ at: Instant) {
    let texts = [
      "replace the old switch", "write down who may restart it", "alert before the disk is full",
      "teach the desk to read the log",
    ]
    var measure = Entry(.measure, id, at: stamp(at), text: texts[pick(0...3)])
    measure[.type] = .string(chance(60) ? "corrective" : "preventive")
    if chance(80) { measure[.owner] = .string(chance(50) ? "ama" : "t.waller") }
    if chance(80) {
      let due = Zone.lagos.civil(Evening.now).date.adding(days: pick(0...40) - 15)
      measure[.due] = .string(due.description)
    }
    write([measure], at)
    guard chance(50), let ref = records.last?.ref else { return }
    let state: JSONValue = .string(chance(50) ? "done" : "doing")
    write(
      [
        Entry(
          .measureUpdate, id, at: stamp(at),
          fields: [(.ref, .string(ref.description)), (.state, state)])
      ], at)
  }

  private mutating func matter() -> (title: String, service: String, place: String) {
    let matters = [
      ("Mail is not delivered", "e-mail", "Registration"),
      ("Cannot enter new drugs", "pharmacy", "Pharmacy"),
      ("No wifi", "wifi", "Ward A"), ("Nothing prints", "printing", "Ward B"),
      ("Badge reader dead", "badge", "back door"), ("The screen stays black", "desktop", "Ward A"),
    ]
    return matters[pick(0...5)]
  }

  private func stamp(_ at: Instant) -> Timestamp { Zone.lagos.timestamp(at.wholeSeconds) }

  private mutating func chance(_ percent: Int) -> Bool { pick(1...100) <= percent }

  private mutating func pick(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  private mutating func write(
    _ entries: [Entry], _ at: Instant, opens: Bool = false, by user: String = "ama"
  ) {
    let submission = Submission(token: 0, entries: entries, opensIncident: opens)
    records += log.append(submission, by: user, at: at)
  }
}
