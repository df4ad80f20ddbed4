internal import Glibc
package import LoggistModel

/// The end of a log at some moment: the last entry's name, and the digest of its line's head.
///
/// That digest covers the whole log before it by way of the chain; noted elsewhere it makes a rewritten log visible.
package struct LogHead: Sendable, Hashable, CustomStringConvertible {
  package let ref: EntryRef
  /// SHA-256, base64url; what the next line's `prev` is.
  package let digest: String

  package init(ref: EntryRef, digest: String) {
    (self.ref, self.digest) = (ref, digest)
  }

  /// Reads `INC.812:<digest>` and `INC.812 <digest>`.
  package init?(_ text: some StringProtocol) {
    let parts = text.split { $0 == ":" || $0 == " " }
    guard parts.count == 2, let ref = EntryRef(parts[0]), parts[1].utf8.count == 43 else {
      return nil
    }
    self.init(ref: ref, digest: String(parts[1]))
  }

  /// `INC.812 <digest>`.
  package var description: String { "\(ref) \(digest)" }
}

/// Recomputes every digest, gap and link of a store's logs.
///
/// What it cannot prove: whoever can write the files can write a whole chain anew. Only a head that was noted elsewhere
/// shows that.
package struct Verification: Sendable {
  /// By file and line.
  package private(set) var findings: [Finding] = []
  /// Of every node that has a line.
  package private(set) var heads: [LogHead] = []
  package private(set) var lines = 0
  package private(set) var bytes = 0

  /// Neither damage nor alteration; a redaction is neither, nor is what an entry accounts for.
  package var isClean: Bool { findings.allSatisfy(\.isHarmless) }

  /// - Parameter since: heads that were noted: proves that nothing up to them was changed.
  /// - Parameter closely: look at every line with all that can be found, and take no quick pass first: slower by ten
  ///   times, and the same findings.
  package static func run(
    _ store: Store, since noted: [LogHead] = [], closely: Bool = false
  ) throws(StoreError) -> Verification {
    var verification = Verification()
    var logs: [VerifiedLog] = []
    for node in store.nodes {
      let log =
        try closely
        ? VerifiedLog(node, in: store) : VerifiedLog.read(node, in: store, since: noted)
      verification.lines += log.lineCount
      verification.bytes += log.bytes
      logs.append(log)
    }
    var redactions: [EntryRef: [Redactor]] = [:]
    for log in logs { redactions.merge(log.redactions, uniquingKeysWith: +) }
    for place in logs.indices {
      try logs[place].lookCloser(at: redactions.keys, in: store)
      let log = logs[place]
      verification.findings += log.findings(redactions: redactions, noted: noted)
      if let head = log.head { verification.heads.append(head) }
    }
    let known = Set(logs.map(\.node.code))
    for head in noted where !known.contains(head.ref.node) {
      verification.findings.append(
        Finding(
          path: Store.relativeFolder(of: head.ref.node), reason: .notedHeadMissing(head.ref)))
    }
    verification.findings += check(logs.flatMap(\.claims.heads), in: store) { ref in
      logs.filter { $0.node.code == ref.node }.flatMap { $0.headDigests(of: ref) }
    }
    verification.findings += try check(logs.flatMap(\.claims.evidence), in: store)
    verification.findings += ForkFile.findings(in: store)
    return verification
  }
}

/// The entry that redacts another.
struct Redactor {
  let ref: EntryRef
  let reason: String
}
