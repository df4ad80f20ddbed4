import Testing

@testable import LoggistDocuments

@Suite struct HTMLTextTests {
  @Test(
    "Text stays text",
    arguments: [
      ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
      ("</style><!-- ]]>", "&lt;/style&gt;&lt;!-- ]]&gt;"),
      ("AT&T &amp; &#60; &lt", "AT&amp;T &amp;amp; &amp;#60; &amp;lt"),
      ("\" onmouseover='x'", "&quot; onmouseover=&#39;x&#39;"),
      ("{{title}}", "{{title}}"),
      ("a < b", "a &lt; b"),
      // One character to Swift, a tag to a browser.
      ("<\u{301}b>\u{338}", "&lt;\u{301}b&gt;\u{338}"),
      ("&\u{FE0F}amp;", "&amp;\u{FE0F}amp;"),
      ("\u{1B}[31mred\u{0}", "␛[31mred␀"),
      ("\u{202E}gpj.exe\u{2066}", "‹U+202E›gpj.exe‹U+2066›"),
      ("a\u{2028}b\u{85}c", "a⏎b‹U+0085›c"),
      ("a\tb", "a b"),
    ])
  func text(text: String, expected: String) {
    #expect(html(text) == expected)
  }

  @Test func `Lines are breaks in text and spaces on one line`() {
    #expect(html(lines: "a\n<b>\r\nc") == "a<br>&lt;b&gt;␍<br>c")
    #expect(html(oneLine: "a\n\"b\"") == "a &quot;b&quot;")
  }

  @Test(
    "Letters of any script stay byte for byte",
    arguments: ["Àgbo ọ̀gẹ̀dẹ̀", "أموكسيسيلين", "阿莫西林胶囊", "e\u{301} and é", "👩🏽‍⚕️ 💊", "नमस्ते"])
  func letters(text: String) {
    #expect(Array(html(text).utf8) == Array(text.utf8))
  }
}
