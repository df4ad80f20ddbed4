import LoggistModel
import LoggistStore

/// What keeps replication from its work, or should be known of it. Its words are here and nowhere else.
enum SyncProblem: Sendable, Hashable {
  case unreachable(why: String)
  case serverCertificate(why: String)
  case certificateRefused(why: String)
  case certificateUnusable(why: String)
  case authorityUnusable(why: String)
  case certificate(Certificate.Problem)
  /// The server did not let this machine's user do that.
  case notAllowed(what: String)
  case noEngine
  case streamMissing(String)
  case streamDiffers(String, [String])
  case refused(what: String, words: String)
  case serverTooOld(SyncReport.Server)
  case versionsUnknown
  /// A single copy on a server that does not flush what it acknowledges.
  case notFlushed(SyncReport.Server)
  case policyUnknown(server: String)
  case tooLarge(EntryRef, size: Int, limit: Int)
  case forgotten(NodeCode, from: Int, through: Int)
  case fork(EntryRef, file: String?)
  /// Two machines have that code, and no entry of the second one is known yet.
  case twin(NodeCode)
  case newer(EntryRef)
  /// It came without its text, and nothing here takes that.
  case unexplained(EntryRef, redactor: EntryRef)
  case disk(NodeCode?, words: String)
  /// A log's files cannot be read or written, and the others are carried without it.
  case leftOut(NodeCode, words: String)
  /// What was redacted still stands here.
  case notBlanked(words: String)
  /// What was redacted still stands in the engine's copy.
  case notErased(words: String)

  /// A word for programs.
  var code: String {
    switch self {
    case .unreachable: "unreachable"
    case .serverCertificate: "server_certificate"
    case .certificateRefused: "certificate_refused"
    case .certificateUnusable: "certificate_unusable"
    case .authorityUnusable: "authority_unusable"
    case .certificate(let problem): problem.code
    case .notAllowed: "not_allowed"
    case .noEngine: "no_engine"
    case .streamMissing: "stream_missing"
    case .streamDiffers: "stream_differs"
    case .refused: "refused"
    case .serverTooOld: "server_too_old"
    case .versionsUnknown: "versions_unknown"
    case .notFlushed: "not_flushed"
    case .policyUnknown: "policy_unknown"
    case .tooLarge: "too_large"
    case .forgotten: "forgotten"
    case .fork: "fork"
    case .twin: "twin"
    case .newer: "newer"
    case .unexplained: "unexplained_redaction"
    case .disk: "disk"
    case .leftOut: "left_out"
    case .notBlanked: "not_blanked"
    case .notErased: "not_erased"
    }
  }

