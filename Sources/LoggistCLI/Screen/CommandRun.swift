import LoggistModel
import LoggistStore
import LoggistUI

/// A command of the screen's command line, run as this very program on this very store, without a shell.
struct CommandRun: Sendable {
  private let words: [String]
  private let author: String?
  private let session: Session

  init(_ words: [String], author: String?, _ session: Session) {
    (self.words, self.author, self.session) = (words, author, session)
  }

  /// What it wrote, or why it could not be run. Blocks until it has ended, so not on the thread that paints.
  func answer() -> Message {
    let title = words.joined(separator: " ")
    var run = ChildRun(
      program: "/proc/self/exe", input: [], environment: environment, folder: ".")
    run.arguments = words + account
    (run.limit, run.outputLimit) = (CommandRun.limit, 4 << 20)
    do throws(Errno) {
      let result = try run.run()
      let text = String(decoding: result.output, as: UTF8.self)
      return .output(title: "\(title): \(CommandRun.end(result.outcome))", text: text)
    } catch {
      return .notice(Notice("\(title) cannot be run: \(error)", .problem))
    }
  }

  /// Two minutes: a verification of ten years takes seconds.
  private static let limit = 120_000

  private static func end(_ outcome: ChildRun.Outcome) -> String {
    switch outcome {
    case .ended(status: 0): "done"
    case .ended(let status): "exit status \(status)"
    case .killed(let signal): "ended by signal \(signal)"
    case .tookTooLong: "took longer than two minutes and was ended"
    }
  }

  /// What writes writes in the name that the screen was started with.
  private var account: [String] {
    let writes = ["new", "add", "correct", "strike", "unstrike", "redact"]
    let isAnother = session.by != Person.atThisAccount.account
    return isAnother && writes.contains(words.first ?? "") ? ["--by", session.by] : []
  }

  /// The store of the screen, and no colours: what it writes is shown as text.
  private var environment: [String] {
    let own =
      [
        ("LOGGIST_STORE", session.store.path), ("NO_COLOR", "1"), ("TERM", "dumb"),
      ] + (author.map { [("LOGGIST_AUTHOR", $0)] } ?? [])
    let names = Set(own.map(\.0))
    return Environment.all.filter { variable in
      !names.contains(String(variable.prefix { $0 != "=" }))
    } + own.map { "\($0.0)=\($0.1)" }
  }
}
