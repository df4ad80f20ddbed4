import Glibc
import Testing

/// A rehearsal store of a test's own, gone with the test: the desk's zone is Lagos, its clock what a test says.
final class Rehearsal: Sendable {
  let folder: String
  var store: String { folder + "/store" }

  init() throws {
    var template = Array("/tmp/loggist-cli-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let made = try Program.run(
      Program.path,
      [
        "init", "--store", store, "--rehearsal", "--seed", "test", "--zone", "Africa/Lagos",
        "--desk", "Front desk", "--now", "2022-01-05T20:00:00+01:00",
      ])
    try #require(made.status == 0, "\(made.errors)")
  }

  deinit {
    _ = try? Program.run("/bin/chmod", ["-R", "u+w", folder])
    _ = try? Program.run("/bin/rm", ["-rf", folder])
  }

  /// A command at a time of 5 January 2022, by ama.
  func run(
    _ arguments: String..., at time: String = "21:30:00", by user: String = "ama",
    input: String? = nil, environment: [String: String] = [:]
  ) throws -> Program.Result {
    try run(arguments, at: time, by: user, input: input, environment: environment)
  }

  func run(
    _ arguments: [String], at time: String = "21:30:00", by user: String = "ama",
    input: String? = nil, environment: [String: String] = [:]
  ) throws -> Program.Result {
    let writing: Set = [
      "new", "add", "correct", "strike", "unstrike", "redact", "board", "handover",
    ]
    let who = writing.contains(arguments.first ?? "") ? ["--by", user] : []
    let options = ["--store", store, "--now", "2022-01-05T\(time)+01:00"] + who
    return try Program.run(
      Program.path, [arguments[0]] + options + arguments.dropFirst(), input: input,
      environment: environment)
  }

  /// The same, where nothing may go wrong: what it printed.
  @discardableResult
  func ok(
    _ arguments: String..., at time: String = "21:30:00", by user: String = "ama",
    input: String? = nil
  ) throws -> String {
    let result = try run(arguments, at: time, by: user, input: input)
    try #require(result.status == 0, "\(arguments): \(result.errors)")
    return result.output
  }

  var log: String { get throws { try Program.read("\(store)/nodes/INC/2022-01.jsonl") } }

  /// An incident of a few entries.
  func pharmacy() throws {
    try ok(
      "new", "20:50", "Cannot enter new drugs", "caller=pharmacist on call", "place=Pharmacy",
      "callback=yes", at: "20:51:10")
    try ok(
      "add", "INC-1", "observation", "20:55", "Refreshed the browser several times", at: "20:56:20")
    try ok(
      "add", "INC-1", "escalated", "21:02", "to=Terence Waller", "reached_by=phone", at: "21:03:00")
    try ok("add", "INC-1", "set", "priority=P1", at: "21:04:00")
  }
}
