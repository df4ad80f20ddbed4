import Testing

@testable import LoggistDocuments

@Suite struct MarkdownTextTests {
  @Test(
    "In a paragraph, text stays text",
    arguments: [
      ("# no heading", "\\# no heading"),
      ("C# app", "C# app"),
      ("- no list", "\\- no list"),
      ("+ no list", "\\+ no list"),
      ("* no list", "\\* no list"),
      ("1. no list", "1\\. no list"),
      ("12) no list", "12\\) no list"),
      ("version 0.2.6", "version 0.2.6"),
      ("> no quote", "\\> no quote"),
      ("===", "\\==="),
      ("---", "\\---"),
      (":--", "\\:--"),
      ("```", "\\`\\`\\`"),
      ("~~~ and ~~no strike~~", "\\~\\~\\~ and \\~\\~no strike\\~\\~"),
      ("*no* _emphasis_ __here__", "\\*no\\* \\_emphasis\\_ \\_\\_here\\_\\_"),
      ("add_drugs(details)", "add_drugs(details)"),
      ("[no](http://link)", "\\[no\\](http:\\//link)"),
      ("![no](picture)", "!\\[no\\](picture)"),
      ("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"),
      ("<!-- hidden", "\\<!-- hidden"),
      ("AT&amp;T &#35; &copy;", "AT\\&amp;T \\&#35; \\&copy;"),
      ("https://example.org/a?b=c", "https:\\//example.org/a?b=c"),
      ("www.example.org", "www\\.example.org"),
      ("mail ama.b@example.org now", "mail `ama.b@example.org` now"),
      ("@ama knows", "\\@ama knows"),
      ("é@example.org", "é\\@example.org"),
      ("back\\slash\\", "back\\\\slash\\\\"),
      ("a | b", "a \\| b"),
      ("    four spaces", "four spaces"),
      ("two lines\n# second", "two lines\\\n\\# second"),
      ("header\n--- | ---", "header\\\n\\--- \\| ---"),
      ("hard break  \nnext", "hard break\\\nnext"),
      ("=1+1", "\\=1+1"),
      ("blank ends\n \n", "blank ends"),
    ])
  func paragraph(text: String, expected: String) {
    #expect(markdown(text, .lineStart) == expected)
  }

  @Test func `In a cell, pipes and lines stay within the cell`() {
    #expect(markdown("a|b\nc", .cell) == "a\\|b<br>c")
    #expect(markdown("a\\|b", .cell) == "a\\\\\\|b")
    #expect(markdown("<br>", .cell) == "\\<br\\>")
    #expect(markdown("- x", .cell) == "- x")
  }

  @Test func `A heading is one line and keeps its closing signs`() {
    #expect(markdown("one\ntwo #", .heading) == "one two \\#")
  }

  @Test func `Controls, escapes and overrides become signs`() {
    #expect(markdown("\u{1B}[31mred\u{7}\u{0}", .inline) == "␛\\[31mred␇␀")
    #expect(markdown("over\rwritten", .inline) == "over␍written")
    #expect(markdown("a\r\nb", .inline) == "a␍\\\nb")
    #expect(markdown("\u{202E}txt.exe\u{2066}", .inline) == "‹U+202E›txt.exe‹U+2066›")
    #expect(markdown("\u{9B}31m\u{85}\u{2028}", .inline) == "‹U+009B›31m‹U+0085›⏎")
    #expect(markdown("a\tb", .inline) == "a b")
  }

  @Test(
    "Letters of any script stay byte for byte",
    arguments: [
      "Àgbo ọ̀gẹ̀dẹ̀", "أموكسيسيلين", "阿莫西林胶囊", "e\u{301} and é", "👩🏽‍⚕️ 💊", "ﬁ ½ ①", "नमस्ते",
    ])
  func letters(text: String) {
    #expect(Array(markdown(text, .cell).utf8) == Array(text.utf8))
    #expect(Array(markdown(text, .lineStart).utf8) == Array(text.utf8))
  }
}
