import LoggistModel
import LoggistStore
import Testing

@testable import LoggistSync

/// What is made of a command line, and with which status it ends.
@Suite struct CommandTests {
  @Test(
    arguments: [
      ("status", "status"), ("--store /x status --json", "status --store /x --json"),
      ("--store run status", "status --store run"), ("--store run", "--store run"),
      ("--json --store=run status", "status --json --store=run"),
      ("--limit 5 run --once", "run --limit 5 --once"), ("--once", "--once"), ("", ""),
      ("--store", "--store"),
    ])
  func `a folder that is called like a command is none`(typed: String, understood: String) {
    let words = typed.split(separator: " ").map(String.init)
    #expect(EntryPoint.commandFirst(words).joined(separator: " ") == understood)
  }

  @Test(arguments: ["9999999999999999", "9223372036854775807", "0", "-1"])
  func `seconds beyond reason are a mistake of the command line`(limit: String) {
    #expect(EntryPoint.run(["run", "--once", "--limit=\(limit)", "--store", "/nowhere"]) == .usage)
  }

  @Test(
    arguments: [
      (StoreError.system("create", "/x", .noSpace), 74),
      (.system("create", "/x", .readOnlyFileSystem), 74),
      (.system("open", "/x", .readOnlyFileSystem), 74),
      (.system("pread", "/x", .inputOutput), 1),
      (.diskFull(path: "/x", .noSpace, standing: []), 74),
      (.noStore(path: "/x"), 1),
    ])
  func `what cannot be written has its status`(error: StoreError, status: Int) {
    #expect(Int(Failure(error).status.rawValue) == status)
  }
}
