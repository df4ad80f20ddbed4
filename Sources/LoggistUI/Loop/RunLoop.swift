import LoggistModel
package import Terminal

/// The one owner of the terminal and of the state: one thread, one `poll`, one frame a turn.
package final class RunLoop {
  private var state: State
  private let terminal: CursesTerminal
  private let world: World
  private var decoder: InputDecoder
  private var painted: Frame?
  /// Something has happened since that may show.
  private var isStale = true
  private var status: Int32?
  /// When what has begun with an escape is a lone Esc.
  private var escapeDue: ContinuousClock.Instant?

  package init(_ state: State, on terminal: CursesTerminal, world: World) {
    self.state = state
    self.terminal = terminal
    self.world = world
    decoder = InputDecoder(terminfo: terminal.terminfoKeys)
    self.state.size = terminal.size
  }

  /// Runs until the person leaves or the terminal is gone; returns the exit status.
  package func run() -> Int32 {
    paint()
    while status == nil {
      let ready = wait()
      let (before, wake) = (state.now, state.nextWake)
      handle([.clock(world.now())])
      // Between two wakes the time changes nothing that is seen; a clock that was set back does.
      if state.now >= wake || state.now < before { isStale = true }
      for signal in terminal.nextSignal() { handle(signal) }
      readTerminal(ready)
      handle(world.drain())
      if state.hasWork, ready.isEmpty {
        state.work()
        isStale = true
      }
      if status == nil, isStale { paint() }
    }
    return status ?? 0
  }

  /// Takes what arrived after the end: a line that got into the log meanwhile is no draft any more.
  package func settle(_ messages: [Message]) { handle(messages) }

  /// Until there is input, a message, or something on the screen that changes by itself.
  private func wait() -> Set<Int32> {
    let untilWake = (state.nextWake - world.now()).milliseconds
    // Once a second the log is looked at whatever inotify says: its queue can run over, and a network disk has none.
    var timeout = Int(min(max(untilWake, 0), 1000))
    if let due = escapeDue {
      timeout = min(timeout, Int((due - .now) / .milliseconds(1)) + 1)
    }
    // What is left to do waits for keys alone: a look whether there are any, then the next slice.
    if state.hasWork { timeout = 0 }
    return waitForInput(
      [terminal.inputDescriptor, terminal.signalDescriptor] + world.descriptors,
      timeoutMilliseconds: max(timeout, 0))
  }

  /// How long a lone escape may be the start of a sequence.
  private static let escapeDelay = Duration.milliseconds(25)

  private func readTerminal(_ ready: Set<Int32>) {
    guard ready.contains(terminal.inputDescriptor) else {
      // By the clock and not by a quiet descriptor: entries that arrive all the time must not hold Esc up.
      if let due = escapeDue, ContinuousClock.now >= due {
        escapeDue = nil
        take(decoder.timeout())
      }
      return
    }
    let (bytes, isHungUp) = terminal.read()
    take(decoder.feed(bytes))
    escapeDue = decoder.isPending ? .now + RunLoop.escapeDelay : nil
    if isHungUp { leave(129) }
  }

  private func take(_ events: [InputEvent]) {
    for event in events {
      switch event {
      case .key(let key): handle([.key(key)])
      case .paste(let text): handle([.paste(text)])
      case .focus: break
      }
    }
  }

  private func handle(_ signal: Signal) {
    switch signal {
    case .resize:
      terminal.refreshSize()
      handle([.resize(terminal.size)])
    case .terminate: leave(143)
    case .hangup: leave(129)
    case .interrupt: leave(130)
    case .suspend: perform(.suspend)
    case .continue:
      terminal.refreshSize()
      painted = nil
      handle([.resize(terminal.size)])
    case .childEnded: break
    }
  }

  private func handle(_ messages: [Message]) {
    for message in messages {
      let effects = update(&state, message)
      if case .clock = message, effects.isEmpty {} else { isStale = true }
      for effect in effects { perform(effect) }
    }
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .quit: leave(0)
    case .bell: terminal.bell()
    case .repaint:
      terminal.invalidate()
      painted = nil
    case .theme(let theme):
      terminal.theme = theme
      painted = nil
    case .suspend:
      handle([.clock(world.now())])
      for effect in state.leaving() { _ = world.perform(effect) }
      terminal.suspend()
      painted = nil
      handle([.clock(world.now()), .resize(terminal.size)])
    case .edit(let text): edit(text)
    default: handle(world.perform(effect))
    }
  }

  private func edit(_ text: String) {
    guard world.editorFile.write(text) else {
      handle([.notice(Notice("Cannot write \(world.editorFile.path)", .problem))])
      return
    }
    do {
      let status = try terminal.run(world.editor + [world.editorFile.path])
      painted = nil
      handle([.clock(world.now()), .resize(terminal.size)])
      if status == 0, let text = world.editorFile.read() {
        handle([.edited(text)])
      } else {
        handle([
          .notice(Notice("The editor ended with status \(status); the line is as it was", .problem))
        ])
      }
    } catch {
      painted = nil
      handle([
        .notice(Notice("Cannot start \(world.editor.first ?? "an editor"): set $EDITOR", .problem))
      ])
    }
  }

  /// Keeps what is being typed, and ends.
  private func leave(_ status: Int32) {
    for effect in state.leaving() { _ = world.perform(effect) }
    if self.status == nil { self.status = status }
  }

  private func paint() {
    let frame = render(state)
    if frame != painted { terminal.present(frame) }
    painted = frame
    isStale = false
  }
}

extension State {
  /// What has to be done before the program stops: the line being typed is kept.
  package mutating func leaving() -> [Effect] { keepDraft() }
}
