import LoggistModel
import Terminal

/// A command of the command line, as `:` offers it.
package struct CommandName: Sendable, Hashable {
  package var name: String
  /// What it does, in a few words.
  package var about: String

  package init(_ name: String, _ about: String) {
    (self.name, self.about) = (name, about)
  }
}

extension State {
  /// A command line: an incident's number, what a key does, a kind of entry and its text, or any command of `loggist`.
  mutating func runCommand(_ line: String) -> [Effect] {
    composer = nil
    let words = commandWords(line)
    guard let verb = words.first else { return [] }
    if commands.last != line { commands.append(line) }
    let rest = line.split(maxSplits: 1, whereSeparator: \.isWhitespace).dropFirst().first ?? ""
    if let id = IncidentID(verb.uppercased()), journal.incidents[id] != nil {
      screens.append(.incident(IncidentScreen(id)))
      settleScreen()
      return []
    }
    if verb == "me" {
      desk.author = rest.isEmpty ? nil : String(rest)
      notice = Notice("what you log is by \(desk.me) now", .good)
      return []
    }
    if verb == "theme" { return chooseTheme(String(rest)) }
    if Kind(name: verb).isKnown, let incident = openIncident, !desk.isReadOnly {
      openComposer(.entry(Kind(name: verb), incident.id), text: String(rest))
      return []
    }
    if let binding = bindingNamed(verb), words.count == 1 { return perform(binding.action) }
    guard desk.commands.contains(where: { $0.name == verb }) else {
      notice = Notice("No command \(verb) here · Tab shows what there is", .problem)
      return [.bell]
    }
    if let reason = State.terminalOnly[verb] {
      notice = Notice(reason, .problem)
      return [.bell]
    }
    notice = Notice("running: \(line)")
    return [.run(words + impliedIncident(words), author: desk.author)]
  }

  /// These would fight for the terminal.
  private static let terminalOnly = [
    "watch": "watch does not end: run it in a terminal of its own",
    "board": "The board is here: Esc leads to it",
    "init": "init makes another store: run it in a terminal of its own",
  ]

  /// `:timeline` on an incident's screen is that incident's.
  private func impliedIncident(_ words: [String]) -> [String] {
    guard words.count == 1, ["show", "timeline", "postmortem"].contains(words[0]),
      let id = openIncident?.id
    else { return [] }
    return [id.description]
  }

  private func bindingNamed(_ verb: String) -> Binding? {
    desk.keymap.bindings(in: screen.place).first {
      $0.action.rawValue == verb || $0.action.rawValue.split(separator: ".").last == verb[...]
    }
  }
}

// MARK: - Its words

/// A line's words as a shell would part them: by spaces, but not inside of quotes. Nothing is expanded.
func commandWords(_ line: String) -> [String] {
  var (words, word, quote): ([String], String?, Character?) = ([], nil, nil)
  for character in line {
    if let open = quote {
      if character == open { quote = nil } else { word = (word ?? "") + String(character) }
    } else if character == "\"" || character == "'" {
      (quote, word) = (character, word ?? "")
    } else if character.isWhitespace {
      if let done = word { words.append(done) }
      word = nil
    } else {
      word = (word ?? "") + String(character)
    }
  }
  return words + (word.map { [$0] } ?? [])
}

// MARK: - Completing it

extension State {
  /// What the command line may go on with: commands, what keys do here, kinds, open incidents. Each once.
  func commandChoices(_ line: String) -> [CommandName] {
    let words = line.split(separator: " ", omittingEmptySubsequences: false)
    let begun = (words.last.map(String.init) ?? "").lowercased()
    let incidents = board.open.prefix(200).map { CommandName($0.id.description, $0.title) }
    var choices: [CommandName] = words.count > 1 ? incidents : firstWords + incidents
    if words.count > 1, ["add", "kinds"].contains(words[0].lowercased()) {
      choices += Kind.allKnown.map { CommandName($0.name, $0.rule.summary) }
    }
    var seen: Set<String> = []
    return choices.filter { choice in
      choice.name.lowercased().hasPrefix(begun) && seen.insert(choice.name).inserted
    }
  }

  private var firstWords: [CommandName] {
    let actions = desk.keymap.bindings(in: screen.place)
      .filter { !State.movements.contains($0.action) && reasonAgainst($0.action) == nil }
      .map { binding in
        let name = binding.action.rawValue.split(separator: ".").last.map(String.init) ?? ""
        let keys = binding.keys.first.map { "  (\($0.name))" } ?? ""
        return CommandName(name, binding.long + keys)
      }
    return desk.commands + actions
      + [
        CommandName("me", "whose name stands on what is logged now"),
        CommandName("theme", "other colours: \(Theme.choices)"),
      ]
  }

  /// Nobody types these.
  private static let movements: Set<Action> = [
    .up, .down, .pageUp, .pageDown, .first, .last, .open, .back, .command, .suspend, .repaint,
  ]

  /// Tab: the first word that fits, then the next.
  mutating func completeCommand(backwards: Bool) {
    guard var composer else { return }
    let line = composer.completion?.prefix ?? composer.editor.text
    let choices = commandChoices(line)
    if choices.isEmpty { return }
    let count = choices.count
    let place = composer.completion.map { ($0.place + (backwards ? count - 1 : 1)) % count }
    let next = place ?? (backwards ? count - 1 : 0)
    let front = line.split(separator: " ", omittingEmptySubsequences: false).dropLast()
    let text = (front.map(String.init) + [choices[next].name]).joined(separator: " ")
    composer.editor = LineEditor(text + (count == 1 ? " " : ""))
    composer.completion =
      count == 1 ? nil : Composer.Completion(start: 0, prefix: line, place: next)
    self.composer = composer
  }
}
