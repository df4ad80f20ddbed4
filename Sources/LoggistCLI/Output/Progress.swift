import LoggistModel
import LoggistStore
import Synchronization

/// Says on a terminal's standard error how far something is that takes longer than a person waits without wondering.
///
/// Threads that share a work may all report on it.
final class Progress: Sendable {
  private let what: String
  private let start: Int
  private let shown: Mutex<Shown>

  private struct Shown {
    var last: Int
    var isThere = false
  }

  init(_ what: String) {
    self.what = what
    start = SystemCalls.real.ticks()
    shown = Mutex(Shown(last: start))
  }

  /// From 300 ms on, ten times a second at most.
  func report(_ state: @autoclosure () -> String) {
    let now = SystemCalls.real.ticks()
    guard now - start > 300, Messages.isTerminal else { return }
    let isDue = shown.withLock { shown in
      guard now - shown.last > 100 else { return false }
      shown = Shown(last: now, isThere: true)
      return true
    }
    if isDue { Messages.raw("\r\(what): \(state())\u{1B}[K") }
  }

  /// Leaves the line as if nothing had been there.
  func finish() {
    let wasThere = shown.withLock { shown in
      defer { shown.isThere = false }
      return shown.isThere
    }
    if wasThere { Messages.raw("\r\u{1B}[K") }
  }
}
