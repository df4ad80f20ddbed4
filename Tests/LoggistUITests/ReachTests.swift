import Foundation
import LoggistModel
import Terminal
import Testing

@testable import LoggistUI

/// What the screen says can be done can be done, and what can be done is said somewhere.
@Suite struct ReachTests {
  @Test(arguments: Binding.Place.allCases)
  func `Every hint of every footer acts`(_ place: Binding.Place) {
    var state = Place.state(place)
    #expect(state.screen.place == place)
    state.size = Size(rows: 24, columns: 400)
    _ = update(&state, .notice(Notice("")))
    let hints = state.footerHints
    #expect(hints.count >= (place == .help ? 1 : 2))
    for hint in hints {
      guard let key = Key(hint.key) else {
        Issue.record("\(place): \(hint.key) is no key")
        continue
      }
      #expect(acts(key, on: state), "\(place): \(hint.key) \(hint.word) does nothing")
    }
  }

  @Test(
    arguments: [
      (["n"], "printer"), (["Enter", "n"], "words"), (["Enter", "m"], "words"), (["f"], "!2"),
      ([":"], "l"), (["M", "p"], "2021"), (["Enter", "="], " more"), (["Enter", "-"], "why"),
      (["Enter", "Home", "A"], "INC-3"), (["H", "n"], "@ben"), (["Enter", "e"], "@t.waller"),
    ] as [([Key], String)])
  func `Every hint of the line that is being typed acts`(_ keys: [Key], _ words: String) {
    var state = State.ofAnEvening(size: Size(rows: 24, columns: 400))
    state.desk.commands = [CommandName("list", "the incidents")]
    for key in keys { _ = update(&state, .key(key)) }
    for character in words { _ = update(&state, .key(Key(.character(character)))) }
    guard state.composer != nil else {
      Issue.record("\(keys) opens no line")
      return
    }
    for hint in state.composerHints {
      let keys = hint.key == "↑↓" ? ["Down", "Up"] : [hint.key]
      for name in keys where name != "Up" {
        guard let key = Key(name) else {
          Issue.record("\(name) is no key")
          continue
        }
        #expect(acts(key, on: state), "\(keys): \(hint.key) \(hint.word) does nothing")
      }
    }
  }

  @Test(arguments: Binding.Place.allCases)
  func `Help finds every key of a place by its action's name`(_ place: Binding.Place) {
    var below = Place.state(place)
    below.size = Size(rows: 24, columns: 200)
    for binding in below.desk.keymap.bindings(in: place) {
      var state = below
      state.screens.append(.help(HelpScreen(about: place)))
      for character in binding.action.rawValue {
        _ = update(&state, .key(Key(.character(character))))
      }
      let screen = render(state).rows.joined(separator: "\n")
      #expect(screen.contains(binding.long), "\(place): \(binding.action.rawValue)")
    }
    if below.desk.keymap.bindings(in: place).contains(where: { $0.action == .help }) {
      _ = update(&below, .key("F1"))
      #expect(below.screen == .help(HelpScreen(about: place)))
    }
  }

  @Test func `The manual page names every action`() throws {
    let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/loggist.1")
    let text = try String(contentsOf: page, encoding: .utf8)
    for action in Action.allCases {
      #expect(text.contains(".Li \(action.rawValue)\n"), "\(action.rawValue)")
    }
  }

  @Test(arguments: [Binding.Place.search, .help, .firstRun])
  func `Where letters are text no letter is a key`(_ place: Binding.Place) {
    for binding in Binding.table where binding.places.contains(place) {
      for key in binding.keys { #expect(!key.isTyping, "\(place): \(key) \(binding.short)") }
    }
  }

  @Test func `Every action stands in the table`() {
    let bound = Set(Binding.table.map(\.action))
    for action in Action.allCases { #expect(bound.contains(action), "\(action.rawValue)") }
  }

  @Test(arguments: Binding.Place.allCases)
  func `A keymap gives every action another key, which does the same`(_ place: Binding.Place) {
    let state = Place.state(place)
    for binding in Binding.table where binding.places.contains(place) {
      guard let key = binding.keys.first else { continue }
      let (keymap, mistakes) = Keymap.reading([binding.action.rawValue: ["F40"]])
      #expect(mistakes.isEmpty, "\(binding.action.rawValue)")
      #expect(keymap.action(for: "F40", in: place) == binding.action)
      #expect(keymap.action(for: key, in: place) != binding.action)
      var (old, new) = (state, state)
      new.desk.keymap = keymap
      let (oldEffects, newEffects) = (update(&old, .key(key)), update(&new, .key("F40")))
      #expect(oldEffects == newEffects, "\(place): \(binding.action.rawValue)")
      #expect(old.screens == new.screens, "\(place): \(binding.action.rawValue)")
      #expect(old.composer == new.composer, "\(place): \(binding.action.rawValue)")
      #expect(old.notice == new.notice, "\(place): \(binding.action.rawValue)")
    }
  }

  private func acts(_ key: Key, on state: State) -> Bool {
    var after = state
    let effects = update(&after, .key(key))
    return !effects.isEmpty || after.composer != state.composer || after.screens != state.screens
      || after.drafts != state.drafts
  }
}

/// The way to every place.
private enum Place {
  static func state(_ place: Binding.Place) -> State {
    let isFigures = place == .metrics || place == .measures
    var start: State = isFigures ? .ofAQuarter() : .ofAnEvening()
    if place == .firstRun { start = .ofAFirstRun() }
    start.desk.commands = [CommandName("list", "the incidents")]
    var runner = ScriptRunner(start, log: .ofTheDesk) { effect in
      guard case .run = effect else { return Evening.answer(effect) }
      let row = String(repeating: "a wide row ", count: 40) + "\n"
      return [.output(title: "list: done", text: String(repeating: row, count: 60))]
    }
    for key in keys(place) { runner.handle(.key(key)) }
    if place == .pasted { runner.handle(.paste("20:31 one\n20:35 two")) }
    return runner.state
  }

  private static func keys(_ place: Binding.Place) -> [Key] {
    switch place {
    case .board, .firstRun: []
    case .incident, .pasted: ["Enter"]
    case .search: ["/", "q"]
    case .help: ["?"]
    case .metrics: ["M"]
    case .measures: ["m"]
    case .review: ["Enter", "v"]
    case .handover: ["H"]
    case .past: ["Enter", "w", "Left"]
    case .callbacks: ["b"]
    case .output: [":", "l", "i", "s", "t", "Enter"]
    }
  }
}
