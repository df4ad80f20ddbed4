import Glibc
import LoggistModel
import LoggistStore
import Testing

/// `LOGGIST_WRITE_CORPUS=1 swift test --filter corpusWriter` makes the cases anew.
private let writesCorpus = getenv("LOGGIST_WRITE_CORPUS") != nil

@Suite("Corpus of damaged stores", .serialized)
struct CorpusTests {
  @Test("Writes the corpus", .enabled(if: writesCorpus))
  func corpusWriter() throws {
    var readme = """
      # Damaged stores

      Each folder holds a store with one sort of damage (`store`) and what `loggist doctor` says about it (`report.txt`).
      The reports hold for a copy with the permissions of a store (folders 0700, files 0600) and with its `reserve`: neither
      survives version control. `LOGGIST_WRITE_CORPUS=1 swift test --filter corpusWriter` makes cases that are missing; the
      committed bytes are what counts, and every fixed bug leaves a case here.

      `hostile-text.jsonl` is something else: texts that try to act in a document, a case a line, with its name and why.
      Tests/EndToEnd/test_hostile_text.py puts each into the fields of an incident and reads every export back.

      | case | what is wrong |
      | --- | --- |

      """
    mkdir(CorpusCase.folder + "/..", 0o755)
    mkdir(CorpusCase.folder, 0o755)
    for corpusCase in CorpusCase.all {
      readme += "| `\(corpusCase.name)` | \(corpusCase.summary) |\n"
      let target = "\(CorpusCase.folder)/\(corpusCase.name)"
      if (try? SystemCalls.real.names(target)) != nil { continue }
      let folder = TemporaryFolder()
      try corpusCase.make(in: folder)
      try copyTree(folder.path, to: target, fileMode: 0o644, folderMode: 0o755)
      writeFile("\(target)/report.txt", Array(try report(of: corpusCase.name).utf8))
    }
    writeFile("\(CorpusCase.folder)/README.md", Array(readme.utf8))
  }

  @Test("Doctor says of each case what its report says", arguments: CorpusCase.all)
  func corpus(_ corpusCase: CorpusCase) throws {
    guard !writesCorpus else { return }
    let file = "\(CorpusCase.folder)/\(corpusCase.name)/report.txt"
    let expected = text(try SystemCalls.real.contents(of: file))
    #expect(try report(of: corpusCase.name) == expected)
  }

  /// What is found in a private copy of a case's store.
  private func report(of name: String) throws -> String {
    let folder = TemporaryFolder()
    try copyTree(
      "\(CorpusCase.folder)/\(name)/store", to: folder.path + "/store", fileMode: 0o600,
      folderMode: 0o700)
    folder.write("store/reserve", [])
    let findings = Doctor.examine(folder.path + "/store").filter {
      // Of the machine that the test runs on.
      switch $0.reason {
      case .notDurable, .networkFileSystem: false
      default: true
      }
    }
    return findings.map { "\($0)\n" }.joined()
  }
}

/// Copies a folder with everything in it.
private func copyTree(
  _ source: String, to target: String, fileMode: UInt32, folderMode: UInt32
) throws {
  let calls = SystemCalls.real
  mkdir(target, mode_t(folderMode))
  chmod(target, mode_t(folderMode))
  for name in try calls.names(source) {
    let status = try calls.lstat("\(source)/\(name)")
    if status.mode & UInt32(S_IFMT) == UInt32(S_IFDIR) {
      try copyTree(
        "\(source)/\(name)", to: "\(target)/\(name)", fileMode: fileMode, folderMode: folderMode)
    } else {
      writeFile("\(target)/\(name)", try calls.contents(of: "\(source)/\(name)"))
      chmod("\(target)/\(name)", mode_t(fileMode))
    }
  }
}

private func writeFile(_ path: String, _ bytes: [UInt8]) {
  let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
  precondition(Glibc.write(file, bytes, bytes.count) == bytes.count)
  close(file)
}
