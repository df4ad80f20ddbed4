import LoggistModel
import Terminal
import Testing

@testable import LoggistUI

@Suite struct LineEditorTests {
  @Test func `The keys of readline edit`() {
    var editor = LineEditor("one two three")
    let wasTaken = editor.edit("ctrl-w")
    #expect(wasTaken)
    #expect(editor.text == "one two ")
    _ = editor.edit("ctrl-a")
    _ = editor.edit("alt-d")
    #expect(editor.text == " two ")
    _ = editor.edit("ctrl-e")
    _ = editor.edit("ctrl-y")
    #expect(editor.text == " two one")
    _ = editor.edit("alt-b")
    _ = editor.edit("ctrl-k")
    #expect(editor.text == " two ")
    _ = editor.edit("ctrl-u")
    #expect(editor.isEmpty)
  }

  @Test func `A combining mark joins the letter before it`() {
    var editor = LineEditor()
    for scalar in "o\u{323}\u{301}x".unicodeScalars { editor.insert(String(Character(scalar))) }
    #expect(editor.characters.count == 2)
    _ = editor.edit("Left")
    _ = editor.edit("Backspace")
    #expect(editor.text == "x")
  }
}

@Suite struct ComposerTests {
  private func runner() -> ScriptRunner { ScriptRunner(.ofAnEvening(), log: .ofTheDesk) }

  private func play(_ runner: inout ScriptRunner, _ keys: [Key]) {
    for key in keys { runner.handle(.key(key)) }
  }

  private func type(_ runner: inout ScriptRunner, _ text: String) {
    for character in text { runner.handle(.key(Key(.character(character)))) }
  }

  @Test func `A call that opens an incident is one submission of two entries`() throws {
    var runner = runner()
    play(&runner, ["n"])
    type(&runner, "printer on fire")
    runner.handle(.clock(runner.state.now + .minutes(6)))
    play(&runner, ["Enter"])
    let submission = try #require(
      runner.effects.lazy.compactMap { effect in
        if case .append(let submission) = effect { submission } else { nil }
      }.first)
    #expect(submission.opensIncident)
    #expect(submission.entries.map(\.kind) == [.opened, .complaint])
    // The time of the call is when the form was opened, however long it took to write it down.
    #expect(submission.entries.allSatisfy { $0.at.instant == Evening.now })
    #expect(
      submission.entries[1].string(.formOpened)
        == Evening.at("2022-01-05T20:58:00+01:00").description)
  }

  @Test func `A call that opens an incident gives it its priority in the same write`() throws {
    var runner = runner()
    play(&runner, ["n"])
    type(&runner, "surgery waits for the printer !1")
    play(&runner, ["Enter"])
    #expect(
      runner.state.journal.records.suffix(3).map(\.entry.kind) == [.opened, .complaint, .set])
    #expect(runner.state.openIncident?.priority == .p1)
  }

  @Test(arguments: ["2022-01-05 23:00 maintenance begins", "2022-01-06 08:00 vendor comes"])
  func `What lies in the future is asked once, however long one thinks about it`(_ line: String) {
    var runner = runner()
    play(&runner, ["Enter", "n"])
    type(&runner, line)
    play(&runner, ["Enter"])
    #expect(runner.state.composer?.problem?.contains("in the future") == true)
    runner.handle(.clock(runner.state.now + .seconds(7)))
    play(&runner, ["Enter"])
    #expect(runner.state.composer == nil)
    #expect(runner.state.journal.records.last?.entry.kind == .note)
  }

  @Test func `A draft is due within half a second and kept until the log has the line`() {
    var state = State.ofAnEvening()
    _ = update(&state, .key("n"))
    _ = update(&state, .key(Key(.character("x"))))
    #expect(state.draftDue.map { $0 - state.now < .seconds(1) } == true)
    let kept = update(&state, .clock(state.now + TimeSpan(milliseconds: 500)))
    guard case .keepDraft(let draft)? = kept.first else {
      Issue.record("no draft was kept")
      return
    }
    #expect(draft.text == "x")
    let submitted = update(&state, .key("Enter"))
    #expect(!submitted.contains(.dropDraft(name: "call")))
    guard case .append(let submission)? = submitted.last else {
      Issue.record("nothing was submitted")
      return
    }
    let refused = update(&state, .refused(token: submission.token, "no room"))
    #expect(!refused.contains(.dropDraft(name: "call")))
    #expect(state.composer?.editor.text == "x")
    #expect(state.composer?.problem == "no room")
  }

  @Test func `Keys that come while the disk works go to what comes after it`() {
    var state = State.ofAnEvening()
    for key: Key in ["n", "x", "Enter", "n", "y"] { _ = update(&state, .key(key)) }
    guard let token = state.composer?.waiting else {
      Issue.record("nothing waits")
      return
    }
    var log = MemoryLog.ofTheDesk
    let at = state.desk.zone.timestamp(state.now)
    let opened = Entry(.opened, at: at, fields: [(.title, .string("x"))])
    let records = log.append(
      Submission(
        token: token, entries: [opened, Entry(.complaint, at: at, text: "x")], opensIncident: true),
      by: "ama", at: state.now)
    _ = update(&state, .appended(token: token, records))
    #expect(state.composer?.editor.text == "y")
    #expect(
      state.composer?.purpose == .entry(.note, IncidentID(node: Evening.node("INC"), number: 4)))
  }

  @Test func `An answer and a call back name what they are about`() throws {
    var runner = runner()
    play(&runner, ["Enter", "b", "Enter"])
    let informed = try #require(runner.state.journal.records.last)
    #expect(informed.entry.kind == .informed)
    #expect(informed.entry.ref.flatMap { runner.state.journal.entry($0)?.kind } == .complaint)
  }

  @Test func `The priority is a digit and its reason the words behind it`() throws {
    var runner = runner()
    play(&runner, ["Enter", "p"])
    type(&runner, "1 surgery waits")
    play(&runner, ["Enter"])
    let set = try #require(runner.state.journal.records.last?.entry)
    #expect(set.string(.priority) == "P1")
    #expect(set.string(.reason) == "surgery waits")
  }

  @Test func `A read-only log says so and opens no line`() {
    var state = State.ofAnEvening()
    state.desk.isReadOnly = true
    _ = update(&state, .key("n"))
    #expect(state.composer == nil)
    #expect(state.notice?.tone == .problem)
  }

  @Test(arguments: ["call", "entry note INC-12", "correction INC.5", "strike INC.5"])
  func `A draft's name is read back`(_ name: String) {
    #expect(Purpose(draftName: name)?.draftName == name)
  }

  @Test func `Completion goes through what was used, the latest first`() {
    var runner = runner()
    play(&runner, ["Enter", "n"])
    type(&runner, "ask @t")
    play(&runner, ["Tab"])
    #expect(runner.state.composer?.editor.text == "ask @t.waller")
    type(&runner, " #w")
    play(&runner, ["Tab"])
    #expect(runner.state.composer?.editor.text == "ask @t.waller #wifi")
  }
}