  /// What, where, what next.
  var sentence: String {
    switch self {
    case .unreachable(let why):
      "no server answers (\(why)): logging goes on, and what was logged is sent once one does"
    case .serverCertificate(let why):
      "the server's certificate is not accepted (\(why)): look at its dates and names, and at 'sync.ca'"
    case .certificateRefused(let why):
      "the server does not accept this machine's certificate (\(why)): look at 'sync.cert' and at who signed it"
    case .certificateUnusable(let why):
      "this machine's certificate or its key cannot be read (\(why)): look at 'sync.cert' and 'sync.key'"
    case .authorityUnusable(let why):
      "what the servers' certificates are held against cannot be read (\(why)): look at 'sync.ca'"
    case .certificate(let problem): problem.description
    case .notAllowed(let what):
      "the server does not let this machine's user \(what): docs/replication.md lists what it may"
    case .noEngine:
      "the server has no JetStream, or it has no leader at the moment: 'jetstream' has to stand in its configuration"
    case .streamMissing(let name):
      "there is no stream \(name): make it with 'loggist sync setup'"
    case .streamDiffers(let name, let differences):
      "the stream \(name) is not as it should be (\(differences.joined(separator: "; "))): "
        + "'loggist sync setup' changes what can be changed"
    case .refused(let what, let words): "the engine refuses \(what): \(words)"
    case .serverTooOld(let server):
      "server \(server.name) is nats-server \(server.version), which has replaced acknowledged messages by others: "
        + "nothing is sent until it is \(ServerSurvey.oldest.map(String.init).joined(separator: ".")) or later"
    case .versionsUnknown:
      "no server tells its version: let this machine's user publish \(ServerSurvey.versions)"
    case .notFlushed(let server):
      "server \(server.name) acknowledges before it flushes\(interval(server.policy)), and the stream has a single copy: "
        + "set 'sync_interval: always' under 'jetstream' there"
    case .policyUnknown(let server):
      "whether server \(server) flushes what it acknowledges cannot be seen, and the stream has a single copy: set "
        + "'sync_interval: always' there, and lend \(ServerSurvey.policies) to this account"
    case .tooLarge(let ref, let size, let limit):
      "\(ref) has \(size) bytes and the servers take \(limit): raise 'max_payload' there; nothing behind it is sent"
    case .forgotten(let node, let from, let through):
      "others hold \(node).\(from) to \(node).\(through), which this machine has lost: log nothing here until its log "
        + "is put back; stop loggist-sync, 'loggist pack' on a machine that has them, 'loggist unpack' here"
    case .fork(let ref, let file):
      "there are two different \(ref): the one that came first stands in the log\(kept(file)); find out which "
        + "machine logs under this code a second time, or was put back to an older copy, and stop it"
    case .twin(let node):
      "two machines are called \(node): give the second one a store with a code of its own; then stop loggist-sync here, "
        + "remove sync/state.json and start it again"
    case .newer(let ref):
      "\(ref) was written by a newer Loggist, which this one cannot check: install that version here"
    case .unexplained(let ref, let redactor):
      "\(ref) came without its text, which \(redactor) is said to have redacted, and that entry is not here: where it does "
        + "not follow soon, somebody altered the log of \(ref.node)"
    case .notErased(let words):
      "what was redacted still stands on the servers (\(words)): 'loggist sync erase' tries again"
    case .leftOut(let node, let words):
      "the log of \(node) is not carried (\(words)): put the files of nodes/\(node) right, and it goes on by itself"
    case .notBlanked(let words):
      "what was redacted still has its text here (\(words)): it is tried again every half a minute"
    case .disk(let node, let words):
      node.map { "the log of \($0) cannot be written: \(words)" } ?? "cannot write: \(words)"
    }
  }

  /// Words for what is the store's, whatever becomes of the connection.
  static let codesOfTheStore: Set<String> = [
    "too_large", "forgotten", "fork", "twin", "unexplained_redaction", "newer", "disk",
    "not_blanked",
    "not_erased",
  ]

  var problem: SyncReport.Problem { SyncReport.Problem(code: code, sentence: printable(sentence)) }

  private func interval(_ policy: SyncReport.FlushPolicy) -> String {
    if case .seconds(let seconds) = policy { " (every \(seconds) s)" } else { "" }
  }

  private func kept(_ file: String?) -> String {
    file.map { ", the other one in \($0)" } ?? ", the other one has not come yet"
  }
}

extension SyncProblem {
  /// What a failed connection says, from the library's words.
  init(connection words: String) {
    let words = SyncProblem.plain(words)
    let lowered = words.lowercased()
    let isCertificate = lowered.contains("certificate") || lowered.contains("ssl")
    if lowered.contains("error loading trusted") {
      self = .authorityUnusable(why: words)
    } else if lowered.contains("error loading") {
      self = .certificateUnusable(why: words)
    } else if lowered.contains("expected 'pong'") {
      // With TLS 1.3 the server looks at the certificate behind the handshake, and hangs up.
      self = .certificateRefused(why: "it hangs up")
    } else if lowered.contains("alert") && isCertificate {
      self = .certificateRefused(why: words)
    } else if lowered.contains("ssl_write") || lowered.contains("ssl_read") {
      // The same, noticed in the middle of a sentence: the handshake is over, so its certificate was accepted here.
      self = .certificateRefused(why: "it hangs up")
    } else if lowered.contains("authorization") || lowered.contains("authentication") {
      self = .certificateRefused(why: words)
    } else if isCertificate {
      self = .serverCertificate(why: words)
    } else {
      self = .unreachable(why: words.isEmpty ? "not connected" : words)
    }
  }

  /// Without the line of the library's source that its words begin with, `(conn.c:733): …`, and without the reason that
  /// OpenSSL did not give it, `…: (null)`.
  private static func plain(_ words: String) -> String {
    var words = words[...]
    if words.hasPrefix("("), let end = words.firstIndex(of: ")") {
      words = words[words.index(after: end)...].drop { $0 == ":" || $0 == " " }
    }
    if words.hasSuffix(": (null)") { words = words.dropLast(8) }
    return String(words)
  }
}
