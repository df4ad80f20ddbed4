import LoggistMetrics
import LoggistModel
import Terminal
import TestSupport
import Testing

@testable import LoggistUI

@Suite struct MetricsScreenTests {
  private func state(_ period: String = "2021-Q4") -> State {
    var state = State.ofAQuarter()
    press(&state, ["M", "p"])
    for letter in period { press(&state, [Key(.character(letter))]) }
    press(&state, ["Enter"])
    return state
  }

  private func press(_ state: inout State, _ keys: [Key]) {
    for key in keys {
      _ = update(&state, .key(key))
      while state.hasWork { state.work() }
    }
  }

  private func metrics(_ state: State) throws -> MetricsScreen {
    guard case .metrics(let metrics) = state.screen else {
      throw Missing(what: "the metrics screen")
    }
    return metrics
  }

  struct Missing: Error { let what: String }

  @Test func `The figures are those of the command`() throws {
    let state = state()
    let period = try #require(Period("2021-Q4", in: .lagos))
    let expected = PeriodMetrics(
      state.journal.incidents.values, period: period, asOf: state.now, by: .priority,
      targets: state.desk.targets)
    #expect(try metrics(state).figures == expected)
  }

  @Test func `This month is what it opens with, and a wrong period says what can be written`()
    throws
  {
    var state = State.ofAQuarter()
    press(&state, ["M"])
    #expect(try metrics(state).period.label == "2022-01")
    press(&state, ["p", "x", "Enter"])
    #expect(state.composer?.problem?.contains("2026-W47") == true)
    press(&state, ["ctrl-u", "Enter"])
    #expect(state.composer == nil)
    #expect(try metrics(state).period.label == "2022-01")
    press(&state, ["Left"])
    #expect(try metrics(state).period.label == "2021-12")
  }

  /// Each figure of each grouping opens as many incidents as it says, and its marks stand at the incidents of its
  /// percentiles.
  @Test func `Behind every figure stand its incidents`() throws {
    var state = state()
    for _ in 0..<4 {
      for row in try metrics(state).rows {
        press(&state, ["Home"])
        while try metrics(state).selected != row.figure { press(&state, ["Down"]) }
        press(&state, ["Enter"])
        let list = try #require(try metrics(state).list)
        check(list, row, try metrics(state))
        press(&state, ["Esc"])
        #expect(try metrics(state).selected == row.figure)
      }
      press(&state, ["b"])
    }
  }

  private func check(_ list: FigureList, _ row: FigureRow, _ metrics: MetricsScreen) {
    guard case .clock(let id, let group) = row.figure,
      let summary = metrics.figures?.summary(id, in: group)
    else {
      #expect(list.rows.count == row.n)
      return
    }
    let name = "\(id) \(group?.title ?? "all")"
    let ended = list.rows.filter { !$0.isOpen && $0.seconds != nil }
    #expect(ended.map { $0.seconds } == summary.values.reversed().map { $0.seconds }, "\(name)")
    #expect(list.rows.count { $0.isOpen } == row.open, "\(name)")
    #expect(list.rows.count { $0.seconds == nil } == row.missing, "\(name)")
    for (mark, value) in [("median", summary.p50), ("p90", summary.p90), ("p95", summary.p95)] {
      let marked = list.rows.first { $0.remark.split(separator: " ").contains(mark[...]) }
      #expect(marked?.incident == value?.incident, "\(name) \(mark)")
      #expect(marked?.seconds == value?.seconds, "\(name) \(mark)")
    }
  }

  @Test
  func
    `Enter on a value selects the entry that stopped the clock, and Esc goes back level by level`()
    throws
  {
    var state = state()
    while try metrics(state).selected != .clock(.tts, nil) { press(&state, ["Down"]) }
    press(&state, ["Enter", "Down", "Enter"])
    guard case .incident(let incident) = state.screen else { throw Missing(what: "the incident") }
    let selected = try #require(incident.selected.flatMap { state.journal.entry($0) })
    #expect(selected.kind == .resolved)
    press(&state, ["Esc"])
    #expect(try metrics(state).list?.selected == 1)
    press(&state, ["Esc"])
    #expect(try metrics(state).list == nil)
    press(&state, ["Esc"])
    guard case .board = state.screen else { throw Missing(what: "the board") }
  }

