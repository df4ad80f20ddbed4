import LoggistModel
import Terminal
import Testing

@testable import LoggistUI

@Suite struct IncidentScreenTests {
  /// An incident of ten thousand entries, opened on the screen.
  private func long() -> State {
    var state = State.ofAnEvening()
    var log = MemoryLog.ofTheDesk
    let id = IncidentID(node: log.node, number: 2)
    let entries = (0..<10_000).map { number in
      Entry(.note, id, at: state.desk.zone.timestamp(state.now), text: "note \(number)")
    }
    let records = log.append(
      Submission(token: 0, entries: entries), by: "ama", at: state.now)
    _ = update(&state, .arrived(records))
    _ = update(&state, .key("Enter"))
    return state
  }

  @Test func `A list is measured no further than it shows`() {
    var measured = 0
    let top = scrolled(top: 0, selected: 9_999, count: 10_000, height: 20) { _ in
      measured += 1
      return 1
    }
    #expect(top == 9_980)
    #expect(measured < 100)
  }

  @Test func `What is computed of the whole incident is kept while it stays what it is`() throws {
    var state = long()
    guard case .incident(let before) = state.screen else {
      Issue.record("no incident is open")
      return
    }
    let figures = try #require(before.figures)
    _ = update(&state, .key("Up"))
    _ = update(&state, .clock(state.now + .seconds(20)))
    let incident = try #require(state.journal.incidents[before.id])
    #expect(figures.isCurrent(incident, now: state.now, me: "ama"))
    // Another incident's entries change nothing here.
    var log = MemoryLog(node: Evening.node("WARD"))
    let other = Entry(
      .note, IncidentID(node: Evening.node("INC"), number: 3),
      at: state.desk.zone.timestamp(state.now), text: "elsewhere")
    _ = update(
      &state,
      .arrived(log.append(Submission(token: 0, entries: [other]), by: "ben", at: state.now)))
    guard case .incident(let after) = state.screen else { return }
    #expect(after.figures == figures)
    _ = update(&state, .clock(state.now + .minutes(1)))
    guard case .incident(let later) = state.screen else { return }
    #expect(later.figures?.asOf == state.now)
  }

  @Test func `Esc closes the details first, then the incident`() {
    var state = State.ofAnEvening()
    for key: Key in ["Enter", "Tab", "Esc"] { _ = update(&state, .key(key)) }
    #expect(state.openIncident != nil)
    _ = update(&state, .key("Esc"))
    #expect(state.openIncident == nil)
  }

  @Test func `In the details an entry is corrected, a property is not`() {
    var state = State.ofAnEvening()
    for key: Key in ["Enter", "Tab", "="] { _ = update(&state, .key(key)) }
    #expect(state.composer == nil)
    #expect(state.notice?.tone == .problem)
    for key: Key in ["End", "="] { _ = update(&state, .key(key)) }
    guard case .correction(let ref)? = state.composer?.purpose else {
      Issue.record("nothing is being corrected")
      return
    }
    #expect(state.journal.entry(ref)?.kind == .complaint)
  }

  @Test(arguments: [1, 5, 20, 77, 131])
  func `The phases fill their row to the cell`(_ width: Int) throws {
    let state = State.ofAnEvening()
    let id = IncidentID(node: Evening.node("INC"), number: 1)
    let incident = try #require(state.journal.incidents[id])
    let figures = IncidentFigures(
      incident, asOf: state.now, me: "ama", clock: state.desk.clock)
    let strip = figures.strip
    #expect(strip.segments.map(\.name) == ["restore", "resolve"])
    #expect(strip.segments.map(\.span) == [.minutes(18), .minutes(4)])
    let widths = strip.widths(width)
    #expect(widths.allSatisfy { $0 >= 1 })
    if width > strip.segments.count { #expect(widths.reduce(0, +) == width) }
  }
}

@Suite struct ReviewTests {
  private func runner() -> ScriptRunner {
    ScriptRunner(.ofAnEvening(), log: .ofTheDesk, answer: Evening.answer)
  }

  private func play(_ runner: inout ScriptRunner, _ keys: [Key]) {
    for key in keys { runner.handle(.key(key)) }
  }

