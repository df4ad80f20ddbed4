import ArgumentParser
import LoggistDocuments
import LoggistModel
import Terminal

/// The layouts of documents: which there are, what they look like, what they can name.
struct TemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "List, show and check the templates of post-mortem, timeline and handover.",
    discussion:
      "list: the templates, and which of them the store has its own of; exit status 65 where one has a mistake. "
      + "show NAME: the built-in template, to start from; 'show style' the style sheet of the HTML pages. "
      + "tags NAME: what a template can name. The store's own templates are templates/NAME.md.mustache, "
      + "templates/NAME.html.mustache and templates/style.css in its folder.")

  enum Action: String, ExpressibleByArgument, CaseIterable {
    case list, show, tags
  }

  @Argument(help: "list, show or tags.")
  var action = Action.list

  @Argument(
    help: "postmortem, timeline, handover or style.",
    completion: .list(TemplateName.allCases.map(\.rawValue) + ["style"]))
  var name: String?

  @Option(
    help: ArgumentHelp("md or html.", valueName: "format"),
    completion: .list(TemplateFormat.allCases.map(\.rawValue)))
  var format = "md"

  @OptionGroup var options: StoreOptions

  func validate() throws {
    if action == .list, name != nil { throw ValidationError("list takes no name") }
    if action != .list, name == nil {
      throw ValidationError("\(action.rawValue) needs the name of a template: postmortem")
    }
  }

  func run() throws {
    switch action {
    case .list: try list()
    case .show:
      let format = try chosenFormat()
      try StandardOutput.write(
        name == "style" ? Stylesheet.standard : Template.builtIn(try chosen(), format).text)
    case .tags:
      var columns = Columns(.wrap)
      for tag in try chosen().tags(try chosenFormat()) {
        columns.add([.init("{{\(tag.name)}}", .key), .init(tag.summary)])
      }
      try StandardOutput.write(columns.text(on: Paper(options.color)))
    }
  }

  private func chosen() throws -> TemplateName {
    guard let name, let template = TemplateName(rawValue: name) else {
      throw Failure(.unknownTemplate(name ?? ""))
    }
    return template
  }

  private func chosenFormat() throws -> TemplateFormat {
    let format = try Format.named(format, among: [.md, .html])
    return format == .html ? .html : .md
  }

  /// Each file, and where it comes from.
  private func list() throws {
    let session = try Session.open(options)
    let templates = Templates(session.store)
    var columns = Columns(.wrap)
    var mistakes: [String] = []
    func add(_ file: String, _ isOwn: () throws -> Bool) {
      var origin = "built in"
      do {
        if try isOwn() { origin = templates.path(of: file) }
      } catch {
        origin = "the store's, with a mistake"
        mistakes.append((error as? Failure)?.sentence ?? "\(error)")
      }
      columns.add([.init(file, .key), .init(origin)])
    }
    for name in TemplateName.allCases {
      for format in TemplateFormat.allCases {
        add(Templates.fileName(name, format)) { try templates.own(name, format) != nil }
      }
    }
    add(Templates.styleName) { try templates.ownStylesheet() != nil }
    let paper = session.paper
    try StandardOutput.write(columns.text(on: paper))
    for file in (try? templates.strangers()) ?? [] {
      Messages.write("loggist: \(templates.path(of: file)) is read by nothing: look at its name")
    }
    // Each file says the same of a folder that cannot be read.
    var said: Set<String> = []
    let failures = mistakes.filter { said.insert($0).inserted }
    if !failures.isEmpty { throw Failure(failures, .badInput) }
  }
}
