import LoggistModel
import LoggistStore

/// Carries letters over NATS JetStream: a stream for the lines, plain messages for vectors, questions and answers.
final class NATSCourier: Courier {
  let subjects: Subjects
  let api: EngineAPI
  private let connection: NATSConnection
  private let options: NATSConnection.Options
  private let settings: Configuration.Sync
  private let consumer: String
  private let plans: [StreamPlan]
  private let ticks: () -> Int
  private(set) var isReady = false
  private(set) var survey = ServerSurvey()
  private(set) var stream: SyncReport.Stream?
  /// Subjects that the server refused, as it says it.
  private(set) var refusals: Set<String> = []
  private var engineProblem: SyncProblem?
  private var streamProblems: [SyncProblem] = []
  /// Errors that the library called with, ever.
  private(set) var faults = 0
  private var mark = AckMark()
  private var waiting: [CourierEvent] = []
  private var nextCheck = 0
  private var nextSurvey = 0
  private var diagnosis: Diagnosis
  private var backOff = BackOff()
  private var random = SystemRandomNumberGenerator()
  private var subscribed: Set<String> = []

  /// When the consumer was made whose places `mark` counts, and in which stream.
  private var counted = ""
  /// When to look next whether all was delivered; `never` once that was so.
  private var nextComparison = Replicator.never
  private var lastLines: [NodeCode: Int] = [:]

  // Pulls that are open: how many messages each may still bring, and until when.
  private var pulls: [(number: Int, left: Int, until: Int)] = []
  private var pullCount = 0
  private static let batch = 500
  private static let pullSeconds = 20

  init(
    _ settings: Configuration.Sync, name: NodeCode, instance: String,
    folder: String, ticks: @escaping () -> Int
  ) throws(NATSConnection.Refusal) {
    (self.settings, self.ticks) = (settings, ticks)
    subjects = Subjects(org: settings.org, name: name, instance: instance)
    diagnosis = Diagnosis(ticks())
    consumer = subjects.consumer
    plans = StreamPlan.all(settings, subjects)
    options = NATSConnection.Options(settings, subjects, folder: folder)
    connection = try NATSConnection(options)
    api = EngineAPI(connection: connection, subjects: subjects)
  }

  var descriptor: Int32 { connection.descriptor }
  var isConnected: Bool { connection.isConnected }
  /// Nothing is left to be delivered, and what the stream has was compared with what is here.
  var hasCaughtUp: Bool { isReady && nextComparison == Replicator.never }
  /// There will be no connection any more as long as this process lives.
  var isHopeless: Bool { !connection.isConnected && diagnosis.isHopeless }

  /// What is wrong between this machine and the engine.
  var problems: [SyncProblem] {
    var problems: [SyncProblem] = []
    if !connection.isConnected { problems.append(SyncProblem(connection: diagnosis.words)) }
    problems += refusals.sorted().map { .notAllowed(what: $0) }
    problems += survey.tooOld.map { .serverTooOld($0) }
    if connection.isConnected {
      if let engineProblem, refusals.isEmpty { problems.append(engineProblem) }
      problems += streamProblems
      if isReady, survey.all.isEmpty { problems.append(.versionsUnknown) }
    }
    problems += survey.unflushed(replicas: stream?.replicas ?? settings.replicas)
    return problems
  }

  /// Lines that the engine has for this machine and has not delivered, and those that it waits for the receipts of; nil
  /// where it does not say.
  func backlog() -> Int? {
    guard isReady, let info = try? api.consumer(consumer),
      let pending = info["num_pending"]?.integer, let open = info["num_ack_pending"]?.integer
    else { return nil }
    return pending + open
  }

  // MARK: - Courier

  func events() -> [CourierEvent] {
    while let item = connection.next() { take(item) }
    upkeep()
    defer { waiting = [] }
    return waiting
  }

  func offer(_ letter: Letter, as ref: EntryRef) {
    let code = connection.publish(
      subjects.log(ref.node), reply: subjects.acknowledgement(ref), id: letter.id,
      label: letter.label, letter.bytes)
    if code == 0 { return }
    if NATSConnection.isTooLarge(code) {
      waiting.append(
        .tooLarge(ref, size: letter.bytes.count, limit: connection.largestMessage))
    } else {
      waiting.append(.refused(ref))
    }
  }

  func acknowledge(_ receipt: Receipt) {
    mark.settle(receipt)
  }

  func deliverAnew() {
    api.endConsumer(consumer, in: subjects.stream)
    interrupt()
    nextCheck = 0
  }

  func publish(_ vector: LogVector) {
    connection.publish(subjects.vector(vector.node), vector.bytes)
  }

  func ask(_ fetch: Fetch, of holder: NodeCode, number: Int) {
    connection.publish(subjects.fetch(holder), reply: subjects.answer(number), fetch.bytes)
  }

  func reply(_ letter: Letter?, to question: Question) {
    guard let letter else {
      connection.publish(question.reply)
      return
    }
    // A repair never uses the name of the line itself as the message's: the engine would take it for a double.
    connection.publish(
      question.reply, label: "\(letter.node) \(letter.id) \(letter.label)", letter.bytes)
  }

