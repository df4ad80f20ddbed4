import LoggistModel

extension State {
  /// Takes the reason and asks for the entry's name: Enter twice, or a key held down, blanks nothing.
  mutating func askForAgreement(_ ref: EntryRef, _ reason: String) -> [Effect] {
    if reason.allSatisfy(\.isWhitespace) {
      composer?.problem = "Why? Say it without the words that are to go"
      return []
    }
    composer = Composer(.redactionAgreed(ref, reason: reason), opened: now)
    return []
  }

  /// Blanks the entry where its name was typed, and with it what waits in drafts about it.
  mutating func redact(_ ref: EntryRef, _ reason: String, agreed: String) -> [Effect] {
    let typed = agreed.filter { !$0.isWhitespace }.uppercased()
    guard typed == ref.description else {
      composer?.problem = "This cannot be taken back: type \(ref), or Esc to leave it"
      return [.bell]
    }
    composer = nil
    settleScreen()
    let gone = Purpose.draftNames(about: ref).filter { drafts[$0] != nil }
    for name in gone { drafts[name] = nil }
    // A line that the arrow up would bring back holds what was logged with it.
    history = []
    return gone.map { .dropDraft(name: $0) }
      + [.run(["redact", ref.description, "--reason", reason, "--yes"], author: desk.author)]
  }
}
