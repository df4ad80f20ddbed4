import LoggistModel
import Terminal
import Testing

@testable import LoggistUI

/// A footer that lies about a key is a bug.
@Suite struct BindingTests {
  @Test(arguments: Binding.Place.allCases)
  func `Every key means one thing in a place`(_ place: Binding.Place) {
    let keys = Keymap().bindings(in: place).flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
  }

  @Test func `Every binding's keys can be read`() {
    for binding in Binding.table { #expect(!binding.keys.isEmpty, "\(binding.action)") }
  }

  @Test func `Every hint of the footer acts on the board`() { checkFooter(of: .ofAnEvening()) }

  @Test func `Every hint of the footer acts on an incident`() {
    var state = State.ofAnEvening()
    _ = update(&state, .key("Enter"))
    checkFooter(of: state)
  }

  @Test(
    arguments: [
      ["Enter", "Tab"], ["Enter", "Tab", "End"], ["Enter", "w"], ["Enter", "w", "Left"],
      ["Enter", "v"], ["Enter", "v", "p"], ["H"], ["H", "Tab"],
    ] as [[Key]])
  func `Every hint of the footer acts behind these keys`(_ keys: [Key]) {
    var runner = ScriptRunner(.ofAnEvening(), log: .ofTheDesk, answer: Evening.answer)
    for key in ["H", "n", "Enter", "Esc"] + keys as [Key] { runner.handle(.key(key)) }
    runner.handle(.notice(Notice("")))
    checkFooter(of: runner.state, least: 4)
  }

  @Test(arguments: ["M", "m"] as [Key])
  func `Every hint of the footer acts on the figures and on the measures`(_ key: Key) {
    var state = State.ofAQuarter()
    _ = update(&state, .key(key))
    while state.hasWork { state.work() }
    checkFooter(of: state)
  }

  private func checkFooter(of state: State, least: Int = 6) {
    var wide = state
    wide.size = Size(rows: 24, columns: 400)
    let hints = wide.footerHints
    #expect(hints.count >= least)
    for hint in hints {
      guard let key = Key(hint.key) else {
        Issue.record("\(hint.key) is no key")
        continue
      }
      var after = wide
      let effects = update(&after, .key(key))
      let acted = !effects.isEmpty || after.composer != nil || after.screens != wide.screens
      #expect(acted, "\(hint.key) \(hint.word) does nothing")
    }
  }

  @Test func `A keymap rebinds by name and leaves the rest`() {
    let keymap = Keymap(changes: ["board.new": ["F2"]])
    #expect(keymap.action(for: "F2", in: .board) == .newCall)
    #expect(keymap.action(for: "n", in: .board) == nil)
    #expect(keymap.action(for: "f", in: .board) == .filter)
  }
}
