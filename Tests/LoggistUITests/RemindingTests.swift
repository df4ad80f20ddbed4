import LoggistModel
import Terminal
import Testing

@testable import LoggistUI

@Suite struct RemindingTests {
  private func effects(_ state: inout State, after span: TimeSpan) -> [Effect] {
    update(&state, .clock(state.now + span))
  }

  @Test func `The bell rings once when a reminder begins, and the screen wakes for it`() {
    var state = State.onDuty()
    // INC-2 is a P2, its last entry was logged at 20:41.
    let begins = Evening.at("2022-01-05T21:41:00+01:00").instant
    #expect(effects(&state, after: .minutes(42)).isEmpty)
    #expect(!state.hasBanner)
    #expect(abs((state.nextReminder - begins).milliseconds) < 1000)
    #expect(state.nextWake <= state.nextReminder)
    #expect(effects(&state, after: .minutes(2)) == [.bell])
    #expect(state.hasBanner)
    #expect(effects(&state, after: .minutes(1)).isEmpty)
  }

  @Test func `What has been due when the log is read rings no bell`() {
    var state = State.onDuty()
    state.now = state.now + .hours(3)
    let register = Register(Evening.records, now: state.now, zone: .lagos)
    #expect(!update(&state, .loaded(register)).contains(.bell))
    #expect(state.hasBanner)
  }

  @Test func `An alarm rings once, stands before every reminder, and goes when it is over`() {
    var state = State.onDuty()
    #expect(update(&state, .alarm("there are two different INC.6")) == [.bell])
    #expect(update(&state, .alarm("there are two different INC.6")) == [])
    #expect(state.hasBanner)
    #expect(row(1, of: state).hasPrefix(" there are two different INC.6"))
    _ = effects(&state, after: .hours(3))
    #expect(row(1, of: state).hasPrefix(" there are two different INC.6  +"))
    #expect(update(&state, .alarm(nil)) == [])
    #expect(!row(1, of: state).contains("two different"))
  }

  private func row(_ row: Int, of state: State) -> String { render(state).text(row: row) }

  @Test func `Half a log reminds of nothing`() {
    var state = State.onDuty()
    state.now = state.now + .hours(3)
    let register = Register(Evening.records, now: state.now, zone: .lagos)
    #expect(update(&state, .loaded(register, isWhole: false)).isEmpty)
    #expect(!state.hasBanner)
  }

  @Test func `A clock that passes is told once`() throws {
    var state = State.onDuty()
    var log = MemoryLog.ofTheDesk
    let call = [
      Entry(.opened, at: Evening.at("2022-01-05T20:58:00+01:00"), fields: [(.title, .string("t"))]),
      Entry(.complaint, at: Evening.at("2022-01-05T20:58:00+01:00"), text: "t"),
      Entry(
        .set, at: Evening.at("2022-01-05T20:58:00+01:00"), fields: [(.priority, .string("P1"))]),
    ]
    let records = log.append(
      Submission(token: 1, entries: call, opensIncident: true), by: "ama", at: state.now)
    _ = update(&state, .arrived(records))
    #expect(effects(&state, after: .minutes(4)) == [])
    let told = effects(&state, after: .minutes(1)).compactMap { effect -> [String]? in
      guard case .overdue(let passed) = effect else { return nil }
      return passed.map { "\($0.deadline.incident) \($0.deadline.clock.rawValue) \($0.title)" }
    }
    #expect(told == [["INC-4 ack t"]])
    #expect(
      !effects(&state, after: .minutes(1)).contains {
        if case .overdue = $0 { true } else { false }
      })
  }

  @Test(arguments: [
    Size(rows: 1, columns: 1), Size(rows: 2, columns: 3), Size(rows: 5, columns: 20),
    Size(rows: 10, columns: 40), Size(rows: 24, columns: 80), Size(rows: 300, columns: 500),
  ])
  func `The banner fits any size, with any text`(_ size: Size) {
    var state = State.onDuty(size: size)
    var log = MemoryLog.ofTheDesk
    let told = Entry(
      .comms, IncidentID("INC-2"), at: Evening.at("2022-01-05T20:58:00+01:00"),
      fields: [
        (.audience, .string("病棟\u{1B}[2J\u{202E}e\u{301}👩‍⚕️" + String(repeating: "長", count: 300))),
        (.nextDue, .string("2022-01-05T21:00:00+01:00")),
      ])
    _ = update(
      &state,
      .arrived(log.append(Submission(token: 1, entries: [told]), by: "ama", at: state.now)))
    #expect(state.hasBanner)
    for keys: [Key] in [["!"], ["e"], ["Esc", "p"], ["Esc", "n", ";"]] {
      _ = render(state)
      for key in keys { _ = update(&state, .key(key)) }
    }
    let frame = render(state)
    #expect(frame.size == size)
    if let cursor = frame.cursor {
      #expect(cursor.row < size.rows && cursor.column < size.columns)
    }
  }
}

@Suite struct KeymapMistakeTests {
  private func mistakes(_ changes: [String: [String]]) -> [KeymapMistake.Problem] {
    Keymap.reading(changes).mistakes.map(\.problem)
  }

  @Test func `Unknown actions and keys are named`() {
    #expect(mistakes(["log.nott": ["n"]]) == [.unknownAction])
    #expect(mistakes(["log.note": ["F99", "n"]]) == [.unknownKey("F99")])
    #expect(mistakes(["log.note": ["n"], "board.new": ["n", "F2"]]) == [])
  }

  @Test func `A key that means something else in the same place is not taken`() {
    let (keymap, mistakes) = Keymap.reading(["log.note": ["o", "F5"]])
    #expect(
      mistakes.map(\.problem) == [.taken(key: "o", by: .observation, place: .incident)])
    #expect(keymap.action(for: "o", in: .incident) == .observation)
    #expect(keymap.action(for: "F5", in: .incident) == .note)
  }

  @Test func `Two actions may exchange their keys`() {
    let (keymap, mistakes) = Keymap.reading(["log.note": ["o"], "log.observation": ["n"]])
    #expect(mistakes.isEmpty)
    #expect(keymap.action(for: "o", in: .incident) == .note)
    #expect(keymap.action(for: "n", in: .incident) == .observation)
  }

  @Test func `Of two that want the same key the first by name has it`() {
    let (keymap, mistakes) = Keymap.reading(["log.note": ["F5"], "log.check": ["F5"]])
    #expect(mistakes.map(\.action) == ["log.note"])
    #expect(keymap.action(for: "F5", in: .incident) == .check)
    #expect(keymap.action(for: "n", in: .incident) == .note)
  }

  @Test func `An action that is left without a key keeps its own`() {
    #expect(Keymap.reading(["log.note": ["o"]]).keymap.action(for: "n", in: .incident) == .note)
  }
}
