import LoggistModel
import Terminal

@testable import LoggistUI

// Nothing that was typed to be logged is lost: it is in the line, in a draft, on its way to the log or in it.

extension HostileSession {
  /// What a message lost of what was typed.
  func loss(from before: State, by message: Message) -> String? {
    // What was held back while the disk was at work comes all at once; every single key of it is looked at elsewhere.
    if !before.heldInput.isEmpty, before.heldInput.count > state.heldInput.count { return nil }
    return lineLoss(from: before, by: message) ?? draftLoss(from: before, by: message)
      ?? overdueDraft(message)
  }

  private func lineLoss(from before: State, by message: Message) -> String? {
    guard let line = before.composer, let name = line.purpose.draftName, !line.editor.isEmpty
    else { return nil }
    let text = line.editor.text
    // What was recalled is in the log already.
    if let place = line.recalled, place < before.history.count, before.history[place] == text {
      return nil
    }
    if let now = state.composer, now.purpose == line.purpose, now.editor.text == text { return nil }
    if state.drafts[name]?.text == text { return nil }
    switch message {
    case .key(let key):
      if let now = state.composer, now.purpose == line.purpose {
        if HostileSession.removes(key) || now.completion != nil || now.recalled != nil {
          return nil
        }
        return HostileSession.holds(now.editor.text, text) ? nil : "\(key) changed what was typed"
      }
      return "\(key) closed the line and kept no draft of “\(text)”"
    case .paste:
      guard let now = state.composer, now.purpose == line.purpose else {
        return "a paste lost “\(text)”"
      }
      return HostileSession.holds(now.editor.text, text) ? nil : "a paste changed what was typed"
    case .edited: return nil
    case .appended(let token, _):
      if line.waiting == token, submitted[token] == text { return nil }
      return "an answer took more than it had been asked to log: “\(text)”"
    default: return "“\(text)” went by itself"
    }
  }

  private func draftLoss(from before: State, by message: Message) -> String? {
    for (name, draft) in before.drafts {
      if before.composer?.purpose.draftName == name { continue }
      if let opened = state.composer, opened.purpose.draftName == name,
        opened.purpose != before.composer?.purpose
      {
        if HostileSession.holds(opened.editor.text, draft.text) { continue }
        return "\(name) was opened without its draft “\(draft.text)”"
      }
      let kept = state.drafts[name]
      if kept?.text == draft.text { continue }
      if case .appended = message { continue }
      if pasted(in: before, named: name) { continue }
      if let kept, name.hasPrefix("pasted"), kept.text.contains("\u{1E}"),
        kept.text.count >= draft.text.count
      {
        continue
      }
      return "the draft \(name) was \(kept == nil ? "dropped" : "overwritten"): “\(draft.text)”"
    }
    return nil
  }

  private func pasted(in before: State, named name: String) -> Bool {
    before.screens.contains { screen in
      if case .pasted(let pasted) = screen { pasted.draftName == name } else { false }
    }
  }

  /// A draft is on the disk within half a second of the last key.
  private func overdueDraft(_ message: Message) -> String? {
    guard case .clock(let now) = message, let line = state.composer,
      let name = line.purpose.draftName,
      !line.editor.isEmpty, isTyped
    else { return nil }
    if let due = state.draftDue {
      return due > now && due - now <= TimeSpan(milliseconds: 500)
        ? nil : "a draft is due at \(due), now is \(now)"
    }
    return disk[name]?.text == line.editor.text
      ? nil : "a draft is not on the disk when it should be"
  }

  /// Whether all that was typed is still there, in its order.
  private static func holds(_ text: String, _ typed: String) -> Bool {
    var rest = text.unicodeScalars[...]
    for scalar in typed.unicodeScalars {
      guard let place = rest.firstIndex(of: scalar) else { return false }
      rest = rest[rest.index(after: place)...]
    }
    return true
  }

  /// Keys by which a person takes words back.
  private static func removes(_ key: Key) -> Bool {
    switch (key.code, key.modifiers) {
    case (.backspace, _), (.delete, _): true
    case (.character(let letter), .control): "dhkuw".contains(letter)
    case (.character("d"), .alt): true
    default: false
    }
  }
}
