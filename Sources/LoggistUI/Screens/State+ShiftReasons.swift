import LoggistModel

extension State {
  /// Why an action of the past, the review or the handover cannot be done now.
  func shiftReasonAgainst(_ action: Action) -> String? {
    switch screen {
    case .past(let past):
      if action == .earlier, past.step == 0 { return "Nothing was recorded before this" }
      if action == .later, past.step >= past.account.steps.count - 1 {
        return "This is how it stands now · Esc goes back"
      }
      return nil
    case .output(let output):
      return action == .left && output.shift == 0 ? "Nothing stands further to the left" : nil
    case .review(let review):
      if review.preview != nil, action == .open { return "Esc goes back to the list" }
      if action == .open, desk.isReadOnly, let hint = review.hint {
        if case .goTo? = Remedy(hint) { return nil }
        return "Nothing can be logged here: the log can only be read"
      }
      if action == .open, review.hint == nil, review.signature == nil {
        return "Nothing is left to fill in"
      }
      return nil
    case .handover(let screen):
      switch action {
      case .editor where desk.isReadOnly:
        return "Nothing can be logged here: the log can only be read"
      case .accept where handovers.waiting == nil: return "No handover waits to be accepted"
      case .open where screen.listed == nil: return "Tab lists earlier handovers; Enter reads one"
      case .open where screen.shown != nil: return "Esc goes back to the list"
      case .open where handovers.all.isEmpty: return "No handover was given yet"
      default: return nil
      }
    default: return nil
    }
  }
}
