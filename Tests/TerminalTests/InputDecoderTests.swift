import TestSupport
import Testing

@testable import Terminal

@Suite struct InputDecoderTests {
  /// The events of all these bytes at once, then of the timeout if one is due.
  private func decode(_ bytes: some Sequence<UInt8>, _ decoder: InputDecoder = InputDecoder())
    -> [InputEvent]
  {
    var decoder = decoder
    var events = decoder.feed(bytes)
    if decoder.isPending { events += decoder.timeout() }
    return events
  }

  private func keys(_ names: String...) -> [InputEvent] {
    names.compactMap { Key($0).map { .key($0) } }
  }

  static let sequences: [(bytes: String, name: String)] = [
    // xterm, cursor keys in both modes and with modifiers
    ("\u{1B}[A", "Up"), ("\u{1B}OB", "Down"), ("\u{1B}[1;5C", "ctrl-Right"),
    ("\u{1B}[1;3D", "alt-Left"), ("\u{1B}[1;2A", "shift-Up"), ("\u{1B}[1;6F", "ctrl-shift-End"),
    ("\u{1B}[H", "Home"), ("\u{1B}OF", "End"), ("\u{1B}[1;8H", "ctrl-alt-shift-Home"),
    ("\u{1B}[2~", "Insert"), ("\u{1B}[3~", "Delete"), ("\u{1B}[3;5~", "ctrl-Delete"),
    ("\u{1B}[5~", "PageUp"), ("\u{1B}[6;3~", "alt-PageDown"), ("\u{1B}[1~", "Home"),
    ("\u{1B}[4~", "End"), ("\u{1B}[7~", "Home"), ("\u{1B}[8~", "End"), ("\u{1B}[Z", "shift-Tab"),
    ("\u{1B}OP", "F1"), ("\u{1B}[1;2P", "shift-F1"), ("\u{1B}[15~", "F5"), ("\u{1B}[24~", "F12"),
    ("\u{1B}[1;5R", "ctrl-F3"), ("\u{1B}[34~", "F20"), ("\u{1B}OM", "Enter"), ("\u{1B}Op", "0"),
    ("\u{1B}Ok", "+"), ("\u{1B}[27;5;13~", "ctrl-Enter"), ("\u{1B}[27;6;65~", "ctrl-shift-a"),
    // kitty
    ("\u{1B}[97;5u", "ctrl-a"), ("\u{1B}[13;3u", "alt-Enter"), ("\u{1B}[27u", "Esc"),
    ("\u{1B}[97;5:1u", "ctrl-a"), ("\u{1B}[233u", "é"), ("\u{1B}[1;5:2C", "ctrl-Right"),
    // rxvt
    ("\u{1B}[a", "shift-Up"), ("\u{1B}Oc", "ctrl-Right"), ("\u{1B}[3^", "ctrl-Delete"),
    ("\u{1B}[5$", "shift-PageUp"), ("\u{1B}[6@", "ctrl-shift-PageDown"), ("\u{1B}[11~", "F1"),
    ("\u{1B}\u{1B}[A", "alt-Up"), ("\u{1B}\u{1B}OD", "alt-Left"),
    // the Linux console, and older terminals
    ("\u{1B}[[A", "F1"), ("\u{1B}[[E", "F5"), ("\u{1B}O5A", "ctrl-Up"),
    // controls, and Alt before them
    ("\r", "Enter"), ("\n", "Enter"), ("\t", "Tab"), ("\u{7F}", "Backspace"),
    ("\u{8}", "Backspace"),
    ("\0", "ctrl-Space"), ("\u{1}", "ctrl-a"), ("\u{1A}", "ctrl-z"), ("\u{1C}", "ctrl-\\"),
    ("\u{1F}", "ctrl-_"), ("\u{1B}b", "alt-b"), ("\u{1B}B", "alt-B"), ("\u{1B}\r", "alt-Enter"),
    ("\u{1B}\u{7F}", "alt-Backspace"), ("\u{1B}\u{1}", "ctrl-alt-a"), ("\u{1B}é", "alt-é"),
    ("\u{1B}字", "alt-字"), ("\u{1B}\\", "alt-\\"),
    // text
    ("a", "a"), ("é", "é"), ("字", "字"), ("😀", "😀"), ("~", "~"),
  ]

