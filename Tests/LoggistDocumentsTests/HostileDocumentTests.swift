import Foundation
import LoggistDocuments
import LoggistModel
import Testing

@Suite struct HostileDocumentTests {
  let postMortem = PostMortemDocument(
    HostileIncident.journal, incident: PharmacyIncident.id, context: HostileIncident.context)
  let timeline = TimelineDocument(
    HostileIncident.journal, incident: PharmacyIncident.id, context: HostileIncident.context)

  @Test func `No control, escape or override is left in Markdown and text`() throws {
    let documents = [try #require(postMortem).document, try #require(timeline).document]
    for document in documents {
      for text in [document.markdown, document.text(measure: .simple)] {
        for scalar in text.unicodeScalars where scalar != "\n" {
          let value = scalar.value
          let acts =
            value < 0x20 || (0x7F..<0xA0).contains(value)
            || (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
          #expect(!acts, "U+\(String(value, radix: 16))")
        }
      }
    }
  }

  @Test func `In Markdown nothing that a person wrote is markup`() throws {
    let markdown = try #require(postMortem).document.markdown
    try expectDocument(markdown, named: "hostile-postmortem.md")
    for part in ["<script", "<img", "](http", "](javascript", "<!--"] {
      var rest = markdown[...]
      while let found = rest.firstRange(of: part) {
        let before =
          found.lowerBound > markdown.startIndex
          ? markdown[markdown.index(before: found.lowerBound)] : " "
        #expect(before == "\\", "\(part) stands unescaped")
        rest = rest[found.upperBound...]
      }
    }
    // Every row of every table has as many cells as its rule.
    var columns = 0
    for line in markdown.split(separator: "\n") where line.hasPrefix("|") {
      let cells =
        line.replacing("\\\\", with: "").replacing("\\|", with: "").count { $0 == "|" } - 1
      if line.hasPrefix("| ---") || line.hasPrefix("| --:") { columns = cells }
      if columns > 0, !line.hasPrefix("| Id"), !line.hasPrefix("| Entry"),
        !line.hasPrefix("| From"),
        !line.hasPrefix("| Time"), !line.hasPrefix("| Phase")
      {
        #expect(cells == columns, "\(line.prefix(80))")
      }
    }
  }

  @Test func `JSON keeps every text byte for byte`() throws {
    let json = try #require(postMortem).json.text
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let entries = try #require(object["entries"] as? [[String: Any]])
    let texts = Set(
      entries.compactMap { ($0["entry"] as? [String: Any])?["text"] as? String }.map {
        Array($0.utf8)
      })
    for text in HostileIncident.texts { #expect(texts.contains(Array(text.utf8))) }
  }

  @Test func `Text is never wider than asked for`() throws {
    for width in [60, 80, 100, 132] {
      let text = try #require(postMortem).document.text(width: width, measure: .simple)
      for line in text.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
    }
  }
}