  // MARK: - What arrives

  private func take(_ item: NATSConnection.Item) {
    switch item {
    case .connected:
      (nextCheck, nextSurvey) = (0, 0)
      survey.reset()
    case .disconnected, .closed:
      interrupt()
      // Of that connection: what the next one may, it will be told.
      refusals = []
    case .fault(let words): fault(words)
    case .message(let message): take(message)
    }
  }

  private func interrupt() {
    if isReady { waiting.append(.interrupted) }
    isReady = false
    pulls = []
  }

  private func fault(_ words: String) {
    faults += 1
    if let refusal = SyncProblem.refusal(words) { refusals.insert(refusal) }
  }

  private func take(_ message: NATSConnection.Message) {
    let subject = message.subject
    if message.reply.hasPrefix("$JS.ACK."), subject.hasPrefix("loggist.") {
      if message.reply.contains(".\(subjects.lastLines).") {
        takeLastLine(message)
      } else {
        deliver(message)
      }
    } else if let words = Subjects.lastWord(of: subject, behind: "\(subjects.inbox).ack") {
      acknowledged(words, message)
    } else if let word = Subjects.lastWord(of: subject, behind: "\(subjects.inbox).pull") {
      pullEnded(Int(word) ?? 0, message.status)
    } else if let word = Subjects.lastWord(of: subject, behind: "\(subjects.inbox).answer") {
      answered(Int(word) ?? 0, message)
    } else if subject == subjects.survey {
      survey.take(message.bytes)
      if !survey.tooOld.isEmpty { interrupt() }
    } else if let fetch = Fetch(message.bytes), subject == subjects.fetch(subjects.name),
      message.reply.hasPrefix("_INBOX.")
    {
      waiting.append(.asked(Question(fetch: fetch, reply: message.reply)))
    } else if let word = Subjects.lastWord(of: subject, behind: "loggist.\(settings.org).vector"),
      let node = NodeCode(word), let vector = LogVector(message.bytes, from: node)
    {
      waiting.append(.vector(vector))
    }
  }

  private func deliver(_ message: NATSConnection.Message) {
    if !pulls.isEmpty { pulls[0].left -= 1 }
    if pulls.first?.left ?? 1 <= 0 { pulls.removeFirst() }
    guard let place = NATSCourier.place(inStream: message.reply) else { return }
    let receipt = Receipt(number: place, reply: message.reply)
    mark.delivered(place)
    backOff.reset()
    guard let word = Subjects.lastWord(of: message.subject, behind: "loggist.\(settings.org).log"),
      let node = NodeCode(word)
    else {
      mark.settle(receipt)
      return
    }
    let letter = Letter(
      node: node, label: message.label ?? "", id: message.id ?? "", bytes: message.bytes)
    waiting.append(.delivered(letter, receipt))
  }

  /// `$JS.ACK.<stream>.<consumer>.<times>.<place>.…`, or with domain and account in front of the stream.
  static func place(inStream reply: String) -> Int? {
    let words = reply.split(separator: ".")
    let place = words.count == 9 ? 5 : 7
    return words.count >= 9 && words.indices.contains(place) ? Int(words[place]) : nil
  }

  /// How many messages the consumer has still to deliver behind this one.
  static func pending(in reply: String) -> Int? {
    let words = reply.split(separator: ".")
    let place = words.count == 9 ? 8 : 10
    return words.indices.contains(place) ? Int(words[place]) : nil
  }

  private func acknowledged(_ words: Substring, _ message: NATSConnection.Message) {
    let parts = words.split(separator: ".")
    guard parts.count == 2, let node = NodeCode(parts[0]), let sequence = Int(parts[1]) else {
      return
    }
    let ref = EntryRef(node: node, sequence: sequence)
    let json = try? JSONText.parse(message.bytes)
    if message.status == 0, let json, json["error"] == nil, json["seq"] != nil {
      refusals.remove("publish \(subjects.log(node))")
      engineProblem = nil
      backOff.reset()
      waiting.append(.accepted(ref))
    } else {
      if let words = json?["error"]?["description"]?.string {
        engineProblem = .refused(what: "\(ref)", words: words)
      }
      waiting.append(.refused(ref))
    }
  }

  private func answered(_ number: Int, _ message: NATSConnection.Message) {
    let words = (message.label ?? "").split(separator: " ", maxSplits: 2)
    guard message.status == 0, words.count == 3, let node = NodeCode(words[0]) else {
      waiting.append(.answer(number: number, nil))
      return
    }
    waiting.append(
      .answer(
        number: number,
        Letter(node: node, label: String(words[2]), id: String(words[1]), bytes: message.bytes)))
  }

  private func pullEnded(_ number: Int, _ status: Int) {
    // One of a consumer that is not ours any more says nothing.
    guard pulls.contains(where: { $0.number == number }) else { return }
    pulls.removeAll { $0.number == number }
    switch status {
    case 404, 408: backOff.reset()
    // The consumer is gone, or its leader is: look at it again in a while.
    default:
      if status == 409 || status == 503 {
        interrupt()
        nextCheck = ticks() + backOff.next(&random)
      }
    }
  }

