import LoggistModel
import Terminal

extension State {
  /// Whether the screen has a row for an alarm or the most pressing reminder: the board and an incident do.
  var hasBanner: Bool {
    guard alarm != nil || !reminding.active.isEmpty else { return false }
    switch screen {
    case .board, .incident: return true
    default: return false
    }
  }

  /// `INC-12 next update to the wards due in 4 min  +2 more` and the keys, as far as they fit.
  func renderBanner(_ row: Int, into frame: inout Frame) {
    frame.put(
      String(repeating: " ", count: max(size.columns, 0)), row: row, column: 0, style: .banner)
    let first = reminding.active.first
    let others = reminding.active.count - (alarm == nil ? 1 : 0)
    let more = others > 0 ? "+\(others) more" : ""
    let keys = first == nil ? "" : bannerKeys
    // An alarm goes before every reminder: what is logged from now on may not be found again.
    let words = displaySafe(
      alarm ?? first.map { "\($0.incident) \($0.sentence(now: now))" } ?? "")
    // The words first, then how many there are, then the keys: those stand in the help, too.
    var room = size.columns - 1
    var parts = [truncate(words, to: max(room, 0))]
    room -= CellWidth.of(parts[0])
    for part in [more, keys] where !part.isEmpty && CellWidth.of(part) + 2 <= room {
      parts.append(part)
      room -= CellWidth.of(part) + 2
    }
    frame.put(
      " " + parts.joined(separator: "  "), row: row, column: 0, width: size.columns,
      style: .banner)
  }

  private var bannerKeys: String {
    desk.keymap.bindings(in: screen.place)
      .filter { $0.action == .goToReminder || $0.action == .putOffReminder }
      .compactMap { binding in binding.keys.first.map { "\($0.name) \(binding.short)" } }
      .joined(separator: "  ")
  }
}
