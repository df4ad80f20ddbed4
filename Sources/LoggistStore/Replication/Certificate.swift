private import CLibcrypto
package import LoggistModel

/// The dates of the certificates that a configuration names; nothing else of them is looked at, and nothing trusted.
package enum Certificate {
  /// What is wrong with one.
  package enum Problem: Sendable, Hashable {
    case unreadable(path: String)
    case expired(path: String, on: Instant)
    /// Within so many days that somebody should see to a new one.
    case endsSoon(path: String, on: Instant)
  }

  private static let notice = TimeSpan.seconds(30 * 86_400)

  /// Of every certificate that a store's configuration names; relative paths are the store's.
  package static func problems(
    _ sync: Configuration.Sync, folder: String, now: Instant
  ) -> [Problem] {
    [sync.certificate, sync.authority].compactMap { $0 }.compactMap { name in
      let path = name.hasPrefix("/") ? name : "\(folder)/\(name)"
      let seconds = loggist_certificate_end(path)
      guard seconds >= 0 else { return .unreadable(path: path) }
      let end = Instant(milliseconds: seconds * 1000)
      if end <= now { return .expired(path: path, on: end) }
      return end <= now + notice ? .endsSoon(path: path, on: end) : nil
    }
  }
}

extension Certificate.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let path):
      "\(path) is no certificate that can be read: 'sync.cert' and 'sync.ca' name PEM files"
    case .expired(let path, let end):
      "\(path) expired on \(Timestamp.utcText(end)): put a new certificate there, and start loggist-sync again"
    case .endsSoon(let path, let end):
      "\(path) expires on \(Timestamp.utcText(end)): have a new one signed before"
    }
  }

  /// A word for programs.
  package var code: String {
    switch self {
    case .unreadable: "certificate_unreadable"
    case .expired: "certificate_expired"
    case .endsSoon: "certificate_ends"
    }
  }
}
