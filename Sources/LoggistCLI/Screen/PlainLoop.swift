import Glibc
import LoggistModel
import LoggistUI
import Terminal

/// The line mode: reads lines, says lines, never repaints.
func openPlain(
  _ session: Session, _ drafts: DraftFolder, welcome: String? = nil
) throws -> Int32 {
  let world = try LiveWorld(session, drafts: drafts)
  var state = State(
    size: Size(rows: 24, columns: 80), now: session.moment, desk: Desk(session), drafts: [])
  world.prepare(&state)
  if let welcome { _ = update(&state, .notice(Notice(welcome, .good))) }
  // Who reads a pipe to its end wants all of it; who sits at a terminal reads a page at a time.
  let isTalk = StandardInput.isTerminal && StandardOutput.isTerminal
  var loop = PlainLoop(PlainSession(state, pageLength: isTalk ? 20 : nil), world)
  let status = try loop.run()
  world.finish()
  world.finishHooks()
  return status
}

private struct PlainLoop {
  private var plain: PlainSession
  private let world: LiveWorld
  private var pending: [UInt8] = []
  private var isInputOver = false
  private let showsPrompt = isatty(0) == 1
  /// Appends and texts that have not been answered: the next line waits for them, so that answers stand behind what they answer.
  private var waiting = 0

  init(_ plain: PlainSession, _ world: LiveWorld) {
    (self.plain, self.world) = (plain, world)
  }

  mutating func run() throws -> Int32 {
    // The log first: numbers are given to what is on the board.
    while plain.state.isLoading {
      _ = waitForInput(world.descriptors, timeoutMilliseconds: 1000)
      for message in world.drain() { _ = plain.take(message) }
    }
    try say(plain.begin().lines)
    try prompt()
    while true {
      if waiting == 0, let line = nextLine() {
        if try read(line) { return 0 }
        try prompt()
        continue
      }
      if isInputOver, waiting == 0 { return 0 }
      let ready = waitForInput(
        (isInputOver ? [] : [0]) + world.descriptors, timeoutMilliseconds: 1000)
      if ready.contains(0) { readInput() }
      let messages = world.drain()
      for message in messages {
        switch message {
        case .appended, .refused, .previewed, .drawnUp: waiting = max(waiting - 1, 0)
        default: break
        }
        try say(plain.take(message).lines)
      }
      if !messages.isEmpty, waiting == 0 { try prompt() }
    }
  }

  /// True where the line ends the session.
  private mutating func read(_ line: String) throws -> Bool {
    _ = plain.take(.clock(world.now))
    let answer = plain.read(line)
    try say(answer.lines)
    for effect in answer.effects {
      if effect == .quit { return true }
      switch effect {
      case .append, .preview, .drawUp: waiting += 1
      default: break
      }
      for message in world.perform(effect) { try say(plain.take(message).lines) }
    }
    return false
  }

  private mutating func readInput() {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(0, &buffer, buffer.count)
    if count > 0 { pending += buffer[..<count] }
    if count == 0 || count < 0 && errno != EINTR && errno != EAGAIN { isInputOver = true }
  }

  private mutating func nextLine() -> String? {
    if let end = pending.firstIndex(of: 0x0A) {
      let line = String(decoding: pending[..<end], as: UTF8.self)
      pending.removeSubrange(...end)
      return line
    }
    if isInputOver, !pending.isEmpty {
      defer { pending = [] }
      return String(decoding: pending, as: UTF8.self)
    }
    return nil
  }

  private func say(_ lines: [String]) throws {
    if !lines.isEmpty { try StandardOutput.write(lines.joined(separator: "\n") + "\n") }
  }

  private func prompt() throws {
    if showsPrompt, waiting == 0 { try StandardOutput.write(plain.prompt) }
  }
}
