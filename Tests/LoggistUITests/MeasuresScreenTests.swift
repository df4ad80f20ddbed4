import LoggistModel
import Terminal
import TestSupport
import Testing

@testable import LoggistUI

@Suite struct MeasuresScreenTests {
  private func runner() -> ScriptRunner {
    var runner = ScriptRunner(.ofAQuarter(), log: .ofAQuarter)
    runner.handle(.key("m"))
    return runner
  }

  private func measures(_ state: State) throws -> MeasuresScreen {
    guard case .measures(let measures) = state.screen else { throw Missing() }
    return measures
  }

  struct Missing: Error {}

  @Test func `All open measures stand there once, the earliest due first`() throws {
    let state = runner().state
    let rows = try measures(state).rows
    let open = state.journal.incidents.values.flatMap(\.measures)
      .filter { $0.state == "open" || $0.state == "doing" }
    #expect(rows.count > 8)
    #expect(Set(rows.map(\.ref)) == Set(open.map(\.ref)))
    let dues = rows.map { $0.due?.end.milliseconds ?? .max }
    #expect(dues == dues.sorted())
    let overdue = rows.count { $0.isOverdue(state.now) }
    #expect(overdue > 0)
    #expect(try measures(state).overdue(state.now) == overdue)
    #expect(render(state).rows[0].hasPrefix("Measures  \(overdue) overdue of \(rows.count) open"))
  }

  @Test(
    arguments: [
      ("d", "done", 1, "done"), ("x", "not worth it", 1, "dropped"), ("s", "on it", 0, "doing"),
    ] as [(Key, String, Int, String)])
  func `A key logs how far a measure is, with a remark`(
    key: Key, remark: String, gone: Int, state word: String
  ) throws {
    var runner = runner()
    while try measures(runner.state).rows.first(where: {
      $0.ref == (try? measures(runner.state))?.selected
    })?.isBegun == true {
      runner.handle(.key("Down"))
    }
    let before = try measures(runner.state)
    runner.handle(.key(key))
    for letter in remark { runner.handle(.key(Key(.character(letter)))) }
    runner.handle(.key("Enter"))
    let logged = try #require(runner.state.journal.records.last?.entry)
    #expect(logged.kind == .measureUpdate && logged.text == remark)
    #expect(logged.ref == before.selected && logged.string(.state) == word)
    let after = try measures(runner.state)
    #expect(after.rows.count == before.rows.count - gone)
    #expect(after.rows.contains { $0.ref == after.selected })
  }

  /// Whatever is logged: what was taken in piece by piece is what is found by looking at everything.
  @Test func `Entries that arrive leave it as if it had just been opened`() throws {
    var random = SeededGenerator(seed: 9)
    var runner = runner()
    let refs = try measures(runner.state).rows.map(\.ref)
    for step in 0..<80 {
      _ = arrive(&runner, step, refs, &random)
      var fresh = MeasuresScreen(of: runner.state.journal)
      while fresh.isWorking { fresh.work(runner.state.journal, runner.state.desk.zone) }
      #expect(try measures(runner.state).rows == fresh.rows)
    }
  }

  private func arrive(
    _ runner: inout ScriptRunner, _ step: Int, _ refs: [EntryRef],
    _ random: inout SeededGenerator
  ) -> Record {
    let at = runner.state.desk.zone.timestamp(runner.state.now)
    let about = refs.randomElement(using: &random) ?? refs[0]
    let ref: JSONValue = .string(about.description)
    let incident = runner.state.journal.entry(about)?.incident
    let reason: JSONValue = .string("so")
    let entry: Entry =
      switch Int.random(in: 0...5, using: &random) {
      case 0: Entry(.struck, at: at, fields: [(.ref, ref), (.reason, reason)])
      case 1: Entry(.unstruck, at: at, fields: [(.ref, ref), (.reason, reason)])
      case 2:
        Entry(
          .corrected, at: at,
          fields: [
            (.ref, ref), (.reason, reason),
            (.set, .object([JSONMember("due", .string("2022-01-\(10 + step % 20)"))])),
          ])
      case 3: Entry(.cancelled, incident, at: at, fields: [(.reason, reason)])
      case 4: Entry(.reopened, incident, at: at, fields: [(.reason, reason)])
      default:
        Entry(
          .measureUpdate, incident, at: at,
          fields: [
            (.ref, ref),
            (.state, .string(["open", "doing", "done"].randomElement(using: &random) ?? "open")),
          ])
      }
    let record = Record(
      ref: EntryRef(node: Evening.node("WARD"), sequence: step + 1), logged: runner.state.now,
      by: "ward", via: .cli, entry: entry)
    runner.handle(.arrived([record]))
    return record
  }

  @Test func `What was logged while an incident lay above it is there on the way back`() throws {
    var runner = runner()
    let count = try measures(runner.state).rows.count
    runner.handle(.key("Enter"))
    for key: Key in ["M"] { runner.handle(.key(key)) }
    for letter in "buy a spare @ama" { runner.handle(.key(Key(.character(letter)))) }
    runner.handle(.key("Enter"))
    runner.handle(.key("Esc"))
    #expect(try measures(runner.state).rows.count == count + 1)
  }

  @Test(arguments: [
    ("2022-01-05", "due today", "Today"), ("2022-01-04", "overdue 1 d", "Overdue"),
    ("2022-01-06", "due tomorrow", "In the next 7 days"),
    ("2022-01-12", "due in 7 d", "Later"),
    ("2022-01-05T20:00:00+01:00", "overdue today", "Overdue"),
    ("soon", "no date", "No due date"),
  ])
  func `When it is due is said in words`(due: String, words: String, term: String) {
    let node = Evening.node("INC")
    let row = MeasureRow(
      ref: EntryRef(node: node, sequence: 1), incident: IncidentID(node: node, number: 1),
      text: "x", owner: nil, isBegun: false, isCorrective: true,
      due: MeasureRow.Due(due, in: .lagos))
    let clock = ClockStyle(zone: .lagos)
    #expect(row.dueWords(Evening.now, clock) == words)
    #expect(row.term(Evening.now, clock) == term)
  }

  @Test func `Nothing to do is said, and no key pretends otherwise`() {
    var state = State.ofAnEvening()
    _ = update(&state, .key("m"))
    #expect(render(state).rows[1].contains("Collecting: 0 of 3 incidents"))
    while state.hasWork { state.work() }
    #expect(render(state).rows[1].contains("No measure is open."))
    for key: Key in ["d", "Enter", "=", "Tab"] {
      #expect(update(&state, .key(key)) == [.bell])
      #expect(state.notice?.text == "No measure is open")
    }
  }
}