  @Test func `A signature counts the open hints, and is asked about them once`() throws {
    var runner = runner()
    play(&runner, ["Enter", "v", "S", "l", "e", "a", "d", "Enter"])
    #expect(runner.state.composer?.problem?.hasPrefix("5 hints are open") == true)
    play(&runner, ["Enter"])
    let signed = try #require(runner.state.journal.records.last?.entry)
    #expect(signed.kind == .signed)
    #expect(signed.string(.role) == "lead")
    #expect(signed[.openHints]?.integer == 5)
    #expect(runner.state.screen.place == .review)
  }

  @Test(arguments: Hint.Reason.all)
  func `Every hint has a remedy`(_ reason: Hint.Reason) throws {
    let ref = EntryRef(node: Evening.node("INC"), sequence: 6)
    let remedy = try #require(Remedy(Hint(reason, [ref])))
    #expect(!remedy.words.isEmpty)
    if case .log(let kind, _, let word?) = remedy {
      #expect(Composer.Choices(kind)?.words.contains(word) == true)
    }
  }

  @Test func `The text is asked for with the incident's own records and the screen's width`() {
    var runner = runner()
    play(&runner, ["Enter", "v", "p"])
    guard case .preview(let account, let width)? = runner.effects.last else {
      Issue.record("no text was asked for")
      return
    }
    #expect(account.records.count == 5)
    #expect(width == 78)
    play(&runner, ["Esc"])
    guard case .review(let review) = runner.state.screen else { return }
    #expect(review.preview == nil)
  }
}

extension Hint.Reason {
  fileprivate static let all: [Hint.Reason] = [
    .beforeFirstReport(.acknowledged), .resolvedBeforeRestored, .endsBeforeItBegins, .inTheFuture,
    .clocksDisagree(.minutes(5)), .escalationUnanswered(to: "ben"), .mitigationPending,
    .callerNotInformed(caller: nil), .resolvedWithoutRestored, .noImpactStart, .noAcknowledgement,
    .noDiagnosis, .noRootCause, .noResolution, .noMeasures, .measureWithoutOwner,
    .measureWithoutDue,
  ]
}

@Suite struct HandoverScreenTests {
  private func runner() -> ScriptRunner {
    ScriptRunner(.ofAnEvening(), log: .ofTheDesk, answer: Evening.answer)
  }

  private func play(_ runner: inout ScriptRunner, _ keys: [Key]) {
    for key in keys { runner.handle(.key(key)) }
  }

  @Test func `A handover names who had the shift, who takes it and what is open`() throws {
    var runner = runner()
    play(&runner, ["H", "n"])
    runner.handle(.paste("@ben all quiet"))
    play(&runner, ["Enter"])
    let given = try #require(runner.state.journal.records.last?.entry)
    #expect(given.kind == .handover)
    #expect(given.incident == nil)
    #expect(given.string(.from) == "ama")
    #expect(given.string(.to) == "ben")
    #expect(given.text == "all quiet")
    #expect(given[.open]?.array?.compactMap(\.string) == ["INC-2", "INC-3"])
    #expect(runner.state.handovers.waiting?.to == "ben")
  }

  @Test func `What the editor left is the handover's text, and nothing in it is a token`() throws {
    var runner = runner()
    play(&runner, ["H", "E"])
    guard case .edit(let text)? = runner.effects.last else {
      Issue.record("no editor was asked for")
      return
    }
    #expect(text.contains("INC-2  Mail is not delivered"))
    runner.handle(.edited("@ben\n\nINC-2 stays with #mail, 20:00 to=nobody\nsecond line\n"))
    play(&runner, ["Enter"])
    let given = try #require(runner.state.journal.records.last?.entry)
    #expect(given.string(.to) == "ben")
    #expect(given.text == "INC-2 stays with #mail, 20:00 to=nobody\nsecond line")
    #expect(given.tags.isEmpty)
  }

