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
  let plans: [StreamPlan]
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
    plans = StreamPlan.all(settings, subjects)
  }

  /// Waits for a connection and asks the servers about themselves.
  ///
  /// - Returns: what keeps it from going on.
  func connect(within limit: Int) -> [SyncProblem] {
    let end = ticks() + limit
    while !connection.isConnected, ticks() < end { take(upTo: 100) }
    guard connection.isConnected else {
      let why = Diagnosis.now(.init(settings, subjects, folder: store.path))
      return [SyncProblem(connection: why)]
    }
    _ = connection.subscribe(subjects.survey)
    connection.publish(ServerSurvey.versions, reply: subjects.survey)
    connection.publish(
      ServerSurvey.policies, reply: subjects.survey, Array(#"{"config":true}"#.utf8))
    // How many servers there are nobody knows: they are heard out until a quarter of a second is silent.
    let answersEnd = ticks() + 800
    var (heard, silentSince) = (survey, ticks())
    while ticks() < answersEnd, survey.all.isEmpty || ticks() < silentSince + 250 {
      take(upTo: 50)
      if survey != heard { (heard, silentSince) = (survey, ticks()) }
    }
    return survey.tooOld.map { .serverTooOld($0) }
  }

  /// Whether the streams are there and would take this machine's lines: what it offers is meant for another stream, so
  /// that they answer and keep nothing. Whoever only asks says nothing to the others.
  func look() {
    do throws(EngineAPI.Failure) {
      for plan in plans { keep(try api.stream(plan), plan) }
      try offerNothing()
    } catch {
      found.append(problem(error))
    }
  }

  private func offerNothing() throws(EngineAPI.Failure) {
    let ref = EntryRef(node: name, sequence: 0)
    _ = connection.subscribe(subjects.acknowledgement(ref))
    isAcknowledged = false
    connection.publish(
      subjects.log(name), reply: subjects.acknowledgement(ref), stream: EngineProbe.noStream)
    let end = ticks() + 2000
    while !isAcknowledged, refusals.isEmpty, ticks() < end { take(upTo: 100) }
    if !isAcknowledged, refusals.isEmpty { throw .noAnswer(subject: subjects.log(name)) }
  }

  private var isAcknowledged = false
  /// No stream can be called so, because of its dot; JetStream's answer to what is meant for another one has that code.
  private static let (noStream, notThisStream) = ("no.stream", 10060)

  /// The next messages of a consumer; none where there are none, or none came in five seconds.
  func pull(_ consumer: String, of stream: String, batch: Int) -> [NATSConnection.Message] {
    pulled = []
    pullCount += 1
    if pullCount == 1 { _ = connection.subscribe("\(subjects.inbox).pull.*") }
    api.pull(consumer, of: stream, batch: batch, expires: 1, to: subjects.pull(pullCount))
    let end = ticks() + 5000
    isPullOver = false
    while !isPullOver, pulled.count < batch, ticks() < end { take(upTo: 100) }
    return pulled
  }

  private var pulled: [NATSConnection.Message] = []
  private var pullCount = 0
  private var isPullOver = false

  /// Makes the streams, or brings them to what they should be; says what it did.
  func setUp() throws(EngineAPI.Failure) -> [String] {
    var words: [String] = []
    for plan in plans { words.append(try setUp(plan)) }
    for server in survey.all {
      words.append("Server \(server.name): nats-server \(server.version), \(server.policy.words).")
    }
    return words
  }

  private func setUp(_ plan: StreamPlan) throws(EngineAPI.Failure) -> String {
    do throws(EngineAPI.Failure) {
      let info = try api.stream(plan)
      let differences = plan.differences(of: info)
      keep(differences.isEmpty ? info : try api.updateStream(plan), plan)
      return differences.isEmpty
        ? "The stream \(plan.name) is as it should be."
        : "The stream \(plan.name) was changed: \(differences.joined(separator: "; "))."
    } catch {
      guard error.isMissing else { throw error }
      keep(try api.makeStream(plan), plan)
      return "The stream \(plan.name) was made: \(plan.replicas) "
        + "\(plan.replicas == 1 ? "copy" : "copies"), kept for ever."
    }
  }

  private func keep(_ info: JSONValue, _ plan: StreamPlan) {
    if plan == plans.first { stream = SyncReport.Stream(plan, info) }
    let differences = plan.differences(of: info)
    if !differences.isEmpty { found.append(.streamDiffers(plan.name, differences)) }
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
        if let error = json["error"], error["err_code"]?.integer != EngineProbe.notThisStream {
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

extension SyncReport.Stream {
  init(_ plan: StreamPlan, _ info: JSONValue) {
    self.init(
      name: plan.name, created: printable(info["created"]?.string ?? ""),
      replicas: info["config"]?["num_replicas"]?.integer ?? 0)
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
      .authorityUnusable, .serverTooOld:
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
