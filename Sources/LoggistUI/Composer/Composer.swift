package import LoggistModel
import Terminal

/// The line at the bottom of the screen while something is being typed.
package struct Composer: Sendable, Hashable {
  package internal(set) var purpose: Purpose
  package internal(set) var editor: LineEditor
  /// When it was opened: the time of a call, however long it takes to write it down.
  package let opened: Instant
  /// Which of the kind's words Enter logs, where a word is required and none was typed.
  package internal(set) var choice = 0
  /// The open incident that the call belongs to; nil opens a new one.
  package internal(set) var match: IncidentID?
  /// The open incidents that the call may belong to, the likeliest first.
  package internal(set) var matches: [IncidentID] = []
  /// The entry that it is about, where the kind needs one: the escalation that was answered.
  package internal(set) var ref: EntryRef?
  /// Why it was not logged.
  package internal(set) var problem: String?
  /// The submission that has not been answered yet.
  package internal(set) var waiting: Int?
  /// The questions that a second Enter answers with yes.
  var asked: Set<Question> = []
  /// Who is on call, where it is an escalation.
  var onCall: [OnCallProposal] = []
  /// With `resolved`: everybody who waits to be called back was.
  var informsAll = false
  /// Opened by the key for priorities.
  var asksForPriority = false
  /// The word that Tab is completing.
  var completion: Completion?
  /// Where the arrow up has gone back to in what was logged before.
  var recalled: Int?

  init(
    _ purpose: Purpose, text: String = "", cursor: Int? = nil, opened: Instant, ref: EntryRef? = nil
  ) {
    self.purpose = purpose
    self.opened = opened
    self.ref = ref
    editor = LineEditor(text, cursor: cursor)
  }

  mutating func insert(_ text: String) {
    editor.insert(text)
    changed()
  }

  mutating func replaceText(_ text: String) {
    var text = text
    while text.last?.isNewline == true { text.removeLast() }
    editor = LineEditor(text)
    changed()
  }

  /// What was said about the line before no longer holds.
  mutating func changed() {
    problem = nil
    asked = []
    informsAll = false
  }
}

extension Composer {
  /// Rows below the line: the incidents that fit, and a new one where there may be one.
  var choiceRows: Int {
    switch purpose {
    case .call: matches.count + 1
    case .attach: matches.count
    case .command: 5
    default: 0
    }
  }

  /// The words between which Tab chooses, the likeliest first: Enter alone logs that one.
  var choices: Choices? {
    switch purpose {
    case .entry(.escalated, _) where !onCall.isEmpty:
      Choices(field: .to, words: onCall.map(\.person.name))
    case .entry(let kind, _): Choices(kind)
    default: nil
    }
  }

  /// A required word of a kind.
  struct Choices: Sendable, Hashable {
    let field: Field
    let words: [String]

    init(field: Field, words: [String]) {
      (self.field, self.words) = (field, words)
    }

    init?(_ kind: Kind) {
      switch kind {
      case .mitigation:
        (field, words) = (.outcome, ["held", "pending", "partial", "failed", "reverted"])
      case .diagnosis: (field, words) = (.verdict, ["suspected", "confirmed", "ruled_out"])
      case .impact: (field, words) = (.change, ["started", "changed", "ended"])
      case .measure: (field, words) = (.type, ["corrective", "preventive"])
      case .measureUpdate: (field, words) = (.state, ["doing", "done", "dropped", "open"])
      default: return nil
      }
    }
  }

  /// The draft that outlives this program; nil where nothing was typed or nothing is worth keeping.
  var draft: Draft? {
    guard let name = purpose.draftName, !editor.isEmpty else { return nil }
    return Draft(name: name, text: editor.text, cursor: editor.cursor, opened: opened)
  }
}
