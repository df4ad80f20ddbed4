import LoggistModel
import Terminal

@testable import LoggistUI

extension HostileSession {
  mutating func nextMessage() -> Message {
    if let place = due.firstIndex(where: { $0.step <= step }) {
      return due.remove(at: place).message
    }
    switch pick(0...199) {
    case 0..<70: return .key(keyThatActs())
    case 70..<100: return .key(HostileSession.keys[pick(0...HostileSession.keys.count - 1)])
    case 100..<160:
      return .key(
        Key(.character(HostileSession.letters[pick(0...HostileSession.letters.count - 1)])))
    case 160..<166: return .paste(HostileSession.pastes[pick(0...HostileSession.pastes.count - 1)])
    case 166..<176: return .resize(size())
    case 176..<186: return .clock(state.now + TimeSpan(milliseconds: Int64(pick(0...600))))
    case 186..<188: return .clock(state.now + .seconds(pick(0...4_000)))
    case 188: return .clock(state.now - .seconds(pick(0...90_000)))
    case 189: return .clock(state.now + .days(pick(0...3)))
    case 190: return .progress(pick(0...100))
    case 191: return loaded()
    case 191 where chance(2): return .alarm(chance(2) ? "there are two different INC.6" : nil)
    case 192: return .standing(chance(2) ? "2 damaged lines: loggist doctor" : nil)
    case 193: return .notice(Notice("a hook failed \u{1B}[31m", .problem))
    case 194: return .output(title: "verify: done", text: "whole\n\u{7}\nsecond row")
    case 195: return .onCall(OnCallRota(zone: .lagos))
    case 196: return .refused(token: pick(0...9), "NOT logged: nobody asked for this")
    case 197:
      return .previewed(IncidentID(node: Evening.node("INC"), number: pick(1...4)), ["text"])
    case 198: return .drawnUp(["Handover", "阿莫西林"])
    default: return .arrived(arrival())
    }
  }

  /// A key that means something where we are.
  private mutating func keyThatActs() -> Key {
    let keys = state.desk.keymap.bindings(in: state.screen.place).flatMap(\.keys)
    return keys[pick(0...keys.count - 1)]
  }

  /// Mostly what windows are; now and then nothing at all, or a wall.
  private mutating func size() -> Size {
    switch pick(0...19) {
    case 0: return Size(rows: pick(0...300), columns: pick(0...500))
    case 1: return Size(rows: pick(0...2), columns: pick(0...500))
    case 2: return Size(rows: pick(0...300), columns: pick(0...2))
    case 3..<12: return Size(rows: 24, columns: 80)
    default: return Size(rows: pick(0...50), columns: pick(0...132))
    }
  }

  /// The log as it is read at the start, whole or in part.
  private mutating func loaded() -> Message {
    let isWhole = chance(2)
    let known = isWhole ? records : Array(records.suffix(pick(0...records.count)))
    if !isWhole {
      due.append((step + 5, .loaded(Register(records, now: state.now, zone: state.desk.zone))))
    }
    return .loaded(Register(known, now: state.now, zone: state.desk.zone), isWhole: isWhole)
  }

  private static let keys: [Key] =
    Binding.table.flatMap(\.keys) + [
      "Enter", "Enter", "Enter", "Esc", "Esc", "Tab", "shift-Tab", "Backspace", "Delete", "Left",
      "Right", "Up", "Down", "ctrl-a", "ctrl-e", "ctrl-k", "ctrl-u", "ctrl-w", "ctrl-y", "alt-b",
      "alt-f", "alt-d", "alt-i", "alt-Enter", "ctrl-c", "ctrl-d", "ctrl-h", "ctrl-t", "F9", "F63",
      "Insert", "ctrl-alt-Delete", "alt-Backspace",
    ]

  private static let letters = Array(
    "aeinrst 0123456789:-=#@!;~\"\\ọ́中👩‍⚕️ض‮\u{1B}\u{0}\u{301}\u{200D}\u{FFFD}\u{7F}\u{9B}")

  private static let pastes = [
    "20:45 noticed\n20:50 call", "\u{1B}[2J", "-5m to=\"Terence Waller\"", "e\u{301}\u{301}\u{301}",
    String(repeating: "long ", count: 300), "", "\n\n", "INC-2", "19:25 a\n\n\n19:26 b\n25:99 c",
    "- 19:31 vendor\n* **19:40**: stuck\n| 19:52 | restarted |", "阿莫西林胶囊\u{202E}", "\u{1E}\u{0}",
    "@t.waller reached_by=phone relay needs a disk", "outcome=held because=so", "99:99", "!1",
  ]
}
