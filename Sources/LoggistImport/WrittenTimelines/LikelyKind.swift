internal import LoggistModel

/// What sort of entry a sentence of a report most likely is.
///
/// Only words that hardly mean anything else decide; the rest is a note. A milestone that is made up spoils every
/// figure, one that is missing is added in a moment.
enum LikelyKind {
  static func of(_ text: String) -> Kind {
    let found = book.groups(in: Array(text.utf8.prefix(160))[...])
    guard found & 1 == 0 else { return .note }
    let index = rules.indices.first { found & (2 << UInt64($0)) != 0 }
    return index.map { rules[$0].kind } ?? .note
  }

  private static let book = PhraseBook([doubters] + rules.map(\.phrases))

  /// What turns a phrase into its opposite, or only speaks of it.
  private static let doubters = [
    "not", "no", "cannot", "unable", "failed", "fails", "fail", "partially", "attempt", "attempted",
    "tried",
    "trying", "expected", "should", "will", "until", "plan", "planned", "appears", "seems", "might",
  ]

  private static let rules: [(kind: Kind, phrases: [String])] = [
    (
      .resolved,
      [
        "incident resolved", "issue resolved", "incident is resolved", "issue is resolved",
        "incident closed", "declared resolved", "marked as resolved", "issue was resolved",
        "incident was resolved", "incident over",
      ]
    ),
    (
      .restored,
      [
        "service restored", "services restored", "service fully restored", "back to normal",
        "all systems operational", "service operational", "service back up", "fully recovered",
        "returned to normal", "verified operational", "service is restored", "service recovered",
      ]
    ),
    (
      .complaint,
      [
        "customer reports", "customers report", "user reports", "users report", "users reported",
        "user reported", "customer reported", "customers reported", "reported by customers",
        "reported by customer", "support requests", "a user reported", "users reporting",
        "customers complained", "customer complained", "first report from",
      ]
    ),
    (.acknowledged, ["acknowledged", "acknowledges", "acks the page", "acked"]),
    (
      .noticed,
      [
        "first noticed", "was noticed", "we notice", "we noticed", "alert fired", "alerts fired",
        "alert fires", "first alert", "alarm received", "issue detected", "monitoring alert",
        "alert triggered",
      ]
    ),
    (
      .change,
      [
        "rolled back", "rollback performed", "reverted", "redeployed", "restarted", "fix deployed",
        "fix applied", "deployed the", "hotfix", "scaled up", "scaled down",
      ]
    ),
  ]
}
