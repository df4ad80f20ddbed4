import ArgumentParser
import LoggistModel
import LoggistStore
import Terminal

/// Finds entries by words.
struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Find entries in which all the words occur, the latest last.",
    discussion:
      "Words are looked for in texts, fields, tags, authors, kinds, numbers and titles, in any case. "
      + "Exit status 1 where nothing is found.")

  @Argument(help: "The words.")
  var words: [Verbatim]

  @Flag(help: "Struck entries, too.")
  var struck = false

  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  func run() throws {
    let isJSON = try format.isJSON()
    guard let search = Search(words.map(\.description).joined(separator: " ")) else {
      throw Failure(.nothingToSearch)
    }
    let session = try Session.open(options)
    let hits = search.hits(in: try session.journal(for: search), includingStruck: struck)
    if isJSON {
      try StandardOutput.write(
        JSONValue.object([
          JSONMember("v", .integer(1)), JSONMember("entries", .array(hits.map(\.json))),
        ]).line)
    } else {
      try StandardOutput.write(columns(hits, session).text(on: session.paper))
    }
    if hits.isEmpty { throw ExitStatus.failed }
  }

  private func columns(_ hits: [EffectiveEntry], _ session: Session) -> Columns {
    var columns = Columns(.cut)
    for hit in hits {
      let role: Role = hit.isStruck ? .struck : .normal
      columns.add([
        .init(hit.ref.description, .key), .init(hit.incident?.description ?? "-", role),
        .init("\(session.style.date(hit.at)) \(session.style.time(hit.at))", role, isRight: true),
        .init(hit.kind.name, role), .init(hit.author, role),
        .init((hit.isStruck ? "[struck] " : "") + hit.entry.phrase, role),
      ])
    }
    return columns
  }
}
