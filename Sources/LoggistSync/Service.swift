import Glibc
import LoggistModel
import LoggistStore
import Synchronization

/// The process that carries the logs: waits for new lines and for the courier, lets the replicator take its turns, and
/// leaves word of what it sees in `sync/state.json`.
struct Service {
  private var replicator: Replicator
  private let courier: NATSCourier
  private let tail: LogTail
  private let lock: CopyLock
  private let settings: Configuration.Sync
  private let folder: String
  private var lastReport = Replicator.never
  private var reported: SyncReport?
  /// The redactions that were there when the engine's copy was last looked through, which copy that was, and when it may
  /// be again.
  private var erasedFor: Set<EntryRef> = []
  private var erasedCopy: String?
  private var nextErasure = Replicator.never
  private var erasureProblem: String?
  private let ticks = SystemCalls.real.ticks

  /// Milliseconds between two reports.
  private static let reportInterval = 2000

  init(_ store: Store, _ settings: Configuration.Sync) throws {
    lock = try Service.lock(store)
    self.settings = settings
    folder = store.path
    let name = try store.participant()
    let before = SyncReport.load(store)
    do {
      replicator = Replicator(
        store, name: name, sent: before?.sent ?? [:], stream: before?.stream?.created,
        evidenceLimit: Configuration.load(store).evidenceLimit, random: SystemOrSeeded())
      replicator.recall(before)
      tail = try LogTail(store: store)
      courier = try NATSCourier(
        settings, name: name, instance: Service.instance(),
        folder: store.path, ticks: SystemCalls.real.ticks)
    } catch let error as StoreError {
      throw Failure(error)
    } catch let refusal as NATSConnection.Refusal {
      throw Failure(SyncProblem(connection: refusal.text).sentence, .unavailable)
    }
  }

  /// One process a store carries its logs.
  private static func lock(_ store: Store) throws -> CopyLock {
    do throws(StoreError) {
      // Whoever asks whether it is held holds it for that long.
      return try CopyLock(store, patience: 200)
    } catch {
      guard case .locked = error else { throw Failure(error) }
      throw Failure(
        "another loggist-sync carries the logs of \(store.path), or an unpack is writing: 'loggist sync status' says how it does"
      )
    }
  }

  static func instance() -> String { hex(SystemCalls.real.random(6)) }

  /// Until somebody asks it to end.
  mutating func run() throws {
    Interruption.watch()
    turn(hasNews: true)
    while !Interruption.isAsked {
      let hasNews = wait(upTo: 1000)
      turn(hasNews: hasNews)
      if courier.isHopeless { try beginAnew() }
    }
    report(isLast: true)
  }

  /// The same program once more in this process: what it knows is on the disk, and threads that hang go.
  private mutating func beginAnew() throws {
    report(isLast: false)
    EntryPoint.say("loggist-sync: the connection hangs in a TLS handshake: beginning anew")
    execv("/proc/self/exe", CommandLine.unsafeArgv)
    throw Failure("the connection hangs in a TLS handshake", .unavailable)
  }

  /// Until everything that was logged here is with the engine, and everything of the others is here.
  ///
  /// - Returns: whether it came to that within so many milliseconds.
  mutating func runOnce(within limit: Int) -> Bool {
    Interruption.watch()
    let end = ticks() + limit
    var (settledSince, nextLook): (Int?, Int) = (nil, 0)
    turn(hasNews: true)
    while !Interruption.isAsked, ticks() < end {
      let hasNews = wait(upTo: 100)
      turn(hasNews: hasNews)
      guard replicator.isSettled, courier.hasCaughtUp, !owesErasure || erasureProblem != nil else {
        settledSince = nil
        continue
      }
      let now = ticks()
      if now >= nextLook {
        nextLook = now + 250
        if courier.backlog() != 0 {
          settledSince = nil
        } else if settledSince == nil {
          settledSince = now
        }
      }
      // The others have had time to say what they hold.
      if let since = settledSince, now - since >= 1000 { break }
    }
    report(isLast: true)
    return settledSince != nil
  }

  private mutating func turn(hasNews: Bool) {
    replicator.turn(now: ticks(), hasNews: hasNews, courier)
    eraseIfDue()
    if ticks() - lastReport >= Service.reportInterval {
      report(isLast: false)
    }
  }

  /// What was redacted goes from the servers' copy, too: by the machine that has that duty, once it is blank here.
  private mutating func eraseIfDue() {
    guard settings.erases else { return }
    do {
      if !replicator.reappeared.isEmpty {
        // Before what brought the texts is acknowledged: it would not come again.
        var erasures = Erasures(replicator.store)
        try erasures.reopen(replicator.reappeared)
        (replicator.reappeared, erasedFor) = ([], [])
      }
      guard owesErasure, courier.isReady, !replicator.owesRedaction, ticks() >= nextErasure
      else { return }
      nextErasure = ticks() + 60_000
      _ = try EraseCommand.erase(replicator.store, settings)
      (erasedFor, erasedCopy) = (replicator.redactions, courier.stream?.created)
      (erasureProblem, nextErasure) = (nil, ticks() + 5000)
    } catch {
      erasureProblem =
        (error as? Failure)?.sentence ?? (error as? StoreError)?.sentence ?? "\(error)"
    }
  }

  /// The servers' copy was not looked through since the last redaction, or is another one now.
  private var owesErasure: Bool {
    settings.erases
      && (erasedFor != replicator.redactions
        || erasedCopy != courier.stream?.created && !replicator.redactions.isEmpty)
  }

  /// - Returns: whether something was logged, as far as one can tell without looking.
  private func wait(upTo milliseconds: Int) -> Bool {
    var files = [
      pollfd(fd: tail.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: courier.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    let due = replicator.nextLook(now: ticks()) - ticks()
    poll(&files, 2, Int32(max(1, min(milliseconds, due))))
    return tail.drain()
  }

  private mutating func report(isLast: Bool) {
    lastReport = ticks()
    var report = replicator.report(at: systemClock(), now: ticks())
    report.process = isLast ? nil : Int(getpid())
    report.counts.faults = courier.faults
    report.isConnected = courier.isConnected && !isLast
    report.servers = courier.survey.all
    report.stream = courier.stream ?? reported?.stream
    report.problems = problems.map(\.problem)
    if isLast, Interruption.isAsked, reported?.isConnected == true {
      // It ends because it was asked to: that it is not connected any more is no news.
      report.problems.removeAll { $0.code == "unreachable" }
    }
    reported = report
    // Without it everything is offered again.
    try? report.save(in: replicator.store)
  }

  private var problems: [SyncProblem] {
    Certificate.problems(settings, folder: folder, now: systemClock()).map { .certificate($0) }
      + courier.problems + replicator.problems
      + (erasureProblem.map { [.notErased(words: $0)] } ?? [])
  }
}

/// Whether somebody asked this process to end: SIGTERM, SIGINT.
enum Interruption {
  private static let flag = Atomic(false)

  static var isAsked: Bool { flag.load(ordering: .relaxed) }

  static func watch() {
    for number in [SIGTERM, SIGINT] {
      signal(number) { _ in Interruption.flag.store(true, ordering: .relaxed) }
    }
  }
}

extension Store {
  /// This machine's name among the others: the node that is written here, the first of several.
  func participant() throws -> NodeCode {
    guard let own = nodes.first(where: \.isOwn) else {
      throw Failure(
        "no node of \(path) is written on this machine: make one with 'loggist init', so that the others know it by a name"
      )
    }
    return own.code
  }
}
