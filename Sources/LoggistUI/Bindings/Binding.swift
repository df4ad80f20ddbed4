package import Terminal

/// One action with its keys and its words: the record that dispatch, footer, help, the manual page and the
/// documentation read.
package struct Binding: Sendable, Hashable {
  package let action: Action
  package let keys: [Key]
  /// For the footer: one or two words.
  package let short: String
  /// For help: a sentence's worth.
  package let long: String
  package let places: Set<Place>
  /// In the footer the lower ranks come first; nil keeps it out.
  package let rank: Int?

  /// Where a key means something.
  package enum Place: String, Sendable, Hashable, CaseIterable {
    case board, incident, search, help
    case metrics, measures, review, handover, past, callbacks, pasted, output
    case firstRun = "first_run"

    /// What help calls it, behind "Keys that work ".
    var spoken: String {
      switch self {
      case .past: "in the past"
      case .callbacks: "on the calls to return"
      case .pasted: "on pasted lines"
      case .output: "on a command's output"
      case .firstRun: "in a first run"
      case .board, .incident, .search, .help, .metrics, .measures, .review, .handover:
        "on the \(rawValue) screen"
      }
    }
  }
}

extension Binding {
  static let everywhere = Set(Place.allCases)
  static let lists = everywhere.subtracting([.help, .firstRun])
  /// Where letters are keys and not text.
  static let main = lists.subtracting([.search])
  /// What lies one level above the board.
  static let above = main.subtracting([.board])

  private init(
    _ action: Action, _ keys: [String], _ short: String, _ long: String, _ places: Set<Place>,
    rank: Int? = nil
  ) {
    self.init(
      action: action, keys: keys.compactMap { Key($0) }, short: short, long: long,
      places: places, rank: rank)
  }

