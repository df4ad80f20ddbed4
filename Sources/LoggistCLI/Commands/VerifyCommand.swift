import ArgumentParser
import LoggistModel
import LoggistStore
import Terminal

/// Says whether the record was altered.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Recompute every digest and link of the logs, and say what was altered.",
    discussion: """
      Says of each finding what it is: altered, torn by a write that was cut off, missing, redacted by an entry that says \
      so, foreign (no entry), or a note; then each node's head. Exit status 1 where something was altered, is missing or \
      is damaged.
      """)

  @Option(
    help: ArgumentHelp(
      "A head that was noted: proves that nothing before it was changed; can be given again.",
      valueName: "INC.700:digest"))
  var since: [String] = []

  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  func run() throws {
    let isJSON = try format.isJSON()
    let noted = try since.map { text in
      guard let head = LogHead(text) else { throw Failure(.notAHead(text)) }
      return head
    }
    let session = try Session.open(options)
    let result: Verification
    do {
      result = try Verification.run(session.store, since: noted)
    } catch {
      throw Failure(error)
    }
    try StandardOutput.write(isJSON ? json(result).line : text(result, noted, session.paper))
    if !result.isClean { throw ExitStatus.failed }
  }

  private func text(_ result: Verification, _ noted: [LogHead], _ paper: Paper) -> String {
    var text = result.findings.map { finding in
      paper.paint("\(finding.sort): \(finding)", finding.isHarmless ? .normal : .error) + "\n"
    }.joined()
    for head in result.heads { text += "\(head.ref):\(head.digest)\n" }
    let count = result.lines == 1 ? "1 entry" : "\(result.lines) entries"
    text +=
      result.isClean
      ? paper.paint("clean, \(count): every digest and every link holds.", .good)
      : paper.paint("\(count): NOT as they were recorded: \(tally(result)).", .error)
    text += "\n"
    if noted.isEmpty {
      text +=
        "Whoever can write the files can rewrite a whole chain: note the heads above elsewhere, and check them "
        + "with --since.\n"
    } else if result.isClean {
      text +=
        "Nothing up to \(list(noted.map(\.ref.description))) was changed since it was noted.\n"
    }
    return text
  }

  /// What speaks against the record: "1 altered, 2 missing".
  private func tally(_ result: Verification) -> String {
    FindingSort.allCases.compactMap { sort in
      let count = result.findings.count { $0.sort == sort && !$0.isHarmless }
      return count == 0 ? nil : "\(count) \(sort)"
    }.joined(separator: ", ")
  }

  private func json(_ result: Verification) -> JSONValue {
    .object([
      JSONMember("v", .integer(1)), JSONMember("clean", .bool(result.isClean)),
      JSONMember("entries", .integer(result.lines)),
      JSONMember("findings", .array(result.findings.map(\.json))),
      JSONMember(
        "heads",
        .array(
          result.heads.map {
            .object([
              JSONMember("ref", .string($0.ref.description)),
              JSONMember("digest", .string($0.digest)),
            ])
          })),
    ])
  }
}

extension Finding {
  var json: JSONValue {
    .object([
      JSONMember("path", .string(path)), JSONMember("line", line.map { .integer($0) } ?? .null),
      JSONMember("offset", .integer(offset)), JSONMember("length", .integer(length)),
      JSONMember("reason", .string("\(reason)")), JSONMember("class", .string(sort.rawValue)),
    ])
  }
}