  @Test func `Who gave it is asked before accepting it; another person is not`() {
    var runner = runner()
    play(&runner, ["H", "n", "Enter", "a", "Enter"])
    #expect(runner.state.handovers.waiting != nil)
    play(&runner, ["Enter"])
    #expect(runner.state.handovers.waiting == nil)
    runner.handle(.clock(runner.state.now + .minutes(1)))
    play(&runner, ["n", "Enter", "Esc", ":"])
    for key in "me ben" { runner.handle(.key(Key(.character(key)))) }
    play(&runner, ["Enter", "H", "a", "Enter"])
    #expect(runner.state.handovers.waiting == nil)
    #expect(runner.state.handovers.last?.accepted?.author == "ben")
  }

  @Test func `The board says that one waits`() {
    var runner = runner()
    play(&runner, ["H", "n", "Enter", "Esc"])
    runner.handle(.notice(Notice("")))
    runner.handle(.key("Down"))
    let footer = render(runner.state).rows.last ?? ""
    #expect(footer.contains("handover waits to be accepted"))
  }
}

@Suite struct PastTests {
  @Test func `Nothing can be logged in the past, and Esc leads back`() {
    var state = State.ofAnEvening()
    for key: Key in ["Enter", "w", "Home"] { _ = update(&state, .key(key)) }
    for key: Key in ["n", "c", "R", "m"] {
      _ = update(&state, .key(key))
      #expect(state.composer == nil)
      #expect(state.notice?.text == "Nothing can be logged in the past · Esc goes back to now")
    }
    _ = update(&state, .key("Esc"))
    #expect(state.openIncident != nil)
  }

  @Test func `Each step is an entry as it was logged, and what arrives meanwhile is offered`() {
    var state = State.ofAnEvening()
    for key: Key in ["Enter", "w"] { _ = update(&state, .key(key)) }
    var seen: [EntryRef?] = []
    for _ in 0..<5 {
      if case .past(let past) = state.screen { seen.append(past.record?.ref) }
      _ = update(&state, .key("Left"))
    }
    #expect(seen.map { $0?.sequence } == [9, 8, 7, 6, 5])
    var log = MemoryLog.ofTheDesk
    let note = Entry(
      .note, IncidentID(node: log.node, number: 2), at: state.desk.zone.timestamp(state.now),
      text: "later")
    _ = update(
      &state, .arrived(log.append(Submission(token: 0, entries: [note]), by: "ben", at: state.now)))
    guard case .past(let past) = state.screen else { return }
    #expect(past.isStale)
    #expect(past.record?.ref.sequence == 5)
    _ = update(&state, .key("End"))
    guard case .past(let end) = state.screen else { return }
    #expect(end.record?.ref.sequence == 13)
  }
}

@Suite struct FirstRunTests {
  @Test func `Enter, Enter, Enter makes the store that was proposed`() {
    var state = State.ofAFirstRun()
    var effects: [Effect] = []
    for _ in 0..<3 { effects += update(&state, .key("Enter")) }
    #expect(
      effects == [
        .makeStore(NewStore(desk: "IT desk", zone: "Africa/Lagos", name: "Ama Owusu"))
      ])
    #expect(update(&state, .key("Enter")).isEmpty)
    #expect(update(&state, .storeMade) == [.quit])
  }

  @Test func `Esc leaves without anything made`() {
    var state = State.ofAFirstRun()
    #expect(update(&state, .key("Esc")) == [.quit])
  }

  @Test func `What went wrong is said, and can be tried again`() {
    var state = State.ofAFirstRun()
    for _ in 0..<3 { _ = update(&state, .key("Enter")) }
    _ = update(&state, .storeRefused("no room"))
    #expect(state.notice?.text == "no room")
    #expect(update(&state, .key("Enter")).count == 1)
  }

  @Test(arguments: [
    ("lag", "Africa/Lagos"), ("europe/l", "Europe/Lisbon"), ("new york", "America/New_York"),
    ("Africa/Lagoss", "Africa/Lagos"),
  ])
  func `A zone is found by the beginning of its name or of its city`(
    _ typed: String, _ zone: String
  ) {
    guard case .firstRun(let screen) = State.ofAFirstRun().screen else { return }
    #expect(NewStore.candidates(for: typed, among: screen.zones).first == zone)
  }
}