  @Test(arguments: sequences)
  func `a known sequence is its key, wherever it is split`(bytes: String, name: String) throws {
    let expected = [InputEvent.key(try #require(Key(name)))]
    let bytes = Array(bytes.utf8)
    #expect(decode(bytes) == expected)
    for split in 0...bytes.count {
      var decoder = InputDecoder()
      var events = decoder.feed(bytes[..<split])
      events += decoder.feed(bytes[split...])
      #expect(events == expected)
      #expect(!decoder.isPending)
      #expect(decoder.feed("x".utf8) == keys("x"))
    }
  }

  @Test(
    arguments: [
      "\u{1B}[99~", "\u{1B}[?62;1;4c", "\u{1B}[12;40R", "\u{1B}[<0;10;20M", "\u{1B}[M !!",
      "\u{1B}]11;rgb:0000/0000/0000\u{7}", "\u{1B}]11;rgb:ff/ff/ff\u{1B}\\", "\u{1B}P1+r54\u{1B}\\",
      "\u{1B}_Gi=1;OK\u{1B}\\", "\u{1B}[201~", "\u{1B}[[Z", "\u{1B}Oz", "\u{1B}[1;2;3;4X",
      "\u{1B}[97;1:3u", "\u{1B}[57358u", "\u{1B}[E", "\u{1B}[?2026;2$y",
      "\u{1B}[99999999999999999999999~", "\u{1B}[;;;;;~", "\u{1B}[:::A", "\u{1B}[1;999A;",
    ].filter { !$0.hasSuffix(";") })
  func `an unknown sequence is swallowed whole, wherever it is split`(sequence: String) {
    let bytes = Array("a\(sequence)b".utf8)
    for split in 0...bytes.count {
      var decoder = InputDecoder()
      #expect(decoder.feed(bytes[..<split]) + decoder.feed(bytes[split...]) == keys("a", "b"))
    }
  }

  @Test func `a sequence longer than any is swallowed too`() {
    let digits = String(repeating: "1;", count: 500)
    #expect(decode("a\u{1B}[\(digits)mb".utf8) == keys("a", "b"))
  }

  @Test(
    arguments: [
      ([0xFF], 1), ([0xC3], 0), ([0xC3, 0x28], 1), ([0xE5, 0xAD, 0x28], 1), ([0xC0, 0x80], 2),
      ([0xED, 0xA0, 0x80], 3), ([0xF4, 0x90, 0x80, 0x80], 4), ([0x80], 1), ([0x9B], 1),
      ([0xF0, 0x9F, 0xF0, 0x9F, 0x98, 0x80], 1), ([0xC2, 0x9B], 1),
    ] as [([UInt8], Int)])
  func `a byte that is no UTF-8 becomes U+FFFD, never text`(bytes: [UInt8], count: Int) {
    let replacements = decode(bytes).filter { $0 == .key(KeySequences.unreadable) }
    #expect(replacements.count == count)
    #expect(decode(bytes + [0x78]).last == keys("x").first)
  }

  @Test func `a scalar cut short waits for its rest and is then given up`() {
    var decoder = InputDecoder()
    #expect(decoder.feed([0xC3]).isEmpty)
    #expect(!decoder.isPending)
    #expect(decoder.feed([0xA9]) == keys("é"))
    #expect(decoder.feed([0xC3]).isEmpty)
    #expect(decoder.feed([0x78]) == [.key(KeySequences.unreadable)] + keys("x"))
  }

  @Test func `a combining mark is a character of its own`() {
    #expect(
      decode("e\u{301}".utf8) == [
        .key(Key(.character("e"))), .key(Key(.character("\u{301}"))),
      ])
  }

  @Test func `a lone escape is the Escape key once nothing follows`() {
    var decoder = InputDecoder()
    #expect(decoder.feed([0x1B]).isEmpty)
    #expect(decoder.isPending)
    #expect(decoder.timeout() == keys("Esc"))
    #expect(!decoder.isPending)
    #expect(decoder.timeout().isEmpty)
    #expect(decode("\u{1B}\u{1B}".utf8) == keys("Esc", "Esc"))
    #expect(decode("\u{1B}\u{1B}\u{1B}".utf8) == keys("Esc", "Esc", "Esc"))
    #expect(decode("\u{1B}\u{1B}x".utf8) == keys("Esc", "alt-x"))
    #expect(decode("\u{1B}[".utf8) == keys("alt-["))
    #expect(decode("\u{1B}O".utf8) == keys("alt-O"))
    #expect(decode("\u{1B}P".utf8) == keys("alt-P"))
  }

  @Test func `a sequence that comes late is not typed`() {
    var decoder = InputDecoder()
    #expect(decoder.feed("\u{1B}[1;".utf8).isEmpty)
    #expect(decoder.timeout().isEmpty)
    #expect(!decoder.isPending)
    #expect(decoder.feed("5Cx".utf8) == keys("x"))
  }

  @Test func `a sequence broken off by another loses only itself`() {
    #expect(decode("\u{1B}[1;\u{1B}[A".utf8) == keys("Up"))
    #expect(decode("\u{1B}[1\rx".utf8) == keys("Enter", "x"))
    #expect(decode("\u{1B}[1é".utf8) == keys("é"))
    #expect(decode("\u{1B}]0;t\u{1B}[A".utf8) == keys("Up"))
  }

  @Test func `the terminal's own sequences come first`() {
    let own: [[UInt8]: Key] = [
      Array("\u{1B}[M".utf8): Key(.function(1)), Array("\u{1B}?q".utf8): Key(.end),
      Array("\u{1B}[".utf8): Key(.home), [0x7F]: Key(.delete), []: Key(.up),
    ]
    let decoder = InputDecoder(terminfo: own)
    #expect(
      decode("\u{1B}[M\u{1B}?q\u{1B}[A\u{7F}".utf8, decoder) == keys("F1", "End", "Up", "Backspace")
    )
    #expect(decode("\u{1B}?".utf8, decoder) == keys("alt-?"))
  }

  @Test func `the window's focus is reported`() {
    #expect(decode("\u{1B}[I\u{1B}[O".utf8) == [.focus(true), .focus(false)])
  }

  @Test(arguments: 0..<10)
  func `no bytes break it, and how they are split does not matter`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let favourites = Array("\u{1B}\u{1B}\u{1B}[[O]P0123;:~AMu$^\u{7}\\é\r".utf8)
    let bytes = (0..<10_000).map { _ in
      Bool.random(using: &generator)
        ? favourites.randomElement(using: &generator) ?? 0
        : UInt8.random(in: 0...255, using: &generator)
    }
    var whole = InputDecoder()
    let expected = whole.feed(bytes)
    var single = InputDecoder()
    #expect(bytes.flatMap { single.feed(CollectionOfOne($0)) } == expected)
    #expect(expected.allSatisfy(isHarmless))
  }

  private func isHarmless(_ event: InputEvent) -> Bool {
    guard case .key(let key) = event, case .character(let character) = key.code else { return true }
    return character.unicodeScalars.allSatisfy {
      CellWidth.wcwidth($0) >= 0 && $0.value >= 0x20
        || CellWidth.wcwidth($0) < 0 && $0.value > 0xA0
    }
  }
}
