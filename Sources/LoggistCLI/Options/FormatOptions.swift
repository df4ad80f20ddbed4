import ArgumentParser

/// The forms in which something can be had.
enum Format: String, CaseIterable, Sendable {
  case txt, md, html, json, csv, ics, openmetrics

  /// What every document can be had as.
  static let ofEveryDocument: [Format] = [.txt, .md, .html, .json]

  /// What a command asked for, or a sentence with what there is.
  static func named(_ name: String, among formats: [Format]) throws -> Format {
    if let format = Format(rawValue: name), formats.contains(format) { return format }
    throw Failure(.unknownFormat(name, formats))
  }
}

/// `--format` of a command that prints text for people or JSON for programs.
struct ListFormatOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("txt for people, json for programs.", valueName: "format"),
    completion: .list(["txt", "json"]))
  var format = "txt"

  func isJSON() throws -> Bool {
    try Format.named(format, among: [.txt, .json]) == .json
  }
}

/// Where a document goes, in which form, and what of the log may be in it.
struct DocumentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "txt, md, html, json, csv, ics or openmetrics, as far as the document has it (default: by the output file's name, else txt).",
      valueName: "format"),
    completion: .list(Format.allCases.map(\.rawValue)))
  var format: String?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "Overwrite the output file.")
  var force = false

  @Flag(help: "With csv: begin with the byte-order mark that Excel needs.")
  var excel = false

  @Flag(name: .customLong("public"), help: "Only entries with visibility=public.")
  var publicOnly = false

  @Flag(help: "Show people as roles: Desk agent 1, Caller 2.")
  var redactNames = false

  /// The format that was asked for, by its name or by that of the file, if the document has it.
  func chosenFormat(among formats: [Format]) throws -> Format {
    let suffix = output.flatMap { $0.split(separator: ".").last.map(String.init) }
    let byName = suffix.flatMap(Format.init(rawValue:))
    guard let name = format ?? byName?.rawValue else { return .txt }
    let chosen = try Format.named(name, among: formats)
    if excel, chosen != .csv { throw Failure(.excelIsForCSV) }
    return chosen
  }

  func validate() throws {
    if force, output == nil { throw ValidationError("--force is for --output") }
  }

  /// Nothing that decides over a document is set.
  var isEmpty: Bool {
    format == nil && output == nil && !force && !excel && !publicOnly && !redactNames
  }
}
