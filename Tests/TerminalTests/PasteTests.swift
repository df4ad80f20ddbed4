import Testing

@testable import Terminal

@Suite struct PasteTests {
  @Test(arguments: [
    ("", ""), ("one line", "one line"), ("a\rb\r\nc\nd\te", "a\nb\nc\nd\te"), ("a\r\rb", "a\n\nb"),
    ("\u{1B}[31mred\u{7}\0\u{7F}", "[31mred"), ("\u{1B}[201 ~\u{1B}[20\u{1B}", "[201 ~[20"),
    ("x\u{1B}[200~y", "x[200~y"), ("\u{9B}Aé字", "Aé字"), ("\u{1B}\u{1B}[201", "[201"),
  ])
  func `a paste is one event without controls, wherever it is split`(text: String, pasted: String) {
    let bytes = Array("a\u{1B}[200~\(text)\u{1B}[201~b".utf8)
    let expected: [InputEvent] = [.key("a"), .paste(pasted), .key("b")]
    for split in 0...bytes.count {
      var decoder = InputDecoder()
      #expect(decoder.feed(bytes[..<split]) + decoder.feed(bytes[split...]) == expected)
    }
  }

  @Test func `a paste ends at its terminator and at no timeout`() {
    var decoder = InputDecoder()
    #expect(decoder.feed("\u{1B}[200~half\r".utf8).isEmpty)
    #expect(!decoder.isPending)
    #expect(decoder.timeout().isEmpty)
    #expect(decoder.feed(" done\u{1B}[201~".utf8) == [.paste("half\n done")])
  }

  @Test func `a large paste comes whole, its broken bytes replaced`() {
    var decoder = InputDecoder()
    #expect(decoder.feed("\u{1B}[200~".utf8).isEmpty)
    let line = Array("a line of a call note\n".utf8)
    for _ in 0..<10_000 { #expect(decoder.feed(line).isEmpty) }
    let events = decoder.feed([0xFF] + Array("\u{1B}[201~".utf8))
    #expect(
      events == [.paste(String(repeating: "a line of a call note\n", count: 10_000) + "\u{FFFD}")])
  }

  @Test func `lines that arrive together are typed unless bursts are looked for`() {
    var plain = InputDecoder()
    #expect(plain.feed("a\rb".utf8) == [.key("a"), .key("Enter"), .key("b")])
    var decoder = InputDecoder(detectsPasteBursts: true)
    #expect(decoder.feed("a\rb".utf8) == [.paste("a\nb")])
    #expect(decoder.isPending)
    #expect(decoder.feed("c\r".utf8) == [.paste("c\n")])
    #expect(decoder.timeout().isEmpty)
    #expect(decoder.feed("c\r".utf8) == [.key("c"), .key("Enter")])
    #expect(decoder.feed("a\r\u{1B}[A".utf8) == [.key("a"), .key("Enter"), .key("Up")])
  }
}
