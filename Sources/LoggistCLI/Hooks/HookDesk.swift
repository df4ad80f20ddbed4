import LoggistModel
import LoggistStore
import Synchronization
import Terminal

/// Runs hooks beside whatever goes on: on a thread of its own, one after the other.
final class HookDesk: Sendable {
  private let runner: HookRunner
  private let marks: OverdueMarks
  private let worker: Worker
  private let writer: LogWriter?
  private let now: @Sendable () -> Instant
  /// Told what went wrong, on the thread of the hooks.
  private let tell: @Sendable (String) -> Void
  private let running = Mutex<[HookName]>([])

  init(
    _ session: Session, writer: LogWriter?, tell: @escaping @Sendable (String) -> Void
  ) throws(TerminalError) {
    runner = HookRunner(session)
    marks = OverdueMarks(session.store)
    worker = try Worker()
    now = session.now
    (self.writer, self.tell) = (writer, tell)
  }

  /// Starts the hooks of what was logged here.
  func start(after records: [Record]) {
    // Looked up beside the keys as well: it reads the line again.
    worker.perform { [self] in
      for call in runner.calls(after: records) { run(call) }
    }
  }

  /// Starts the hook of each clock that has passed, unless another process was there first.
  func start(_ overdue: [Overdue]) {
    // Without the log nobody could say that the hook failed, and without the store's folder nobody else that it ran.
    if writer == nil { return }
    worker.perform { [self] in
      for one in overdue where !runner.calls(for: [one]).isEmpty {
        do throws(Errno) {
          guard try marks.claim(one.deadline, now: now()) else { continue }
          for call in runner.calls(for: [one]) { run(call) }
        } catch {
          tell("hook overdue: cannot mark that it runs: \(error)")
        }
      }
    }
  }

  /// The hooks that have not ended yet.
  var pending: [HookName] { running.withLock { $0 } }

  /// Waits until all have ended.
  func finish() { worker.finish() }

  private func run(_ call: HookCall) {
    running.withLock { $0.append(call.name) }
    defer {
      running.withLock { running in
        if let place = running.firstIndex(of: call.name) { running.remove(at: place) }
      }
    }
    guard let trouble = runner.run(call) else { return }
    tell(trouble.sentence)
    do throws(StoreError) {
      _ = try writer?.append(runner.note(on: trouble, now: now()), via: .hook)
    } catch {
      tell("\(trouble.sentence); that could not be noted in the log")
    }
  }
}
