import LoggistModel
import LoggistStore
import LoggistUI

/// Looks every few seconds at what whoever carries the logs left word of, and says in a line what people have to know.
struct SyncWatch {
  private let session: Session
  private var last = Instant(milliseconds: 0)
  private var alarm: String?
  private var standing: String?
  private var carriage: Carriage?

  init(_ session: Session) {
    self.session = session
  }

  /// What has changed since the last call.
  ///
  /// - Parameter other: what stands in the footer where replication has nothing to say.
  mutating func news(_ now: Instant, otherwise other: String?) -> [Message] {
    guard session.configuration.sync != nil, session.asOf == nil,
      abs((now - last).milliseconds) >= 3000
    else { return [] }
    last = now
    let report = SyncReport.load(session.store)
    let (alarm, standing) = (report?.alarm, report?.standing)
    let carriage = report?.carriage ?? Carriage()
    defer { (self.alarm, self.standing, self.carriage) = (alarm, standing, carriage) }
    return (alarm == self.alarm ? [] : [.alarm(alarm)])
      + (standing == self.standing ? [] : [.standing(standing ?? other)])
      + (carriage == self.carriage ? [] : [.carriage(carriage)])
  }
}

extension SyncReport {
  /// What somebody has to do something about now; nil where there is nothing of that sort.
  var alarm: String? {
    if let fork = forks.first {
      return "Two different \(fork.ref): one log has two histories · loggist sync status"
    }
    if let node = twins.first {
      return
        "Two machines are called \(node): one log is about to have two histories · loggist sync status"
    }
    if problems.contains(where: { $0.code == "forgotten" }) {
      return "Entries that others hold are lost here: log nothing · loggist sync status"
    }
    if problems.contains(where: { $0.code == "not_blanked" }) {
      return "A text that was redacted still stands here · loggist sync status"
    }
    if problems.contains(where: { $0.code == "left_out" }) {
      return "A log cannot be read here and is not carried · loggist sync status"
    }
    guard let problem = problems.first(where: { SyncReport.urgent.contains($0.code) }) else {
      return nil
    }
    return "The log is not carried to other machines (\(problem.code)) · loggist sync status"
  }

  private static let urgent: Set<String> = [
    "disk", "certificate_expired", "certificate_refused", "certificate_unusable",
    "authority_unusable", "server_certificate", "not_allowed", "server_too_old", "too_large",
  ]

  /// How things stand, in a few words; nil where all of it is everywhere.
  var standing: String? {
    if process != nil, !isRunning { return "loggist-sync has ended" }
    let behind = logs.keys.sorted().map { ($0, lag(of: $0)) }.filter { $0.1 > 0 }
    if !behind.isEmpty {
      return behind.map { "\($0.1) of \($0.0)" }.joined(separator: ", ") + " to come"
    }
    let unsent = sent.reduce(0) { sum, sent in
      sum + max(0, (logs[sent.key]?.sequence ?? 0) - max(0, sent.value))
    }
    return unsent > 0 ? "\(unsent) not sent yet" : nil
  }
}
