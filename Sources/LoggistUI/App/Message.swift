package import LoggistModel
package import Terminal

/// Everything that can happen to the program.
package enum Message: Sendable {
  case key(Key)
  case paste(String)
  case resize(Size)
  case clock(Instant)
  /// Records that this or another process appended.
  case arrived([Record])
  /// The store was read; while it is not whole, what lies further back is still to come.
  case loaded(Register, isWhole: Bool = true)
  /// How much of it has been read, in per cent.
  case progress(Int)
  case appended(token: Int, [Record])
  /// Nothing of the submission is in the log; the sentence says why.
  case refused(token: Int, String)
  /// The text as the editor left it.
  case edited(String)
  /// A command has ended: what it was and what it wrote.
  case output(title: String, text: String)
  /// An incident's post-mortem as text.
  case previewed(IncidentID, [String])
  /// The store that the first run asked for is there.
  case storeMade
  /// It could not be made; the sentence says why.
  case storeRefused(String)
  /// The shift's handover as text.
  case drawnUp([String])
  case notice(Notice)
  /// A calendar of the rota was changed.
  case onCall(OnCallRota)
  /// Something about the store that stays true until it is said otherwise: read-only, damaged lines.
  case standing(String?)
  /// Something that endangers the record until somebody does something about it: two histories of one log.
  case alarm(String?)
  /// How far the logs got on other machines; nil where they are carried nowhere.
  case carriage(Carriage?)
}

/// One line that tells what has just happened.
package struct Notice: Sendable, Hashable {
  package enum Tone: Sendable, Hashable { case good, plain, problem }

  package var text: String
  package var tone: Tone

  package init(_ text: String, _ tone: Tone = .plain) {
    (self.text, self.tone) = (text, tone)
  }
}

/// Everything that the program can do to the world; `update` only names it.
package enum Effect: Sendable, Hashable {
  case append(Submission)
  case keepDraft(Draft)
  case dropDraft(name: String)
  /// Opens the person's editor on a text.
  case edit(String)
  /// Writes the incident's post-mortem into a file.
  case writePostMortem(IncidentID)
  /// Clocks of incidents have passed: whoever has to know is told.
  case overdue([Overdue])
  /// Runs a command of `loggist` on this store: its words, and whose name stands on what it logs. What it writes comes
  /// back as `output`.
  case run([String], author: String?)
  /// Writes the post-mortem as text, no line wider than so many cells.
  case preview(IncidentAccount, width: Int)
  /// Makes the store of a first run.
  case makeStore(NewStore)
  /// Writes the handover as text; with it the last one that was given.
  case drawUp(Shift, Handovers.Handover?, width: Int)
  case bell
  case suspend
  case repaint
  /// Other colours from now on.
  case theme(Theme)
  case quit
}
