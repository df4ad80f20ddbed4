import ArgumentParser

/// The forms in which something can be had.
enum Format: String, CaseIterable, Sendable {
  case txt, md, html, json

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

/// Where a document goes, and in which form.
struct DocumentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "txt, md, html or json (default: by the output file's name, else txt).", valueName: "format"),
    completion: .list(Format.allCases.map(\.rawValue)))
  var format: String?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "Overwrite the output file.")
  var force = false

  func chosenFormat() throws -> Format {
    if let format { return try Format.named(format, among: Format.allCases) }
    let suffix = output.flatMap { $0.split(separator: ".").last.map(String.init) }
    return suffix.flatMap(Format.init(rawValue:)) ?? .txt
  }

  func validate() throws {
    if force, output == nil { throw ValidationError("--force is for --output") }
  }
}