  @Test func `What arrives changes no figure until somebody asks`() throws {
    var state = state("2022-01")
    let before = try metrics(state)
    press(&state, ["r"])
    #expect(state.notice?.text == "Nothing has changed since")
    var log = MemoryLog.ofAQuarter
    let at = state.desk.zone.timestamp(state.now)
    let call = Entry(.complaint, at: at, text: "no sound")
    let opened = Entry(.opened, at: at, fields: [(.title, .string("no sound"))])
    let records = log.append(
      Submission(token: 0, entries: [opened, call], opensIncident: true), by: "ama", at: state.now)
    _ = update(&state, .arrived(records))
    #expect(try metrics(state) == before)
    #expect(render(state).rows[0].contains("2 new since 20:58"))
    press(&state, ["r"])
    let population = try #require(try metrics(state).figures).population
    #expect(population.members.count == (before.figures?.population.members.count ?? 0) + 1)
    #expect(!render(state).rows[0].contains("new since"))
  }

  @Test func `A long log is gone through in slices, and says how far it is`() throws {
    var state = State(size: Size(rows: 24, columns: 80), now: Evening.now, desk: .ofAnEvening())
    let records = (1...450).map { Self.incident($0) }
    _ = update(&state, .loaded(Register(records, now: Evening.now, zone: .lagos)))
    _ = update(&state, .key("M"))
    state.work()
    #expect(render(state).rows[1].contains("25 of 450 incidents"))
    var slices = 1
    while state.hasWork {
      state.work()
      slices += 1
    }
    #expect(try metrics(state).figures?.population.members.count == 450)
    let clocks = ClockID.ofIncidents.count
    // Of the incidents, to divide them up, of the services, of its clocks for all of them and for one group, and to put it
    // together.
    #expect(slices == 450 / 25 + 1 + 1 + 2 * clocks + 1)
    #expect(Backlog.spelled(1_234_567) == "1,234,567" && Backlog.spelled(-5) == "-5")
  }

  private static func incident(_ number: Int) -> Record {
    let node = Evening.node("INC")
    let id = IncidentID(node: node, number: number)
    let at = Zone.lagos.timestamp(Evening.now - .minutes(number))
    return Record(
      ref: EntryRef(node: node, sequence: number), logged: at.instant, by: "ama", via: .cli,
      entry: Entry(.opened, id, at: at, fields: [(.title, .string("\(number)"))]))
  }

  @Test func `Opened before the log was read, it begins anew when it has been`() throws {
    var state = State(size: Size(rows: 24, columns: 80), now: Evening.now, desk: .ofAnEvening())
    let some = Register(Array(Quarter.records.suffix(40)), now: Evening.now, zone: .lagos)
    _ = update(&state, .loaded(some, isWhole: false))
    press(&state, ["M"])
    #expect(render(state).rows[0].contains("of what has been read"))
    let whole = Register(Quarter.records, now: Evening.now, zone: .lagos)
    _ = update(&state, .loaded(whole))
    while state.hasWork { state.work() }
    var fresh = State.ofAQuarter()
    press(&fresh, ["M"])
    #expect(try metrics(state).rows == metrics(fresh).rows)
    #expect(try metrics(state).figures == metrics(fresh).figures)
  }

  @Test func `It is whole in any size, with any period and on every level`() throws {
    var random = SeededGenerator(seed: 5)
    var state = state()
    let keys: [Key] = [
      "Up", "Down", "PageDown", "PageUp", "Home", "End", "Enter", "Esc", "b", "v", "[", "]", "r",
    ]
    for _ in 0..<600 {
      if case .board = state.screen { press(&state, ["M"]) }
      press(&state, [keys.randomElement(using: &random) ?? "Down"])
      let rows = Int.random(in: 0...50, using: &random)
      let columns = Int.random(in: 0...180, using: &random)
      _ = update(&state, .resize(Size(rows: rows, columns: columns)))
      let frame = render(state)
      #expect(frame.size == state.size)
      if let cursor = frame.cursor {
        #expect((0..<rows).contains(cursor.row) && (0..<columns).contains(cursor.column))
      }
    }
  }
}
