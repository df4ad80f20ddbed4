import LoggistModel
import Terminal

// What a line does.

extension PlainSession {
  private static let screenOnly: Set<Action> = [
    .open, .up, .down, .pageUp, .pageDown, .first, .last, .editor, .suspend, .repaint, .refresh,
    .command, .help, .search, .earlier, .later, .attach, .detach, .complete,
    .goToReminder, .putOffReminder,
  ]

  /// What can be typed here: the keys of the screen; on an incident those of its review, too, by their names.
  var bindings: [Binding] {
    let keymap = state.desk.keymap
    return keymap.bindings(in: state.screen.place)
      .filter { !PlainSession.screenOnly.contains($0.action) }
  }

  private var reviewBindings: [Binding] {
    guard state.openIncident != nil else { return [] }
    return state.desk.keymap.bindings(in: .review).filter {
      $0.action == .sign || $0.action == .preview
    }
  }

  private func binding(_ word: String) -> Binding? {
    bindings.first { binding in
      binding.keys.contains { $0.name == word } || isCalled(binding.action, word)
        || binding.short.split(separator: " ").first == word[...]
    } ?? reviewBindings.first { isCalled($0.action, word) || $0.short == word }
  }

  private func isCalled(_ action: Action, _ word: String) -> Bool {
    action.rawValue == word || action.rawValue.split(separator: ".").last == word[...]
      || action.kind?.name == word
  }

  private func incident(_ word: String) -> IncidentID? {
    if let number = Int(word), choices.indices.contains(number - 1),
      case .incident(let id) = choices[number - 1]
    {
      return id
    }
    return IncidentID(word.uppercased()).flatMap { state.journal.incidents[$0]?.id }
  }

  func help() -> [String] {
    var lines = (bindings + reviewBindings).map { binding in
      let key = binding.keys.first?.name ?? ""
      let isKey = key.count == 1 && !reviewBindings.contains(binding)
      let words = binding.action.kind == nil && binding.action != .newCall ? "" : " WORDS"
      return plainWords("\(isKey ? key : binding.short)\(words): \(binding.long)")
    }
    if state.openIncident != nil {
      lines += [
        "= INC.5 20:50 WORDS because WHY: corrects that entry", "- INC.5 WHY: strikes that entry",
        "w 7 or w 21:09: what was known after the 7th entry, or then",
        "paste: several lines at once, up to a line with a full stop alone",
        "attached ref=INC.5: that complaint belongs to this incident",
        "the name of any other kind of entry and WORDS: logs it",
      ]
    } else {
      lines += [
        "n + WORDS: opens a new incident without asking; n INC-12 WORDS: the call is about that one",
        "f WORDS: only incidents with these words; f alone: all",
        "b 2 WORDS: the second caller of the list was called back",
        "metrics 2026-11: the figures of a period",
      ]
    }
    return lines + [
      "a number or INC-12: opens that incident",
      "/WORDS: searches; an empty line lists again; more: the rest of a long list",
    ]
  }

  /// A line that answers nothing.
  mutating func perform(_ line: String) -> Answer {
    if line.isEmpty {
      switch state.screen {
      case .incident: return Answer(lines: timeline())
      case .handover: return Answer(effects: state.performInHandover(.refresh))
      default: return Answer(lines: list())
      }
    }
    if line == "?" { return Answer(lines: help()) }
    if line.hasPrefix("/") { return Answer(lines: search(String(line.dropFirst()))) }
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    let rest = words.count > 1 ? words[1] : ""
    if let id = incident(words[0]) { return Answer(lines: open(id, quietly: false)) }
    if words[0] == "me" { return me(rest) }
    if words[0] == "paste", let id = state.openIncident?.id { return beginPaste(id) }
    if let binding = binding(words[0]) { return perform(binding.action, rest) }
    let kind = Kind(name: words[0])
    if kind.isKnown, kind != .opened, !kind.isControl, let id = state.openIncident?.id {
      return logKind(kind, id, rest)
    }
    return Answer(lines: ["\(displaySafe(words[0])) is nothing here. ? lists what can be typed."])
  }

  private mutating func me(_ name: String) -> Answer {
    state.desk.author = name.isEmpty ? nil : name
    return Answer(lines: ["What you log is by \(displaySafe(state.desk.me)) now."])
  }

  private mutating func perform(_ action: Action, _ rest: String) -> Answer {
    if let reason = state.reasonAgainst(action) { return Answer(lines: [plainWords(reason) + "."]) }
    switch action {
    case .quit: return Answer(effects: [.quit])
    case .back:
      state.screens = [.board(BoardScreen())]
      return Answer(lines: list())
    case .newCall: return newCall(rest)
    case .filter: return filter(rest)
    case .callbacks: return callBack(rest)
    case .measures: return Answer(lines: measures())
    case .metrics: return Answer(lines: metrics(rest))
    case .handover:
      state.screens = [.board(BoardScreen())]
      return Answer(effects: state.openHandover())
    case .give: return log(.handover, rest)
    case .accept:
      guard let waiting = state.handovers.waiting else { return Answer() }
      return log(.acceptance(waiting.ref), rest)
    case .details:
      if case .handover = state.screen { return Answer(lines: earlierHandovers()) }
      return Answer(lines: details())
    case .review: return Answer(lines: review())
    case .past: return Answer(lines: past(rest))
    case .preview:
      guard let id = state.openIncident?.id else { return Answer() }
      return Answer(effects: [.preview(state.journal.account(of: id), width: state.paperWidth)])
    case .postMortem:
      return Answer(effects: state.openIncident.map { [.writePostMortem($0.id)] } ?? [])
    case .undo:
      guard let id = state.openIncident?.id, let mine = state.myLastEntry(on: id) else {
        return Answer(lines: ["You have logged nothing here."])
      }
      return log(.strike(mine.ref), rest.isEmpty ? "logged by mistake" : rest)
    case .strike: return strike(rest)
    case .correct: return correct(rest)
    case .showStruck:
      if case .incident(var screen) = state.screen {
        screen.showsStruck.toggle()
        state.screen = .incident(screen)
      }
      return Answer(lines: timeline())
    default:
      guard let kind = action.kind else {
        return Answer(lines: ["That is for the screens: loggist without --plain."])
      }
      guard let id = state.openIncident?.id else {
        return Answer(lines: ["Open an incident first."])
      }
      return logKind(kind, id, rest)
    }
  }
}