@Suite struct PlainSessionTests {
  @Test func `A call, a step and its strike, line by line`() {
    var plain = PlainSession(.ofAnEvening())
    var log = MemoryLog.ofTheDesk
    var said = plain.begin().lines
    func enter(_ line: String) {
      said.append("\(plain.prompt)\(line)")
      let answer = plain.read(line)
      said += answer.lines
      for effect in answer.effects {
        if case .append(let submission) = effect {
          let records = log.append(submission, by: "ama", at: plain.state.now)
          said += plain.take(.appended(token: submission.token, records)).lines
        }
      }
    }
    enter("n Cannot print labels #ward-a")
    enter("1")
    enter("o 20:55 tray is empty")
    enter("e nobody named")
    enter("- INC.15 wrong printer")
    enter("frobnicate")
    enter("")
    #expect(said == Self.expected, "\(said.joined(separator: "\n"))")
  }

  private static let expected = [
    "Loggist, St. Nicholas IT desk. ? lists what can be typed.",
    "2 open, 1 call to return.",
    "1: INC-2, P2, Mail is not delivered, open, owner t.waller",
    "2: INC-3, P4, Badge reader dead at the back door, open, owner nobody",
    "3: INC-1, no priority, No wifi in Ward A, resolved, owner nobody",
    "loggist> n Cannot print labels #ward-a",
    "Which incident is it about?",
    "1: a new incident",
    "2: INC-3, P4, Badge reader dead at the back door",
    "3: INC-2, P2, Mail is not delivered",
    "4: do not log it",
    "answer> 1",
    "logged INC-4 INC.13: 20:58, opened, ama: Cannot print labels, place Ward A",
    "logged INC-4 INC.14: 20:58, complaint, ama: Ward A: Cannot print labels",
    "INC-4> o 20:55 tray is empty",
    "logged INC-4 INC.15: 20:55, observation, ama: tray is empty",
    "INC-4> e nobody named",
    "Who? Put @name into the line, or to=\"Two Words\".",
    "INC-4> - INC.15 wrong printer",
    "logged INC-4 INC.16: 20:58, struck, ama: INC.15, wrong printer",
    "INC-4> frobnicate",
    "frobnicate is nothing here. ? lists what can be typed.",
    "INC-4> ",
    "INC-4, Cannot print labels, open",
    "INC.13: 20:58, opened, ama: Cannot print labels, place Ward A",
    "INC.14: 20:58, complaint, ama: Ward A: Cannot print labels",
  ]
}

