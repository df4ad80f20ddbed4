import LoggistUI
import Synchronization
import Terminal

/// What other threads have for the loop: a locked queue, and a descriptor that wakes it.
final class Mailbox: Sendable {
  private let messages = Mutex<[Message]>([])
  private let wakeup: Wakeup

  init() throws(TerminalError) {
    wakeup = try Wakeup()
  }

  var descriptor: Int32 { wakeup.descriptor }

  func post(_ message: Message) {
    let wasEmpty = messages.withLock { messages in
      messages.append(message)
      return messages.count == 1
    }
    if wasEmpty { wakeup.signal() }
  }

  /// Everything that has come, in order.
  func take() -> [Message] {
    wakeup.clear()
    return messages.withLock { messages in
      let taken = messages
      messages = []
      return taken
    }
  }
}
