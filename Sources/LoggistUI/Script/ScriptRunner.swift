import LoggistModel
import Terminal

/// Plays a script on a state and a log in memory, and gives the script back with its screens filled in.
package struct ScriptRunner {
  package private(set) var state: State
  private var log: MemoryLog
  /// What the world says to effects besides appending: the texts of documents.
  private let answer: (Effect) -> [Message]
  /// The state at each `screen`, for tests.
  package private(set) var shots: [State] = []
  /// Every effect so far, for tests.
  package private(set) var effects: [Effect] = []

  package init(
    _ state: State, log: MemoryLog, answer: @escaping (Effect) -> [Message] = { _ in [] }
  ) {
    (self.state, self.log, self.answer) = (state, log, answer)
  }

  /// The script's lines, each `screen` followed by the screen.
  package mutating func play(_ script: Script) -> String {
    var lines: [String] = []
    for step in script.steps {
      lines.append(step.line)
      switch step.what {
      case .keys(let events): for event in events { take(event) }
      case .later(let span): handle(.clock(state.now + span))
      case .at(let now): handle(.clock(now))
      case .size(let size): handle(.resize(size))
      case .screen:
        shots.append(state)
        lines.append(String(render(state).screen.dropLast()))
      case .remark: break
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private mutating func take(_ event: InputEvent) {
    switch event {
    case .key(let key): handle(.key(key))
    case .paste(let text): handle(.paste(text))
    case .focus: break
    }
  }

  /// Carries a message out, and all the work that it leaves.
  package mutating func handle(_ message: Message) {
    defer { while state.hasWork { state.work() } }
    for effect in update(&state, message) {
      effects.append(effect)
      if case .append(let submission) = effect {
        let records = log.append(submission, by: state.desk.user, at: state.now)
        handle(.appended(token: submission.token, records))
      }
      for message in answer(effect) { handle(message) }
    }
  }
}