  /// The keys as they come, before anybody's keymap.
  package static let table: [Binding] = [
    Binding(
      .newCall, ["n"], "new call", "a call: log it, open an incident or attach it", [.board],
      rank: 1),
    Binding(
      .open, ["Enter", "l", "Right"], "open", "open what is selected", [.board, .callbacks], rank: 2
    ),
    Binding(.open, ["Enter", "Right"], "open", "open what is selected", [.search], rank: 2),
    Binding(
      .callbacks, ["b"], "calls", "callers who wait for a call, calls without an incident",
      [.board], rank: 7),
    Binding(
      .handover, ["H"], "handover", "the shift's handover: write it, give it, accept it", [.board],
      rank: 5),
    Binding(.metrics, ["M"], "metrics", "a period in figures", [.board], rank: 6),
    Binding(
      .measures, ["m"], "measures", "open measures of all incidents, by owner and due date",
      [.board], rank: 8),
    Binding(.filter, ["f"], "filter", "show only incidents with these words", [.board], rank: 4),
    Binding(.open, ["Enter"], "log all", "log every line that is not left out", [.pasted], rank: 1),
    Binding(
      .strike, ["-", "Space"], "leave out", "leave the line out, or take it in again", [.pasted],
      rank: 2),
    Binding(.correct, ["="], "change", "change the line", [.pasted], rank: 3),
    Binding(
      .otherTarget, ["Tab"], "other incident", "log the lines on another incident, or on a new one",
      [.pasted], rank: 4),
    Binding(.note, ["n"], "a note", "the selected line is a note", [.pasted]),
    Binding(.observation, ["o"], "what was seen", "the selected line is what was seen", [.pasted]),
    Binding(.check, ["t"], "what was tried", "the selected line is what was tried", [.pasted]),
    Binding(.change, ["x"], "what was altered", "the selected line is what was altered", [.pasted]),
    Binding(
      .complaint, ["c"], "a caller's report", "the selected line is a caller's report", [.pasted]),
    Binding(.diagnosis, ["d"], "a diagnosis", "the selected line is a diagnosis", [.pasted]),
    Binding(.escalated, ["e"], "an escalation", "the selected line is an escalation", [.pasted]),
    Binding(
      .acknowledged, ["a"], "an acknowledgement", "the selected line is an acknowledgement",
      [.pasted]),
    Binding(.mitigation, ["m"], "a mitigation", "the selected line is a mitigation", [.pasted]),
    Binding(
      .restored, ["r"], "the service is back", "the selected line is that the service is back",
      [.pasted]),
    Binding(
      .resolved, ["R"], "the work is done", "the selected line is that the work is done", [.pasted]),
    Binding(.note, ["n"], "note", "log a note", [.incident], rank: 1),
    Binding(.observation, ["o"], "observed", "log what was seen", [.incident], rank: 2),
    Binding(.check, ["t"], "tried", "log what was tried or looked at", [.incident], rank: 3),
    Binding(.change, ["x"], "changed", "log what was altered", [.incident], rank: 11),
    Binding(
      .diagnosis, ["d"], "diagnosis", "log what is thought to be the cause", [.incident], rank: 6),
    Binding(
      .escalated, ["e"], "escalate", "log a call to the on-call officer, a team, a vendor",
      [.incident], rank: 4),
    Binding(.engaged, ["y"], "answered", "they answered the escalation", [.incident], rank: 12),
    Binding(.acknowledged, ["a"], "acknowledge", "somebody owns it", [.incident], rank: 5),
    Binding(
      .mitigation, ["m"], "mitigation", "log what was done to end the harm", [.incident], rank: 7),
    Binding(
      .restored, ["r"], "restored", "the service is back for the people who use it", [.incident],
      rank: 8),
    Binding(.resolved, ["R"], "resolved", "the work is done", [.incident], rank: 9),
    Binding(
      .complaint, ["c"], "complaint", "another caller's report on this incident", [.incident],
      rank: 10),
    Binding(
      .informed, ["b"], "called back", "the caller was called back", [.incident], rank: 13),
    Binding(
      .informed, ["b"], "called back", "the caller was called back", [.callbacks], rank: 2),
    Binding(
      .priority, ["p"], "priority", "set the priority: 1 to 4, and why", [.incident], rank: 14),
    Binding(.set, ["s"], "set", "set a property: service=, place=, title=", [.incident], rank: 15),
    Binding(.noticed, ["N"], "noticed", "who or what saw it first", [.incident]),
    Binding(.impact, ["i"], "impact", "who is hit, from when, until when", [.incident]),
    Binding(.comms, ["K"], "told", "what was told to whom: audience=", [.incident]),
    Binding(.reopened, ["O"], "reopen", "it was not over; why", [.incident]),
    Binding(.summary, ["S"], "summary", "the post-mortem's summary", [.incident]),
    Binding(.rootCause, ["C"], "root cause", "why it happened", [.incident]),
    Binding(.factor, ["F"], "factor", "what helped it to happen", [.incident]),
    Binding(.resolution, ["V"], "resolution", "how it was solved", [.incident]),
    Binding(.measure, ["M"], "measure", "a corrective or preventive measure", [.incident]),
    Binding(
      .correct, ["="], "correct", "correct the selected entry; the original stays readable",
      [.incident], rank: 16),
    Binding(
      .strike, ["-"], "strike", "strike the selected entry; it stays readable", [.incident],
      rank: 17),
    Binding(
      .redact, ["X"], "blank",
      "blank the selected entry's text for good; asks why, and for its name",
      [.incident]),
    Binding(
      .attach, ["A"], "attach", "attach the selected complaint to another incident",
      [.incident, .callbacks]),
    Binding(
      .detach, ["D"], "detach", "take the selected complaint off this incident", [.incident]),
    Binding(
      .past, ["w"], "what was known", "move through the log's own time: what was known when",
      [.incident], rank: 21),
    Binding(
      .earlier, ["Left", "h"], "earlier", "to what was known one entry earlier", [.past], rank: 1),
    Binding(
      .later, ["Right", "l"], "later", "to what was known one entry later", [.past], rank: 2),
    Binding(
      .details, ["Tab"], "details", "properties, complaints and measures beside the timeline",
      [.incident], rank: 17),
    Binding(
      .open, ["Enter"], "go to", "in the details: to the complaint's or measure's entry",
      [.incident], rank: 1),
    Binding(
      .review, ["v"], "review", "what the post-mortem still lacks; preview and sign",
      [.incident], rank: 18),
    Binding(
      .open, ["Enter", "l", "Right"], "fill in", "log what is missing, or go to the entry",
      [.review], rank: 1),
    Binding(
      .preview, ["p", "Tab"], "preview", "the post-mortem as it would be written", [.review],
      rank: 2),
    Binding(
      .sign, ["S"], "sign", "the post-mortem was reviewed: in which role", [.review], rank: 3),
    Binding(.give, ["n"], "give", "give the handover: @who takes it, a note", [.handover], rank: 1),
    Binding(
      .accept, ["a"], "accept", "accept the handover that waits", [.handover], rank: 2),
    Binding(
      .refresh, ["r"], "anew", "draw it up anew, with what was logged since", [.handover], rank: 4),
    Binding(
      .details, ["Tab"], "earlier ones", "earlier handovers, who gave and who accepted them",
      [.handover], rank: 5),
    Binding(
      .open, ["Enter", "l", "Right"], "read", "in the list: read an earlier handover", [.handover],
      rank: 3),
    Binding(.undo, ["u"], "undo", "strike my last entry", [.incident], rank: 18),
    Binding(.showStruck, ["~", "F4"], "struck", "show or hide struck entries", [.incident]),
    Binding(
      .goToReminder, ["!"], "go", "go to what the reminder is about", [.board, .incident]),
    Binding(
      .putOffReminder, ["z"], "later", "put the reminder off for 10 minutes, on this screen alone",
      [.board, .incident]),
    Binding(.search, ["/"], "search", "search all entries", [.board], rank: 3),
    Binding(.search, ["/"], "search", "search all entries", above, rank: 20),
    Binding(
      .open, ["Enter"], "open", "the incidents behind a figure, then the incident", [.metrics],
      rank: 1),
    Binding(
      .previousPeriod, ["[", "Left", "h"], "before", "the period before", [.metrics], rank: 2),
    Binding(
      .nextPeriod, ["]", "Right", "l"], "after", "the period behind it", [.metrics], rank: 3),
    Binding(
      .period, ["p"], "period", "type a period: 2026-Q3, 2026-W47, FROM..TO", [.metrics], rank: 4),
    Binding(
      .grouping, ["b", "Tab"], "group by", "group by priority, service, place, owner", [.metrics],
      rank: 5),
    Binding(
      .plot, ["v"], "plot", "the distribution of a clock, or first reports by hour", [.metrics],
      rank: 6),
    Binding(
      .refresh, ["r", "F5"], "count anew", "work the figures out anew, as of now", [.metrics],
      rank: 7),
    Binding(
      .open, ["Enter", "l", "Right"], "open", "open the incident at the measure", [.measures],
      rank: 1),
    Binding(.measureDone, ["d"], "done", "log that it is done", [.measures], rank: 2),
    Binding(.measureDoing, ["s"], "doing", "log that somebody is doing it", [.measures], rank: 3),
    Binding(
      .measureDropped, ["x"], "drop", "log that it will not be done; why", [.measures], rank: 4),
    Binding(
      .correct, ["="], "correct", "correct the measure: owner=, due=, its text", [.measures],
      rank: 6),
    Binding(
      .measuresOrder, ["Tab"], "sort", "by due date, or by owner", [.measures], rank: 5),
    Binding(
      .postMortem, ["P"], "post-mortem", "write the post-mortem into a file", [.incident, .review],
      rank: 19),
    Binding(
      .editor, ["E", "ctrl-x"], "editor", "write the line in your editor", [.incident, .handover]),
    Binding(.command, [":"], "command", "run a command by name", main, rank: 22),
    Binding(.help, ["?", "F1"], "help", "every key that works here", main, rank: 23),
    Binding(.help, ["F1"], "help", "every key that works here", [.search], rank: 23),
    Binding(
      .back, ["Esc", "q", "h", "Left"], "back", "one level back; nothing is discarded",
      above.subtracting([.metrics, .past, .output]), rank: 24),
    Binding(
      .back, ["Esc", "q"], "back", "one level back; nothing is discarded",
      [.metrics, .past, .output], rank: 24),
    Binding(.left, ["Left", "h"], "left", "what stands to the left", [.output], rank: 2),
    Binding(.right, ["Right", "l"], "right", "what stands to the right", [.output], rank: 1),
    Binding(
      .back, ["Esc"], "back", "one level back; nothing is discarded", [.search, .help], rank: 1),
    Binding(
      .open, ["Enter"], "next", "to the next field; behind the last one begin", [.firstRun], rank: 1
    ),
    Binding(.back, ["Esc"], "leave", "leave, and nothing is made", [.firstRun], rank: 2),
    Binding(
      .complete, ["Tab"], "complete", "complete the zone; else to the next field", [.firstRun],
      rank: 3),
    Binding(.up, ["Up", "shift-Tab"], "up", "one field up", [.firstRun]),
    Binding(.down, ["Down"], "down", "one field down", [.firstRun]),
    Binding(.quit, ["q", "Q"], "quit", "leave; drafts are kept", [.board], rank: 24),
    Binding(.quit, ["ctrl-q"], "quit", "leave at once; drafts are kept", everywhere),
    Binding(.up, ["Up", "k"], "up", "one up", main),
    Binding(.down, ["Down", "j"], "down", "one down", main),
    Binding(.up, ["Up", "ctrl-p"], "up", "one up", [.search, .help]),
    Binding(.down, ["Down", "ctrl-n"], "down", "one down", [.search, .help]),
    Binding(.pageUp, ["PageUp", "ctrl-b"], "page up", "one screen up", lists),
    Binding(.pageDown, ["PageDown", "ctrl-f"], "page down", "one screen down", lists),
    // There ctrl-b and ctrl-f move the cursor in the words that filter.
    Binding(.pageUp, ["PageUp"], "page up", "one screen up", [.help]),
    Binding(.pageDown, ["PageDown"], "page down", "one screen down", [.help]),
    Binding(.first, ["Home", "g"], "first", "to the first", main),
    Binding(.last, ["End", "G"], "last", "to the last, and follow what comes", main),
    Binding(.suspend, ["ctrl-z"], "suspend", "back to the shell; fg returns", everywhere),
    Binding(.repaint, ["ctrl-l"], "repaint", "paint the screen anew", everywhere),
  ]
}

/// The bindings in force: the table with somebody's changes.
package struct Keymap: Sendable, Hashable {
  package let bindings: [Binding]

  /// `changes`: keys by action name, as a configuration's `keymap` gives them.
  package init(changes: [String: [Key]] = [:]) {
    bindings = Binding.table.map { binding in
      guard let keys = changes[binding.action.rawValue] else { return binding }
      return Binding(
        action: binding.action, keys: keys, short: binding.short, long: binding.long,
        places: binding.places, rank: binding.rank)
    }
  }

  package func action(for key: Key, in place: Binding.Place) -> Action? {
    bindings.first { $0.places.contains(place) && $0.keys.contains(key) }?.action
  }

  /// In the order of the table.
  package func bindings(in place: Binding.Place) -> [Binding] {
    bindings.filter { $0.places.contains(place) }
  }
}