/// What was typed stays, whatever is pressed next.
@Suite struct TypedTests {
  private func press(_ state: inout State, _ keys: Key...) {
    for key in keys { _ = update(&state, .key(key)) }
  }

  private func type(_ state: inout State, _ words: String) {
    for character in words { _ = update(&state, .key(Key(.character(character)))) }
  }

  @Test func `A correction that was left comes back as it was typed`() {
    var state = State.ofAnEvening()
    press(&state, "Enter", "=", "ctrl-u")
    type(&state, "20:40 queue drained, nobody watches")
    press(&state, "Esc", "=")
    #expect(state.composer?.editor.text == "20:40 queue drained, nobody watches")
    press(&state, "Enter")
    type(&state, "was misheard")
    press(&state, "Esc", "=", "Enter")
    #expect(state.composer?.editor.text == "was misheard")
  }

  @Test func `The arrow up does not write over what was typed`() {
    var state = State.ofAnEvening()
    state.history = ["logged before"]
    press(&state, "Enter", "n")
    type(&state, "half a note")
    press(&state, "Up")
    #expect(state.composer?.editor.text == "half a note")
    press(&state, "ctrl-u", "Up")
    #expect(state.composer?.editor.text == "logged before")
  }

  @Test func `A paste during an append waits for its answer`() {
    var state = State.ofAnEvening()
    press(&state, "Enter", "n")
    type(&state, "first")
    press(&state, "Enter")
    _ = update(&state, .paste("n"))
    #expect(state.composer?.editor.text == "first")
    _ = update(&state, .refused(token: 1, "NOT logged"))
    #expect(state.composer?.editor.text == "firstn")
  }

  @Test func `A second paste joins the review that waits`() {
    var state = State.ofAnEvening()
    press(&state, "Enter")
    _ = update(&state, .paste("20:31 one\n20:32 two"))
    press(&state, "Esc")
    _ = update(&state, .paste("20:33 three\n20:34 four"))
    guard case .pasted(let pasted) = state.screen else {
      Issue.record("no review is open")
      return
    }
    #expect(pasted.lines.map { $0.preview.text } == ["one", "two", "three", "four"])
  }

  @Test func `Every draft on the disk is opened again`() {
    for name in [
      "call", "entry note INC-2", "correction INC.3", "reason INC.3", "strike INC.3",
      "handover", "acceptance INC.3", "pasted", "pasted INC-2",
    ] {
      #expect(Draft(name: name, text: "x", cursor: 1, opened: Evening.now).canBeReopened, "\(name)")
    }
    #expect(!Draft(name: "pasted x", text: "x", cursor: 1, opened: Evening.now).canBeReopened)
  }

  @Test func `A clock that is put back does not put a draft off`() {
    var state = State.ofAnEvening()
    press(&state, "Enter", "n")
    type(&state, "half a note")
    _ = update(&state, .clock(Evening.now - .hours(1)))
    let effects = update(&state, .clock(Evening.now - .hours(1) + .seconds(1)))
    #expect(effects.contains { if case .keepDraft = $0 { true } else { false } })
  }

  @Test func `A page up in the help never leads down, on however few rows`() {
    var state = State.ofAnEvening(size: Size(rows: 1, columns: 80))
    press(&state, "?")
    type(&state, "note")
    press(&state, "PageUp", "PageUp")
    guard case .help(let help) = state.screen else {
      Issue.record("no help is open")
      return
    }
    #expect(help.selected == 0)
  }

  @Test func `A paste into the help selects the first row again`() {
    var state = State.ofAnEvening()
    press(&state, "?", "Down", "Down", "Down")
    _ = update(&state, .paste("filter"))
    guard case .help(let help) = state.screen else {
      Issue.record("no help is open")
      return
    }
    #expect(help.selected == 0)
  }
}
