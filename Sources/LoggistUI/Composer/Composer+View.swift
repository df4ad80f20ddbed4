import LoggistModel
import Terminal

extension State {
  /// Rows that the composer takes: a box, or a single line where there is no room for one.
  var composerRows: Int {
    guard let composer, size.rows > 6 else { return 1 }
    let canned = min(cannedRows(composer).count, Composer.cannedRoom)
    if canned > 0 { return 3 + canned }
    let callees = calleeRows(composer).count
    if callees > 0 { return 3 + min(callees, Composer.cannedRoom) }
    return 3 + min(composer.choiceRows, 6)
  }

  var composerHints: [(key: String, word: String)] {
    guard let composer else { return [] }
    var hints = [(key: "Enter", word: "log"), (key: "Esc", word: "keep draft")]
    switch composer.purpose {
    case .filter: hints = [("Enter", "keep filter"), ("Esc", "show all")]
    case .pastedLine: hints = [("Enter", "change"), ("Esc", "leave it")]
    case .command: hints = [("Enter", "do it"), ("Tab", "complete"), ("Esc", "back")]
    case .period: hints = [("Enter", "show"), ("Esc", "back")]
    case .redaction: hints = [("Enter", "go on"), ("Esc", "leave it")]
    case .redactionAgreed: hints = [("Enter", "blank it"), ("Esc", "leave it")]
    case .correction: hints[0].word = "go on"
    case .call: hints.append((key: "↑↓", word: "attach to an incident"))
    case .entry where composer.asked.contains { $0.isAboutCallers }:
      hints = [
        (key: "Enter", word: "log, they go on waiting"), (key: "alt-i", word: "log, all informed"),
        (key: "Esc", word: "keep draft"),
      ]
    case .entry where !composer.onCall.isEmpty:
      if calleeRows(composer).count > 1 {
        let next = composer.onCall[(composer.choice + 1) % composer.onCall.count]
        hints.append((key: "Tab", word: "other team"))
        hints.append(
          (key: "alt-Enter", word: "log → \(truncate(displaySafe(next.person.name), to: 20))"))
      }
    case .attach: hints = [("Enter", "attach"), ("↑↓", "another incident"), ("Esc", "back")]
    case .entry:
      if let choices = composer.choices {
        hints.append((key: "Tab", word: "other \(choices.field.rawValue)"))
        let next = choices.words[(composer.choice + 1) % choices.words.count]
        hints.append((key: "alt-Enter", word: "log as \(spaced(next))"))
      }
    default: break
    }
    if composer.cannedPrefix != nil, !cannedRows(composer).isEmpty {
      hints.append((key: "Tab", word: "canned text"))
    }
    return hints + [(key: "ctrl-x", word: "editor"), (key: "ctrl-u", word: "clear")]
  }
}

extension Composer {
  func render(_ state: State, _ rows: Range<Int>, into frame: inout Frame) {
    guard !rows.isEmpty else { return }
    let width = state.size.columns
    if rows.count < 3 {
      renderLine(row: rows.upperBound - 1, column: 0, width: width, lead: true, into: &frame)
      renderProposal(row: rows.upperBound - 1, width: width, into: &frame)
      return
    }
    let (top, line, bottom) = (rows.lowerBound, rows.lowerBound + 1, rows.lowerBound + 2)
    frame.put(border("┌ \(heading(state)) ", "┐", width), row: top, column: 0, style: .border)
    frame.put("│", row: line, column: 0, style: .border)
    frame.put("│", row: line, column: width - 1, style: .border)
    renderLine(row: line, column: 2, width: width - 3, lead: false, into: &frame)
    let (words, style) = remark(state)
    let safe = truncate(displaySafe(words), to: max(width - 4, 0))
    frame.put(border("└ ", "┘", width), row: bottom, column: 0, style: .border)
    let used = frame.put(safe, row: bottom, column: 2, width: max(width - 4, 0), style: style)
    frame.put(" ", row: bottom, column: min(2 + used, width - 2), style: .border)
    let below = (bottom + 1)..<rows.upperBound
    let canned = state.cannedRows(self)
    if !canned.isEmpty {
      renderCanned(canned, below, width, into: &frame)
    } else if case .entry(.escalated, _) = purpose {
      renderCallees(state, below, into: &frame)
    } else if purpose == .command {
      renderCommands(state, below, into: &frame)
    } else if purpose.findsIncidents {
      renderMatches(state, below, into: &frame)
    }
  }

  private func border(_ left: String, _ right: String, _ width: Int) -> String {
    let room = max(width - CellWidth.of(right), 0)
    let text = truncate(left, to: room)
    return text + String(repeating: "─", count: max(room - CellWidth.of(text), 0)) + right
  }

  private func renderLine(
    row: Int, column: Int, width: Int, lead: Bool, into frame: inout Frame
  ) {
    let used = lead ? frame.put("> ", row: row, column: column, style: .prompt) : 0
    let view = EditorView(editor, width: max(width - used, 1))
    frame.put(
      view.text, row: row, column: column + used, width: max(width - used, 0), style: .input)
    frame.cursor = Position(row: row, column: min(column + used + view.cursor, column + width))
  }

