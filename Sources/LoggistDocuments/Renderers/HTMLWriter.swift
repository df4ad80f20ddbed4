/// HTML: the body of a page, and with `finish` the page itself.
///
/// The words are the document's, every one of them text; a reader's program finds headings, tables with their heads,
/// named values, times that machines can read, and pictures that say what they show.
package struct HTMLWriter: DocumentWriter {
  private let style: Stylesheet
  private var title = ""
  private var blocks: [String] = []
  private var isInSection = false
  private var anchors: HTMLAnchors
  private var figures = 0
  /// The headings that a table stands under: its caption.
  private var headings: [Heading] = []

  package init(style: Stylesheet) {
    self.init(style: style, taken: [])
  }

  /// `taken` are anchors that stand in the page already.
  init(style: Stylesheet, taken: [String]) {
    self.style = style
    anchors = HTMLAnchors(taken: taken)
  }

  package mutating func begin(title: String) {
    self.title = title
    blocks.append("<h1>\(html(oneLine: title))</h1>")
  }

  package mutating func write(_ heading: Heading) {
    headings = headings.filter { $0.level < heading.level } + [heading]
    let anchor = html(anchors.next(for: heading.text))
    let text = html(oneLine: heading.text)
    if heading.level > 1 {
      let name = "h\(min(heading.level + 1, 6))"
      blocks.append("<\(name) id=\"\(anchor)\">\(text)</\(name)>")
      return
    }
    closeSection()
    isInSection = true
    blocks.append("<section aria-labelledby=\"\(anchor)\">\n<h2 id=\"\(anchor)\">\(text)</h2>")
  }

  package mutating func write(_ paragraph: Prose) {
    // What is strong from its first word to its last has to be seen first.
    let isNotice = !paragraph.isEmpty && paragraph.runs.allSatisfy { $0.mark == .strong }
    blocks.append("<p\(isNotice ? " class=\"notice\"" : "")>\(HTMLWriter.inline(paragraph))</p>")
  }

  package mutating func write(_ facts: [Fact]) {
    let lines = facts.map { fact in
      "<div><dt>\(html(lines: fact.name))</dt><dd>\(HTMLWriter.inline(fact.value))</dd></div>"
    }
    // Many short facts stand in two columns where there is room.
    let isLong = facts.count > 8 && facts.allSatisfy { $0.value.plain.utf8.count <= 120 }
    blocks.append("<dl\(isLong ? " class=\"long\"" : "")>\n\(lines.joined(separator: "\n"))\n</dl>")
  }

  package mutating func write(list: [Prose], isOrdered: Bool) {
    let name = isOrdered ? "ol" : "ul"
    let lines = list.map { "<li>\(HTMLWriter.inline($0))</li>" }
    blocks.append("<\(name)>\n\(lines.joined(separator: "\n"))\n</\(name)>")
  }

  package mutating func write(_ table: Table) {
    blocks.append(HTMLTable(table, caption: caption).markup)
  }

  package mutating func write(contents: [Heading]) {
    var links = HTMLAnchors(taken: [])
    var lines = ["<nav aria-label=\"Contents\">", "<ol>"]
    var (isItemOpen, isListOpen) = (false, false)
    func link(_ heading: Heading) -> String {
      let anchor = html(links.next(for: heading.text))
      return "<a href=\"#\(anchor)\">\(html(oneLine: heading.text))</a>"
    }
    for heading in contents {
      if heading.level > 1, isItemOpen {
        if !isListOpen { lines.append("<ul>") }
        isListOpen = true
        lines.append("<li>\(link(heading))</li>")
        continue
      }
      if isListOpen { lines.append("</ul>") }
      if isItemOpen { lines[lines.count - 1] += "</li>" }
      lines.append("<li>\(link(heading))")
      (isItemOpen, isListOpen) = (true, false)
    }
    if isListOpen { lines.append("</ul>") }
    if isItemOpen { lines[lines.count - 1] += "</li>" }
    blocks.append((lines + ["</ol>", "</nav>"]).joined(separator: "\n"))
  }

  package mutating func write(_ figure: Figure) {
    figures += 1
    let name = "figure_\(figures)"
    let title = html(oneLine: figure.title)
    var lines = [
      "<figure>", "<figcaption>\(title)</figcaption>",
      "<div class=\"drawing\" role=\"group\" aria-label=\"\(title)\" tabindex=\"0\">",
      figure.drawing.markup(named: name, title: figure.title, alternative: figure.alternative),
      "</div>",
    ]
    if let table = figure.table {
      lines += [
        "<details>", "<summary>As a table</summary>",
        HTMLTable(table, caption: figure.title).markup, "</details>",
      ]
    }
    blocks.append((lines + ["</figure>"]).joined(separator: "\n"))
  }

  package mutating func finish() -> String {
    closeSection()
    return HTMLPage(title: title, body: blocks.joined(separator: "\n"), style: style).markup
  }

  private mutating func closeSection() {
    if isInSection { blocks.append("</section>") }
    isInSection = false
  }

  private var caption: String { headings.map(\.text).joined(separator: ": ") }
}

extension HTMLWriter {
  /// The markup of some blocks alone, which stand under a heading that is somebody else's.
  mutating func markup(of blocks: [Block], under heading: Heading?) -> String {
    headings = heading.map { [$0] } ?? []
    self.blocks = []
    for block in blocks { write(block) }
    closeSection()
    return self.blocks.joined(separator: "\n")
  }

  static func inline(_ prose: Prose) -> String {
    prose.runs.map { run in
      let text = html(lines: run.text)
      return switch run.mark {
      case .plain: text
      case .strong: "<strong>\(text)</strong>"
      case .emphasis: "<em>\(text)</em>"
      case .time(let timestamp): "<time datetime=\"\(timestamp)\">\(text)</time>"
      }
    }.joined()
  }
}

/// The names by which a page's headings are linked to.
struct HTMLAnchors {
  private var taken: Set<String>

  init(taken: [String]) {
    self.taken = Set(taken)
  }

  /// The heading's slug; behind it a number where an earlier heading has that one.
  mutating func next(for text: String) -> String {
    let slug = slug(text).isEmpty ? "section" : slug(text)
    var (anchor, number) = (slug, 1)
    while !taken.insert(anchor).inserted {
      number += 1
      anchor = "\(slug)-\(number)"
    }
    return anchor
  }
}
