import Glibc
import LoggistModel
import LoggistStore

/// A short visit to the servers: what they are, whether the stream is there, whether this machine may send.
final class EngineProbe {
  private let settings: Configuration.Sync
  private let store: Store
  let name: NodeCode
  let subjects: Subjects
  private let connection: NATSConnection
  let api: EngineAPI
  private(set) var survey = ServerSurvey()
  private(set) var stream: SyncReport.Stream?
  private var refusals: Set<String> = []
  private var found: [SyncProblem] = []
  private let ticks = SystemCalls.real.ticks

  init(_ store: Store, _ settings: Configuration.Sync) throws(Failure) {
    (self.store, self.settings) = (store, settings)
    do {
      name = try store.participant()
    } catch {
      throw error as? Failure ?? Failure("\(error)")
    }
    subjects = Subjects(org: settings.org, name: name, instance: Service.instance())
    do {
      connection = try NATSConnection(.init(settings, subjects, folder: store.path))
    } catch {
      throw Failure(SyncProblem(connection: error.text).sentence, .unavailable)
    }
    api = EngineAPI(connection: connection, subjects: subjects)
  }

  /// Waits for a connection and asks the servers about themselves.
  ///
  /// - Returns: what keeps it from going on.
  func connect(within limit: Int) -> [SyncProblem] {
    let end = ticks() + limit
    while !connection.isConnected, ticks() < end { take(upTo: 100) }
    guard connection.isConnected else {
      let why = NATSConnection.diagnose(.init(settings, subjects, folder: store.path))
      return [SyncProblem(connection: why)]
    }
    _ = connection.subscribe(subjects.survey)
    connection.publish(ServerSurvey.versions, reply: subjects.survey)
    connection.publish(
      ServerSurvey.policies, reply: subjects.survey, Array(#"{"config":true}"#.utf8))
    let answersEnd = ticks() + 800
    while ticks() < answersEnd { take(upTo: 100) }
    return survey.tooOld.map { .serverTooOld($0) }
  }

  /// Whether the stream is there and takes this machine's lines; what it offers is the log's identity, which is there
  /// already where it was ever sent.
  func look() {
    do throws(EngineAPI.Failure) {
      try keep(try api.stream())
      guard let identity = try? store.identity(of: name) else { return }
      try offer(Letter(node: name, identity: identity))
    } catch {
      found.append(problem(error))
    }
  }

  private func offer(_ letter: Letter) throws(EngineAPI.Failure) {
    let ref = EntryRef(node: letter.node, sequence: 0)
    _ = connection.subscribe(subjects.acknowledgement(ref))
    isAcknowledged = false
    connection.publish(
      subjects.log(name), reply: subjects.acknowledgement(ref), id: letter.id,
      label: letter.label, letter.bytes)
    let end = ticks() + 2000
    while !isAcknowledged, refusals.isEmpty, ticks() < end { take(upTo: 100) }
    if !isAcknowledged, refusals.isEmpty { throw .noAnswer(subject: subjects.log(name)) }
  }

  private var isAcknowledged = false

  /// The next messages of a consumer; none where there are none, or none came in five seconds.
  func pull(_ consumer: String, batch: Int) -> [NATSConnection.Message] {
    pulled = []
    pullCount += 1
    if pullCount == 1 { _ = connection.subscribe("\(subjects.inbox).pull.*") }
    api.pull(consumer, batch: batch, expires: 1, to: subjects.pull(pullCount))
    let end = ticks() + 5000
    isPullOver = false
    while !isPullOver, pulled.count < batch, ticks() < end { take(upTo: 100) }
    return pulled
  }

  private var pulled: [NATSConnection.Message] = []
  private var pullCount = 0
  private var isPullOver = false

  /// Makes the stream, or brings it to what it should be; says what it did.
  func setUp() throws(EngineAPI.Failure) -> [String] {
    var words: [String] = []
    do throws(EngineAPI.Failure) {
      let info = try api.stream()
      let differences = api.differences(of: info, replicas: settings.replicas)
      if differences.isEmpty {
        words.append("The stream \(subjects.stream) is as it should be.")
        try keep(info)
      } else {
        try keep(try api.updateStream(replicas: settings.replicas))
        words.append(
          "The stream \(subjects.stream) was changed: \(differences.joined(separator: "; ")).")
      }
    } catch {
      guard error.isMissing else { throw error }
      try keep(try api.makeStream(replicas: settings.replicas))
      words.append(
        "The stream \(subjects.stream) was made: \(settings.replicas) "
          + "\(settings.replicas == 1 ? "copy" : "copies"), kept for ever.")
    }
    for server in survey.all {
      words.append("Server \(server.name): nats-server \(server.version), \(server.policy.words).")
    }
    return words
  }

  private func keep(_ info: JSONValue) throws(EngineAPI.Failure) {
    stream = SyncReport.Stream(
      name: subjects.stream, created: printable(info["created"]?.string ?? ""),
      replicas: info["config"]?["num_replicas"]?.integer ?? 0)
    let differences = api.differences(of: info, replicas: settings.replicas)
    if !differences.isEmpty { found.append(.streamDiffers(subjects.stream, differences)) }
  }

  /// Everything that was found so far.
  var problems: [SyncProblem] {
    survey.tooOld.map { .serverTooOld($0) } + refusals.sorted().map { .notAllowed(what: $0) }
      + (refusals.isEmpty ? found : [])
      + survey.unflushed(replicas: stream?.replicas ?? settings.replicas)
      + (survey.all.isEmpty && connection.isConnected ? [.versionsUnknown] : [])
  }

  func problem(_ failure: EngineAPI.Failure) -> SyncProblem {
    while let item = connection.next() { take(item) }
    return refusals.min().map { .notAllowed(what: $0) }
      ?? SyncProblem(failure, stream: subjects.stream)
  }

  private func take(upTo milliseconds: Int32) {
    var file = pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0)
    poll(&file, 1, milliseconds)
    while let item = connection.next() { take(item) }
  }

  private func take(_ item: NATSConnection.Item) {
    switch item {
    case .fault(let words):
      if let refusal = SyncProblem.refusal(words) { refusals.insert(refusal) }
    case .message(let message):
      if message.subject == subjects.survey {
        survey.take(message.bytes)
      } else if message.reply.hasPrefix("$JS.ACK.") {
        pulled.append(message)
      } else if message.subject == subjects.pull(pullCount) {
        isPullOver = true
      } else if message.status == 0, let json = try? JSONText.parse(message.bytes) {
        isAcknowledged = true
        if let error = json["error"] {
          found.append(
            .refused(
              what: "a line", words: printable(error["description"]?.string ?? "error")))
        }
      } else {
        isAcknowledged = true
        found.append(.noEngine)
      }
    case .connected, .disconnected, .closed: break
    }
  }
}

extension NATSConnection.Options {
  /// Of this machine, as the configuration says; paths of certificates are relative to the store.
  init(_ settings: Configuration.Sync, _ subjects: Subjects, folder: String) {
    let path = { (path: String) in path.hasPrefix("/") ? path : "\(folder)/\(path)" }
    self.init(
      servers: settings.servers, name: "loggist-sync \(subjects.name)", inbox: subjects.inbox,
      authority: settings.authority.map(path), certificate: settings.certificate.map(path),
      key: settings.key.map(path))
  }
}

extension SyncProblem {
  init(_ failure: EngineAPI.Failure, stream: String) {
    self =
      switch failure {
      case .noAnswer(let subject): .refused(what: subject, words: "no answer")
      case .noEngine: .noEngine
      case .refused(10059, _): .streamMissing(stream)
      case .refused(_, let words): .refused(what: stream, words: words)
      }
  }

  /// What the server did not allow, from its words: `Permissions Violation for Publish to "loggist.care.log.INC"`.
  static func refusal(_ words: String) -> String? {
    let lowered = words.lowercased()
    guard lowered.contains("permissions violation") else { return nil }
    let subject = words.split(separator: "\"").dropFirst().first.map(String.init) ?? words
    let verb = lowered.contains("subscription") ? "subscribe to" : "publish"
    return "\(verb) \(printable(subject))"
  }

  /// Nothing can be done before this is mended.
  var isFatal: Bool {
    switch self {
    case .unreachable, .serverCertificate, .certificateRefused, .certificateUnusable,
      .serverTooOld:
      true
    default: false
    }
  }
}

extension SyncReport.FlushPolicy {
  var words: String {
    switch self {
    case .always: "flushes before it acknowledges"
    case .seconds(let seconds): "flushes every \(seconds) s"
    case .unknown: "does not tell when it flushes"
    }
  }
}