  // MARK: - Upkeep

  /// What is due: the set-up after a connection, the next pull, the next look at the servers.
  private func upkeep() {
    let now = ticks()
    guard connection.isConnected else {
      return diagnosis.look(now) {
        let attempt = ConnectionTry(options)
        return { attempt.outcome }
      }
    }
    diagnosis.reset(now)
    if now >= nextSurvey {
      nextSurvey = now + 60_000
      connection.publish(ServerSurvey.versions, reply: subjects.survey)
      connection.publish(
        ServerSurvey.policies, reply: subjects.survey, Array(#"{"config":true}"#.utf8))
    }
    if let reply = mark.take() { connection.publish(reply, Array("+ACK".utf8)) }
    if !isReady, now >= nextCheck { check(now) }
    if isReady { pull(now) }
    if isReady, nextComparison != Replicator.never, now >= nextComparison { compare(now) }
  }

  // MARK: - What the stream has

  /// Once everything was delivered and settled: asks for the name of the last line of every log.
  private func compare(_ now: Int) {
    nextComparison = now + 1000
    guard backlog() == 0 else { return }
    api.endConsumer(subjects.lastLines, in: subjects.stream)
    guard let info = try? api.makeScan(subjects.lastLines, of: nil, in: subjects.stream) else {
      // Without it everything else goes on; why it failed is among the faults.
      nextComparison = Replicator.never
      return
    }
    lastLines = [:]
    nextComparison = now + 30_000
    if info["num_pending"]?.integer ?? 0 > 0 { pullLastLines() } else { hasCompared() }
  }

  private func pullLastLines() {
    api.pull(
      subjects.lastLines, of: subjects.stream, batch: NATSCourier.batch, expires: 5,
      to: subjects.pull(0))
  }

  private func takeLastLine(_ message: NATSConnection.Message) {
    if let place = message.id.flatMap({ LetterID.place(in: $0) }) {
      lastLines[place.node] = place.sequence
    }
    let left = NATSCourier.pending(in: message.reply) ?? 0
    if left == 0 {
      hasCompared()
    } else if lastLines.count.isMultiple(of: NATSCourier.batch) {
      pullLastLines()
    }
  }

  private func hasCompared() {
    nextComparison = Replicator.never
    api.endConsumer(subjects.lastLines, in: subjects.stream)
    waiting.append(.caughtUp(lastLines))
  }

  private func pull(_ now: Int) {
    pulls.removeAll { now >= $0.until }
    guard pulls.reduce(0, { $0 + $1.left }) <= NATSCourier.batch else { return }
    pullCount += 1
    pulls.append(
      (pullCount, NATSCourier.batch, now + (NATSCourier.pullSeconds + 5) * 1000))
    api.pull(
      consumer, of: subjects.stream, batch: NATSCourier.batch, expires: NATSCourier.pullSeconds,
      to: subjects.pull(pullCount))
  }

  /// Makes sure that streams and consumer are there. An engine that lost them gets them anew: nothing depends on what
  /// was in them.
  private func check(_ now: Int) {
    subscribe()
    if survey.all.isEmpty, let answer = connection.request(ServerSurvey.versions, within: 1000) {
      survey.take(answer.bytes)
    }
    guard survey.tooOld.isEmpty else {
      nextCheck = now + 60_000
      return
    }
    do throws(EngineAPI.Failure) {
      var found: [SyncReport.Stream] = []
      streamProblems = []
      for plan in plans {
        let info = try streamOrNew(plan)
        let wrong = plan.differences(of: info)
        if !wrong.isEmpty { streamProblems.append(.streamDiffers(plan.name, wrong)) }
        found.append(SyncReport.Stream(plan, info))
      }
      let made = try api.makeConsumer(consumer)["created"]?.string ?? ""
      stream = found.first
      engineProblem = nil
      isReady = true
      pulls = []
      let counts = "\(stream?.created ?? "") \(made)"
      if counts != counted { mark.reset() }
      (counted, nextComparison) = (counts, now)
      waiting.append(.ready(stream: stream?.created ?? ""))
    } catch {
      engineProblem = SyncProblem(error, stream: subjects.stream)
      nextCheck = ticks() + backOff.next(&random)
    }
  }

  private func streamOrNew(_ plan: StreamPlan) throws(EngineAPI.Failure) -> JSONValue {
    do throws(EngineAPI.Failure) {
      return try api.stream(plan)
    } catch {
      guard error.isMissing else { throw error }
      stream = nil
      return try api.makeStream(plan)
    }
  }

  private func subscribe() {
    // The library keeps them over every reconnection.
    let wanted = subjects.everyAnswer + [subjects.allVectors, subjects.fetch(subjects.name)]
    for subject in wanted where !subscribed.contains(subject) {
      if connection.subscribe(subject) == 0 { subscribed.insert(subject) }
    }
  }
}
