private import Mustache

/// How a document is laid out: a Mustache template, built in or the store's own.
///
/// The template is its author's and trusted; the values are not. Every value is ready markup when Mustache gets it, so
/// that `{{name}}` and `{{{name}}}` say the same, and what a caller said is neither a tag nor markup.
package struct Template: Sendable {
  package let name: TemplateName
  package let format: TemplateFormat
  package let text: String
  private let mustache: MustacheTemplate

  package init(_ text: String, _ name: TemplateName, _ format: TemplateFormat)
    throws(TemplateMistake)
  {
    (self.name, self.format, self.text) = (name, format, text)
    try TemplateScan.check(text, known: Set(name.tags(format).map(\.name)))
    do {
      // Mustache's own escaping goes by characters, and leaves `<` alone where a combining mark follows.
      mustache = try MustacheTemplate(string: Template.pragma + text)
    } catch let error as MustacheTemplate.ParserError {
      throw TemplateMistake(line: max(1, error.context.lineNumber - 1), reason: .unreadable)
    } catch {
      throw TemplateMistake(line: 1, reason: .unreadable)
    }
  }

  private static let pragma = "{{% CONTENT_TYPE:TEXT}}\n"

  /// The one that is used where the store has none.
  package static func builtIn(_ name: TemplateName, _ format: TemplateFormat) -> Template {
    do throws(TemplateMistake) {
      return try Template(text(of: name, format), name, format)
    } catch {
      preconditionFailure("the built-in template \(name).\(format), line \(error.line)")
    }
  }

  private static func text(of name: TemplateName, _ format: TemplateFormat) -> String {
    switch (name, format) {
    case (.postmortem, .md): postMortemMarkdown
    case (.postmortem, .html): postMortemHTML
    case (.timeline, .md): timelineMarkdown
    case (.timeline, .html): timelineHTML
    case (.handover, .md): handoverMarkdown
    case (.handover, .html): handoverHTML
    }
  }

  /// The document; the style sheet is the page's, where it is one.
  package func render(_ parts: DocumentParts, style: Stylesheet) -> String {
    let values: [String: String] =
      switch format {
      case .md: parts.markdownValues
      case .html: parts.htmlValues(style)
      }
    return mustache.render(values)
  }
}

extension DocumentParts {
  /// Each value on one line, and inert at the start of a line, in a heading and in a table's cell alike.
  var markdownValues: [String: String] {
    var all = ["title": markdown(title, .heading)]
    for (name, value) in values { all[name] = value.map { MarkdownWriter.line($0) } }
    all["header"] = MarkdownWriter.markup(of: header)
    for section in sections { all[section.name] = MarkdownWriter.markup(of: section.blocks) }
    for (name, blocks) in pieces { all[name] = MarkdownWriter.markup(of: blocks) }
    return all.filter { !$0.value.isEmpty }
  }

  func htmlValues(_ style: Stylesheet) -> [String: String] {
    var all = [
      "title": html(oneLine: title), "style": style.text, "policy": style.policy,
    ]
    for (name, value) in values { all[name] = value.map { HTMLWriter.inline($0) } }
    var writer = HTMLWriter(style: style, taken: sections.map { slug($0.heading.text) })
    all["header"] = writer.markup(of: header, under: nil)
    for section in sections {
      all[section.name] = writer.markup(of: section.blocks, under: section.heading)
    }
    for (name, blocks) in pieces where all[name] == nil {
      all[name] = writer.markup(of: blocks, under: nil)
    }
    return all.filter { !$0.value.isEmpty }
  }
}
