import LoggistDocuments
import LoggistModel
import Testing

/// A style sheet of two words: the real one is the command line's to check.
let plainStyle = Stylesheet("p { margin: 0 }", digest: { "digest of \($0.utf8.count)" })

@Suite struct HTMLDocumentTests {
  @Test func `Every block has its form`() throws {
    let time = Timestamp(Instant(seconds: 1_641_411_900), offsetMinutes: 60)
    let table = Table(
      [Table.Column("Time", .number), Table.Column("Who"), Table.Column("Text", .prose)],
      rows: [
        .cells([Prose("8:45 pm", .time(time)), "ama", "two\nlines & <more>"]),
        .remark(Prose("no entry for 21 min", .emphasis)),
        .cells(["", "ben"]),
      ])
    let document = Document(
      title: "Night \"A\" & <B>",
      blocks: [
        .paragraph(Prose("A rehearsal.", .strong)),
        .facts([Fact("As of", "now"), Fact("Place", .notRecorded)]),
        .heading(Heading("Contents")),
        .contents([Heading("Ward C"), Heading("Beds", level: 2), Heading("Other")]),
        .heading(Heading("Ward C")), .paragraph("One " + Prose("strong", .strong) + " word."),
        .heading(Heading("Beds", level: 2)), .table(table),
        .heading(Heading("Other")), .list(["first", "second"], isOrdered: true),
        .heading(Heading("Beds", level: 2)), .list(["only"], isOrdered: false),
      ])
    try expectDocument(document.html(style: plainStyle), named: "blocks.html")
  }

  @Test func `A post-mortem is this page`() throws {
    let made = try #require(
      PostMortemDocument(
        PharmacyIncident.journal, incident: PharmacyIncident.id,
        context: PharmacyIncident.context()))
    try expectDocument(made.document.html(style: plainStyle), named: "pharmacy-postmortem.html")
  }

  @Test func `The timeline of a long night is this page`() throws {
    let made = try #require(
      TimelineDocument(
        Journal(NightIncident.records), incident: NightIncident.id, context: NightIncident.context))
    let page = made.document.html(style: plainStyle)
    try expectDocument(page, named: "night-timeline.html")
    #expect(!page.contains("SECRET"))
  }

  @Test func `Nothing that a person wrote is markup`() throws {
    let made = try #require(
      PostMortemDocument(
        HostileIncident.journal, incident: PharmacyIncident.id, context: HostileIncident.context))
    let timeline = try #require(
      TimelineDocument(
        HostileIncident.journal, incident: PharmacyIncident.id, context: HostileIncident.context))
    for page in [made.document, timeline.document].map({ $0.html(style: plainStyle) }) {
      let elements = try elements(of: page)
      #expect(elements.subtracting(known) == [])
      for scalar in page.unicodeScalars where scalar != "\n" {
        let value = scalar.value
        let acts =
          value < 0x20 || (0x7F..<0xA0).contains(value) || (0x2028...0x202E).contains(value)
          || (0x2066...0x2069).contains(value)
        #expect(!acts, "U+\(String(value, radix: 16))")
      }
    }
  }

  /// Every element and attribute that our pages have: there is no script, no link out, no picture from elsewhere.
  private let known: Set<String> = [
    "html lang", "head", "meta charset", "meta http-equiv content", "meta name content", "title",
    "style", "body", "main", "h1", "h2 id", "h3 id", "section aria-labelledby", "nav aria-label",
    "ol", "ul", "li", "a href", "p", "p class", "em", "strong", "br", "dl", "dl class", "div",
    "dt", "dd", "table", "table class", "caption", "thead", "tbody", "tr", "tr class", "th scope",
    "th scope class", "td", "td class", "td class data-label", "td data-label", "td colspan",
    "time datetime", "figure", "figcaption", "div class role aria-label tabindex",
    "svg viewBox role aria-labelledby aria-describedby", "title id", "desc id",
    "line class x1 y1 x2 y2", "rect class x y width height", "circle class cx cy r",
    "text x y", "text x y class", "text x y class text-anchor",
  ]

  /// Each element with the names of its attributes; what is no plain tag is an error.
  private func elements(of page: String) throws -> Set<String> {
    let tag = /<([a-zA-Z][a-z0-9]*)((?: [a-zA-Z][a-zA-Z0-9-]*="[^"<>]*")*)\/?>/
    var found: Set<String> = []
    var rest = page[...]
    while let place = rest.firstIndex(of: "<") {
      rest = rest[place...]
      if rest.hasPrefix("<!DOCTYPE html>") || rest.hasPrefix("</") {
        rest = rest.dropFirst()
        continue
      }
      let match = try #require(try tag.prefixMatch(in: rest), "\(rest.prefix(60))")
      let names = match.2.matches(of: /([a-zA-Z][a-zA-Z0-9-]*)="/).map { String($0.1) }
      found.insert(([String(match.1)] + names).joined(separator: " "))
      rest = rest[match.range.upperBound...]
    }
    return found
  }

  @Test func `Links lead to headings of the page and nowhere else`() throws {
    let made = try #require(
      PostMortemDocument(
        Journal(NightIncident.records), incident: NightIncident.id, context: NightIncident.context))
    let page = made.document.html(style: plainStyle)
    let targets = page.matches(of: /href="([^"]*)"/).map { String($0.1) }
    #expect(targets.count == 7)
    for target in targets {
      #expect(target.hasPrefix("#"))
      #expect(page.contains("id=\"\(target.dropFirst())\""))
    }
    let ids = page.matches(of: /\ id="([^"]*)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
  }

  @Test func `The policy admits the page's own style and nothing else`() {
    let page = Document(title: "T", blocks: []).html(style: plainStyle)
    #expect(page.contains("<style>p { margin: 0 }</style>"))
    #expect(
      page.contains(
        "content=\"default-src 'none'; style-src 'sha256-digest of 15'; base-uri 'none'; "
          + "form-action 'none'\""))
  }
}
