import LoggistModel
import Terminal
import TestSupport
import Testing

@testable import LoggistUI

/// Anything may happen in any order: whatever hands, lines and clocks do, the screen stays whole and nothing typed
/// disappears.
@Suite struct RandomSessionTests {
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `Random keys, pastes, sizes and arrivals leave the screen whole`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var runner = ScriptRunner(.ofAnEvening(), log: .ofTheDesk, answer: Evening.answer)
    for step in 0..<1_200 {
      runner.handle(message(&random, runner.state))
      if step.isMultiple(of: 3) { check(runner.state) }
    }
    check(runner.state)
  }

  @Test func `The same messages give the same frames`() {
    func frames() -> [Frame] {
      var random = SeededGenerator(seed: 99)
      var runner = ScriptRunner(.ofAnEvening(), log: .ofTheDesk)
      return (0..<400).map { _ in
        runner.handle(message(&random, runner.state))
        return render(runner.state)
      }
    }
    #expect(frames() == frames())
  }

  private func check(_ state: State) {
    let frame = render(state)
    #expect(frame.size == state.size)
    if let cursor = frame.cursor {
      #expect((0..<frame.size.rows).contains(cursor.row))
      #expect((0..<frame.size.columns).contains(cursor.column))
    }
    #expect(!state.screens.isEmpty)
    if let editor = state.composer?.editor {
      #expect((0...editor.characters.count).contains(editor.cursor))
    }
    for row in frame.rows {
      #expect(row.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
    }
  }

  private func message(_ random: inout SeededGenerator, _ state: State) -> Message {
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<55: return .key(Self.keys.randomElement(using: &random) ?? "n")
    case 55..<80:
      let letter = Self.letters.randomElement(using: &random) ?? "a"
      return .key(Key(.character(letter)))
    case 80..<84: return .paste(Self.pastes.randomElement(using: &random) ?? "")
    case 84..<90:
      let rows = Int.random(in: 0...60, using: &random)
      return .resize(Size(rows: rows, columns: Int.random(in: 0...200, using: &random)))
    case 90..<96:
      return .clock(state.now + .seconds(Int.random(in: 0...4000, using: &random)))
    case 96:
      return .loaded(
        Register(Array(state.journal.records.dropLast(3)), now: state.now, zone: state.desk.zone),
        isWhole: Bool.random(using: &random))
    case 97: return .standing(Bool.random(using: &random) ? "damaged" : nil)
    case 98: return .edited("from the editor\nsecond line\n")
    default: return .arrived(arrival(&random, state))
    }
  }

  /// An entry of another node about one of the incidents.
  private func arrival(_ random: inout SeededGenerator, _ state: State) -> [Record] {
    let node = Evening.node("WARD")
    let known = state.journal.records.filter { $0.ref.node == node }.count
    let target = state.journal.incidents.keys.sorted().randomElement(using: &random)
    let kind: Kind =
      [.note, .resolved, .reopened, .complaint, .cancelled].randomElement(using: &random) ?? .note
    let at = state.desk.zone.timestamp(state.now)
    let entry = Entry(
      kind, target, at: at, text: "from the ward", fields: [(.reason, .string("so"))])
    return [
      Record(
        ref: EntryRef(node: node, sequence: known + 1), logged: state.now, by: "ward", via: .cli,
        entry: entry)
    ]
  }

  private static let keys: [Key] =
    Binding.table.flatMap(\.keys) + [
      "Enter", "Esc", "Tab", "shift-Tab", "Backspace", "Delete", "Left", "Right", "Up", "Down",
      "ctrl-a", "ctrl-e", "ctrl-k", "ctrl-u", "ctrl-w", "ctrl-y", "alt-b", "alt-f", "alt-d",
      "alt-Enter", "ctrl-c", "F9", "PageUp", "PageDown", "Home", "End",
    ]

  private static let letters = Array("aeinrst 0123456789:-=#@!;~\"\\ọ́中👩‍⚕️ض‮\u{1B}\u{0}")

  private static let pastes = [
    "20:45 noticed\n20:50 call", "\u{1B}[2J", "-5m to=\"Terence Waller\"",
    String(repeating: "long ", count: 500), "e\u{301}\u{301}\u{301}", "",
  ]
}
