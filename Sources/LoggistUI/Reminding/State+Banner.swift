import LoggistModel
import Terminal

extension State {
  /// Whether the screen has a row for the most pressing reminder: the board and an incident do.
  var hasBanner: Bool {
    guard !reminding.active.isEmpty else { return false }
    switch screen {
    case .board, .incident: return true
    default: return false
    }
  }

  /// `INC-12 next update to the wards due in 4 min  +2 more` and the keys, as far as they fit.
  func renderBanner(_ row: Int, into frame: inout Frame) {
    guard let first = reminding.active.first else { return }
    frame.put(
      String(repeating: " ", count: max(size.columns, 0)), row: row, column: 0, style: .banner)
    let others = reminding.active.count - 1
    let more = others > 0 ? "+\(others) more" : ""
    let keys = bannerKeys
    let words = displaySafe("\(first.incident) \(first.sentence(now: now))")
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
