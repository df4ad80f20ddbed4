import LoggistModel
import LoggistStore

/// Says on a terminal's standard error how far something is that takes longer than a person waits without wondering.
final class Progress {
  private let what: String
  private let start = SystemCalls.real.ticks()
  private var last: Int
  private var isShown = false

  init(_ what: String) {
    self.what = what
    last = start
  }

  /// From 300 ms on, ten times a second at most.
  func report(_ state: @autoclosure () -> String) {
    let now = SystemCalls.real.ticks()
    guard now - start > 300, now - last > 100, Messages.isTerminal else { return }
    last = now
    isShown = true
    Messages.raw("\r\(what): \(state())\u{1B}[K")
  }

  /// Leaves the line as if nothing had been there.
  func finish() {
    if isShown { Messages.raw("\r\u{1B}[K") }
    isShown = false
  }
}
