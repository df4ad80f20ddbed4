internal import CTerminal
internal import Glibc

/// Wakes the loop from another thread: an eventfd to poll beside the terminal.
///
/// Put the message into a locked mailbox first and signal when it was empty; the loop clears and then
/// empties the mailbox, so that no message is left behind.
package final class Wakeup: Sendable {
  /// Ready for reading from ``signal()`` to ``clear()``.
  package let descriptor: Int32

  package init() throws(TerminalError) {
    descriptor = ct_eventfd()
    if descriptor < 0 { throw .system(call: "eventfd", errno: errno) }
  }

  deinit { _ = close(descriptor) }

  package func signal() {
    var one: UInt64 = 1
    _ = write(descriptor, &one, 8)
  }

  package func clear() {
    var count: UInt64 = 0
    _ = read(descriptor, &count, 8)
  }
}
