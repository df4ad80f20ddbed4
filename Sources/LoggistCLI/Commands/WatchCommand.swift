import ArgumentParser
import Glibc
import LoggistModel
import LoggistStore
import Terminal

/// Follows the log live, one line an entry.
struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Print each entry as it is logged, until interrupted.")

  @Flag(help: "The stored lines as they are, byte for byte.")
  var json = false

  @Flag(help: "Begin with what has been logged already.")
  var all = false

  @Flag(help: "Run the hook 'overdue' of each clock that passes meanwhile.")
  var hooks = false

  @OptionGroup var writer: WriterOptions
  @OptionGroup var options: StoreOptions

  func run() throws {
    if options.asOf != nil {
      throw Failure("--as-of shows a past state: nothing is logged there", .usage)
    }
    let session = try Session.open(options, writer: hooks ? writer : nil)
    let desk =
      try hooks
      ? HookDesk(session, writer: session.writer()) { Messages.write("loggist: \($0)") } : nil
    defer { desk?.finish() }
    do {
      // The watch stands before the first reading, so that nothing falls between them.
      let tail = try LogTail(store: session.store)
      var overdue = try desk.map { desk throws(StoreError) in try OverdueDesk(session, desk) }
      let look = { try overdue?.look(session.now()) }
      if json { try watchBytes(session, tail, look) } else { try watchRecords(session, tail, look) }
    } catch let error as StoreError {
      throw Failure(error)
    }
  }

  private func watchRecords(
    _ session: Session, _ tail: LogTail, _ look: () throws -> Void?
  ) throws {
    var reader = LogReader(store: session.store)
    let paper = session.paper
    func show(_ records: [Record]) throws {
      let lines = records.map {
        let line = LogLine.text($0, session.style, now: session.now())
        return (paper.width.map { truncate(line, to: $0) } ?? displaySafe(line)) + "\n"
      }
      if !lines.isEmpty { try StandardOutput.write(lines.joined()) }
    }
    // The highest number that was read of each log.
    var known: [NodeCode: Int] = [:]
    func news(_ contents: LogContents) -> [Record] {
      let news = contents.records.filter { $0.ref.sequence > known[$0.ref.node] ?? 0 }
      for record in news {
        known[record.ref.node] = max(record.ref.sequence, known[record.ref.node] ?? 0)
      }
      return news
    }
    let first = news(try reader.load())
    if all { try show(first) }
    while true {
      switch try reader.poll() {
      case .appended(let contents): try show(news(contents))
      case .reload(let reason):
        if !reason.isCopying(in: reader.store) {
          Messages.write("loggist: the log was changed behind our back; reading it anew")
        }
        try show(news(try reader.load()))
      }
      _ = try look()
      try wait(tail)
    }
  }

  private func watchBytes(
    _ session: Session, _ tail: LogTail, _ look: () throws -> Void?
  ) throws {
    var log = RawLog(session.store)
    let known = try log.news()
    if all { try show(known) }
    while true {
      try show(try log.news())
      _ = try look()
      try wait(tail)
    }
  }

  /// Only lines of ours: what else stands in the files is for 'loggist doctor'.
  private func show(_ lines: [[UInt8]]) throws {
    let own = lines.filter { line in
      guard let json = try? JSONText.parse(line) else { return false }
      return json["seq"]?.integer != nil && json["entry"]?.members != nil
    }
    guard !own.isEmpty else { return }
    let bytes = Array(own.joined())
    if StandardOutput.isTerminal {
      try StandardOutput.write(JSONValue.inert(String(decoding: bytes, as: UTF8.self)))
    } else {
      try StandardOutput.write(bytes)
    }
  }

  /// Until something happened, or for a second: on a network disk nobody tells us. A reader that went away is noticed
  /// without waiting for the next entry.
  private func wait(_ tail: LogTail) throws {
    var polled = [
      pollfd(fd: tail.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: STDOUT_FILENO, events: 0, revents: 0),
    ]
    if poll(&polled, 2, 1000) > 0, polled[1].revents != 0 { throw ReaderGone() }
    _ = tail.drain()
  }
}
