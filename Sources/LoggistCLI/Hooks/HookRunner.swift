import LoggistModel
import LoggistStore

/// Runs a store's hooks for what was logged here, and says what went wrong with them.
struct HookRunner: Sendable {
  let store: Store
  private let zone: Zone
  private let folder: HookFolder
  /// A past state, a hook's own entries, a rehearsal whose hooks nobody asked for: nothing is started.
  private let isOff: Bool

  init(_ session: Session) {
    store = session.store
    zone = session.zone
    folder = HookFolder(session.store)
    isOff =
      session.asOf != nil || Environment[HookCall.mark] != nil
      || session.store.isRehearsal && !HookFolder(session.store).isForRehearsals
  }

  /// Nothing was started, or it did not do what it should.
  struct Trouble: Sendable {
    let call: HookCall
    /// `hook escalated failed: exit status 7: no route to host`.
    let sentence: String
  }

  /// The hooks that these records start, in their order.
  func calls(after records: [Record]) -> [HookCall] {
    guard !isOff, folder.exists else { return [] }
    return records.compactMap { HookCall($0, in: store) }.filter(isThere)
  }

  func calls(for overdue: [Overdue]) -> [HookCall] {
    guard !isOff, folder.exists else { return [] }
    return overdue.map { HookCall($0, zone: zone) }.filter(isThere)
  }

  /// One that must not be run counts, too: that nobody was paged has to be said.
  private func isThere(_ call: HookCall) -> Bool {
    do throws(HookRefusal) {
      return try folder.program(call.name) != nil
    } catch {
      return true
    }
  }

  /// Runs one to its end; nil where all went well. Blocks for 30 seconds at most, and a little.
  func run(_ call: HookCall) -> Trouble? { result(of: call).trouble }

  /// The same with what it wrote.
  func result(of call: HookCall) -> (result: ChildRun.Result?, trouble: Trouble?) {
    func trouble(_ sentence: String) -> Trouble { Trouble(call: call, sentence: sentence) }
    let name = call.name.rawValue
    let program: String
    do throws(HookRefusal) {
      guard let found = try folder.program(call.name) else { return (nil, nil) }
      program = found
    } catch {
      return (nil, trouble("hook \(name): \(error)"))
    }
    do throws(Errno) {
      let run = ChildRun(
        program: program, input: call.input, environment: call.environment(folder.root),
        folder: folder.root)
      let result = try run.run()
      return (result, result.isGood ? nil : trouble("hook \(name) failed: \(result.words)"))
    } catch {
      return (nil, trouble("hook \(name) cannot be started: \(error)"))
    }
  }

  /// What the log says about it, so that the post-mortem shows that the pager did not go out.
  func note(on trouble: Trouble, now: Instant) -> Entry {
    var note = Entry(
      .note, trouble.call.incident, at: zone.timestamp(now.wholeSeconds), text: trouble.sentence)
    if let ref = trouble.call.ref { note.refs = [ref] }
    return note
  }
}

extension ChildRun.Result {
  /// `exit status 7: no route to host`: how it ended, and its last words in one line.
  var words: String {
    let how =
      switch outcome {
      case .ended(let status): "exit status \(status)"
      case .killed(let signal): "ended by signal \(signal)"
      case .tookTooLong: "took longer than 30 s and was ended"
      }
    let lines = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline)
    guard let last = lines.last(where: { !$0.allSatisfy(\.isWhitespace) }) else { return how }
    return "\(how): \(String(last.prefix(200)).trimmed)"
  }
}

extension Session {
  /// Runs the hooks of what was just logged, one after the other. What goes wrong is said on standard error and logged;
  /// it is no failure of this command, for the entries are in the log.
  func runHooks(after records: [Record], _ writer: LogWriter? = nil) {
    let runner = HookRunner(self)
    for call in runner.calls(after: records) {
      guard let trouble = runner.run(call) else { continue }
      Messages.write("loggist: \(trouble.sentence)")
      do {
        _ = try (writer ?? self.writer()).append(
          runner.note(on: trouble, now: now()), via: .hook)
      } catch {
        Messages.write("loggist: that could not be noted in the log")
      }
    }
  }
}