  private func heading(_ state: State) -> String {
    switch purpose {
    case .call: "the phone rings: who, where, what"
    case .entry(let kind, let incident):
      kind == .signed
        ? "sign \(incident): in which role?"
        : asksForPriority
          ? "priority of \(incident): 1 to 4, or impact/urgency (high/low), and why"
          : "\(spaced(kind.name)) · \(incident)"
    case .correction(let ref): "correct \(ref): how should it read?"
    case .correctionReason(let ref, _): "correct \(ref): why?"
    case .strike(let ref): "strike \(ref): why?"
    case .redaction(let ref): "blank \(ref) for good: why?"
    case .redactionAgreed(let ref, _): "type \(ref) to blank it for good"
    case .attach(let ref): "to which incident does \(ref) belong?"
    case .pastedLine: "change the line"
    case .handover: "hand over: @who takes it, and a note"
    case .acceptance(let ref): "accept \(ref): a remark, or nothing"
    case .filter: "filter"
    case .period: "which period?"
    case .command: "command"
    }
  }

  /// The line under the text: the problem, else how it will be recorded.
  private func remark(_ state: State) -> (String, Style) {
    if waiting != nil { return ("saving…", .muted) }
    if let problem { return (problem, .error) }
    switch purpose {
    case .filter:
      do {
        _ = try BoardFilter(editor.text)
        return ("words · !1 · @owner · #service or place · state=unacknowledged", .muted)
      } catch {
        return (error.description, .warning)
      }
    case .period: return (state.periodWords(editor.text), .muted)
    case .command: return ("INC-12, a kind and its text, what a key does, any command", .muted)
    default: break
    }
    if case .attach(let ref) = purpose {
      return (state.journal.entry(ref)?.entry.phrase ?? "", .muted)
    }
    guard let reading = state.reading(of: self) else { return ("", .muted) }
    if let problem = reading.preview.problem {
      return (problem.sentence(state.desk.clock), .warning)
    }
    switch purpose {
    case .strike(let ref), .correctionReason(let ref, _):
      let words = state.journal.entry(ref)?.entry.phrase ?? ""
      let changes = reading.entries.first.map { $0.kind == .corrected ? $0.phrase + " · " : "" }
      return ((changes ?? "") + words, .muted)
    case .correction:
      return (reading.entries.first.map { changesText($0) } ?? "", .muted)
    default: return (recorded(reading, state), .muted)
    }
  }

  private func changesText(_ entry: Entry) -> String {
    let changes = entry[.set]?.members ?? []
    if changes.isEmpty { return "as it is" }
    return "changes "
      + changes.map { "\($0.name) to \($0.value.string ?? $0.value.text)" }.joined(separator: ", ")
  }

  /// `21:18 WAT, 2 min ago · INC-12 · outcome held (Tab)`: everything that the line does not show by itself.
  private func recorded(_ reading: Reading, _ state: State) -> String {
    let context = state.desk.lineContext(now: state.now)
    var preview = reading.preview
    if purpose == .call, !preview.hasTime { preview.at = state.desk.zone.timestamp(opened) }
    var parts = [preview.spoken(in: context)]
    switch purpose {
    case .call: parts.append(match.map { "attached to \($0)" } ?? "opens a new incident")
    case .entry(_, let incident): parts.append(incident.description)
    default: break
    }
    if let entry = reading.entries.first, entry.kind == .escalated {
      if let to = entry.string(.to), entry[.team] != nil { parts.append("to \(to)") }
      if entry[.to] == nil { parts.append("to whom? @name") }
    } else if let choices, let entry = reading.entries.first {
      parts.append("\(choices.field.rawValue) \(spaced(entry.string(choices.field) ?? ""))")
    }
    if let ref = reading.entries.first?.ref, purpose != .call {
      let target = state.journal.entry(ref)?.entry
      let who = target?.string(.to) ?? target?.string(.caller) ?? target?.text ?? ""
      parts.append("\(ref) \(who)")
    }
    if let matrix = reading.byMatrix {
      parts.append("\(matrix.priority) by the matrix")
    }
    parts += preview.doubts.map { $0.sentence(state.desk.clock) }
    return parts.joined(separator: " · ")
  }

  private func renderCommands(_ state: State, _ rows: Range<Int>, into frame: inout Frame) {
    let choices = state.commandChoices(completion?.prefix ?? editor.text)
    let place = completion?.place ?? -1
    let first = max(0, min(place - rows.count + 1, choices.count - rows.count))
    for (row, (offset, choice)) in zip(rows, choices.enumerated().dropFirst(first)) {
      let isChosen = offset == place
      let text = displaySafe("\(pad(choice.name, to: 14)) \(choice.about)")
      frame.put(isChosen ? "▌" : " ", row: row, column: 1, style: .prompt)
      frame.put(
        truncate(text, to: max(state.size.columns - 4, 0)), row: row, column: 3,
        style: isChosen ? Style(.normal, isSelected: true) : .muted)
    }
  }

  private func renderMatches(_ state: State, _ rows: Range<Int>, into frame: inout Frame) {
    let matches: [Incident?] =
      (purpose == .call ? [nil] : []) + matches.map { state.journal.incidents[$0] }
    for (row, incident) in zip(rows, matches) {
      let isChosen = incident?.id == match
      let text =
        incident.map { incident in
          let calls = incident.complaints.count
          return "\(pad(incident.id.description, to: 8)) \(incident.priority?.description ?? "–")  "
            + "\(incident.title)  (\(calls) \(calls == 1 ? "call" : "calls"))"
        } ?? "a new incident"
      frame.put(isChosen ? "▌" : " ", row: row, column: 1, style: .prompt)
      frame.put(
        truncate(displaySafe(text), to: max(state.size.columns - 4, 0)), row: row, column: 3,
        style: isChosen ? Style(.normal, isSelected: true) : .normal)
    }
  }
}

func spaced(_ word: String) -> String {
  word.split(separator: "_").joined(separator: " ")
}
