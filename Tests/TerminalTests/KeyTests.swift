import Testing

@testable import Terminal

@Suite struct KeyTests {
  @Test(arguments: [
    ("n", Key(.character("n"))), ("R", Key(.character("R"))),
    ("ctrl-a", Key(.character("a"), .control)),
    ("alt-b", Key(.character("b"), .alt)), ("F2", Key(.function(2))), ("F12", Key(.function(12))),
    ("Enter", Key(.enter)), ("Esc", Key(.escape)), ("Space", Key(.character(" "))),
    ("shift-Tab", Key(.tab, .shift)), ("ctrl-alt-Delete", Key(.delete, [.control, .alt])),
    ("PageUp", Key(.pageUp)), ("-", Key(.character("-"))),
    ("ctrl--", Key(.character("-"), .control)),
    ("ctrl-Space", Key(.character(" "), .control)), ("?", Key(.character("?"))),
    ("é", Key(.character("é"))), ("F", Key(.character("F"))), ("ctrl-Right", Key(.right, .control)),
  ])
  func `a key has one name, which is read back`(name: String, key: Key) {
    #expect(Key(name) == key)
    #expect(key.name == name)
  }

  @Test(arguments: [
    ("return", "Enter"), ("ESCAPE", "Esc"), ("pgdn", "PageDown"), ("del", "Delete"), ("f5", "F5"),
    ("Ctrl-A", "ctrl-a"), ("alt-ctrl-x", "ctrl-alt-x"), ("shift-a", "A"), (" ", "Space"),
  ])
  func `other spellings are understood`(spelling: String, name: String) {
    #expect(Key(spelling)?.name == name)
  }

  @Test(arguments: ["", "ctrl-", "nn", "F0", "F64", "Fx", "ctrl-nn", "\u{1B}", "\0", "\u{378}"])
  func `what is no key is nil`(name: String) {
    #expect(Key(name) == nil)
  }

  @Test func `a literal needs no unwrapping`() {
    let key: Key = "ctrl-a"
    #expect(key == Key(.character("A"), .control))
  }
}
