import LoggistModel
import LoggistStore

/// The dates of the certificates that a configuration names.
enum CertificateCheck {
  /// Days in which somebody should see to a new one.
  private static let notice = 30

  static func problems(
    _ settings: Configuration.Sync, folder: String, now: Instant
  ) -> [SyncProblem] {
    [settings.certificate, settings.authority].compactMap { $0 }.compactMap { name in
      let path = name.hasPrefix("/") ? name : "\(folder)/\(name)"
      guard let end = Certificate.end(of: path) else { return .certificateUnreadable(path: path) }
      if end <= now { return .certificateExpired(path: path, on: end) }
      let soon = now + .seconds(notice * 86_400)
      return end <= soon ? .certificateEnds(path: path, on: end) : nil
    }
  }
}
