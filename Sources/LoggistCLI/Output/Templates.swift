import LoggistDocuments
import LoggistStore

/// The layouts of a store's documents: its own where it has them, else the built-in ones.
struct Templates {
  private let folder: TemplateFolder

  static let styleName = "style.css"

  init(_ store: Store) {
    folder = TemplateFolder(store)
  }

  static func fileName(_ name: TemplateName, _ format: TemplateFormat) -> String {
    "\(name.rawValue).\(format.rawValue).mustache"
  }

  /// The template of a document, or what is wrong with the store's.
  func template(_ name: TemplateName, _ format: TemplateFormat) throws -> Template {
    try own(name, format) ?? .builtIn(name, format)
  }

  /// A document as the store lays it out.
  func text<Made: TemplatedDocument>(of document: Made, _ format: TemplateFormat) throws -> String {
    let style = format == .html ? try stylesheet() : .builtIn
    return try template(Made.template, format).render(document.parts, style: style)
  }

  /// The store's; nil where it has none.
  func own(_ name: TemplateName, _ format: TemplateFormat) throws -> Template? {
    let file = Templates.fileName(name, format)
    guard let text = try text(of: file) else { return nil }
    do {
      return try Template(text, name, format)
    } catch {
      throw Failure(error, in: folder.path(of: file))
    }
  }

  func stylesheet() throws -> Stylesheet { try ownStylesheet() ?? .builtIn }

  func ownStylesheet() throws -> Stylesheet? {
    guard let text = try text(of: Templates.styleName) else { return nil }
    // It would end the style and begin a page.
    if let line = text.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex(where: { $0.lowercased().contains("</style") })
    {
      let path = folder.path(of: Templates.styleName)
      throw Failure("\(path):\(line + 1): '</style' cannot stand in a style sheet", .badInput)
    }
    return Stylesheet(text, digest: Stylesheet.sha256)
  }

  /// Files in the folder that nothing reads.
  func strangers() throws -> [String] {
    let known = Set(
      TemplateName.allCases.flatMap { name in
        TemplateFormat.allCases.map { Templates.fileName(name, $0) }
      } + [Templates.styleName])
    return try names().filter { !known.contains($0) && !$0.hasPrefix(".") && !$0.hasSuffix("~") }
  }

  func path(of file: String) -> String { folder.path(of: file) }

  private func names() throws -> [String] {
    do {
      return try folder.names()
    } catch {
      throw Failure(error)
    }
  }

  /// With the line ends of Unix: a browser computes the digest of a style over those.
  private func text(of file: String) throws -> String? {
    let text: String?
    do {
      text = try folder.text(of: file)
    } catch {
      throw Failure(error)
    }
    guard let text, text.utf8.contains(0x0D) else { return text }
    return text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
  }
}

extension Stylesheet {
  static var builtIn: Stylesheet { Stylesheet(digest: sha256) }

  /// SHA-256 in Base64 as a Content-Security-Policy has it.
  static func sha256(_ text: String) -> String {
    let digits = SHA256.base64URL(text.utf8).map { digit -> Character in
      switch digit {
      case "-": "+"
      case "_": "/"
      default: digit
      }
    }
    return String(digits) + "="
  }
}
