import LoggistModel
import LoggistStore

/// Looks every few seconds at what whoever carries the logs left word of, and says in one line what people have to know.
struct SyncWatch {
  private let session: Session
  private var last = Instant(milliseconds: 0)
  private var said: String?

  init(_ session: Session) {
    self.session = session
  }

  /// What is to stand there now, where that is not what stood there before; nil inside: nothing.
  mutating func news(_ now: Instant) -> String?? {
    guard session.configuration.sync != nil, session.asOf == nil,
      abs((now - last).milliseconds) >= 3000
    else { return nil }
    last = now
    let line = SyncReport.load(session.store).flatMap { SyncWatch.line($0, now) }
    if line == said { return nil }
    said = line
    return .some(line)
  }

  /// The most urgent thing, and where to read on.
  static func line(_ report: SyncReport, _ now: Instant) -> String? {
    if let fork = report.forks.first {
      return "ALARM: there are two different \(fork.ref): loggist sync status says what to do"
    }
    if report.problems.contains(where: { $0.code == "forgotten" }) {
      return "ALARM: this machine has lost entries that others hold; log nothing here: loggist sync status"
    }
    if let problem = report.problems.first(where: { urgent.contains($0.code) }) {
      return "\(problem.sentence)"
    }
    if report.process != nil, !report.isRunning {
      return "nothing is carried to the other machines: loggist-sync has ended"
    }
    let behind = report.logs.keys.sorted().map { ($0, report.lag(of: $0)) }.filter { $0.1 > 0 }
    if !behind.isEmpty {
      let words = behind.map { "\($0.1) of \($0.0)" }.joined(separator: ", ")
      return "to come from other machines: \(words)"
    }
    let unsent = report.sent.reduce(0) { sum, sent in
      sum + max(0, (report.logs[sent.key]?.sequence ?? 0) - max(0, sent.value))
    }
    return unsent > 0 ? "\(unsent) entries are not sent yet: they are saved here" : nil
  }

  /// What somebody has to do something about.
  private static let urgent: Set<String> = [
    "disk", "certificate_expired", "certificate_refused", "server_certificate", "not_allowed",
    "server_too_old", "too_large",
  ]
}
