import LoggistMetrics
import LoggistModel
import Terminal

// What is said, in words and in ASCII where the words are the program's.

extension PlainSession {
  /// A sentence of the program's without signs that are read out as themselves.
  func plainWords(_ text: String) -> String {
    var words = ""
    for character in displaySafe(text) {
      switch character {
      case "−", "–", "—", "─": words += "-"
      case "·": words += "-"
      case "…": words += "..."
      case "→": words += "to"
      case "☎": words += "phone:"
      case "“", "”": words += "\""
      default: words.append(character)
      }
    }
    return words
  }

  /// What somebody wrote, as it stands, on one line.
  func plainText(_ text: String) -> String {
    displaySafe(text.split(whereSeparator: \.isNewline).joined(separator: " / "))
  }

  /// An entry's phrase; the text in it is data and keeps its letters.
  func plainPhrase(_ entry: Entry) -> String {
    let phrase = plainText(entry.phrase)
    switch entry.kind {
    case .escalated where phrase.hasPrefix("→ "): return "to " + phrase.dropFirst(2)
    case .role where entry.string(.who) == nil && phrase.hasSuffix("–"):
      return phrase.dropLast() + "nobody"
    default: return phrase
    }
  }

  func line(_ record: Record) -> String {
    let time = state.desk.clock.time(record.entry.at.instant)
    let incident = record.entry.incident.map { "\($0) " } ?? ""
    let lead =
      "\(incident)\(record.ref): \(time), \(spaced(record.entry.kind.name)), \(record.author)"
    return plainText(lead) + said(record.entry)
  }

  /// What stands behind the author; nothing where the kind says it all.
  func said(_ entry: Entry) -> String {
    let phrase = plainPhrase(entry)
    return phrase.isEmpty ? "" : ": \(phrase)"
  }
}

// MARK: - The board

extension PlainSession {
  mutating func open(_ id: IncidentID, quietly: Bool) -> [String] {
    state.screens = [.board(BoardScreen()), .incident(IncidentScreen(id))]
    return quietly ? [] : timeline()
  }

  mutating func filter(_ words: String) -> Answer {
    state.screens = [.board(BoardScreen())]
    state.filterBoard(words)
    while state.hasWork { state.work() }
    return Answer(lines: list())
  }

  /// Incidents of one list: those of ten years are found by words.
  private static let longest = 200

  mutating func list() -> [String] {
    var board = BoardScreen()
    if case .board(let screen) = state.screen { board = screen }
    let rows = state.boardList(board)
    let ids = (0..<min(rows.count, PlainSession.longest)).map { rows.id(at: $0) }
    choices = ids.map { .incident($0) }
    let calls = state.board.callbacks == 1 ? "call" : "calls"
    var lines = ["\(state.board.open.count) open, \(state.board.callbacks) \(calls) to return."]
    if !board.filter.isEmpty { lines[0] += " Filter: \(plainText(board.filter))." }
    for (number, incident) in ids.compactMap({ state.journal.incidents[$0] }).enumerated() {
      let words =
        "\(number + 1): \(incident.id), \(incident.priority?.description ?? "no priority"), "
        + "\(plainText(incident.title)), \(incident.status.rawValue), "
      lines.append(words + "owner \(plainText(incident.owner ?? "nobody"))")
    }
    if rows.count > ids.count {
      lines.append("\(rows.count - ids.count) more: f WORDS shows those with these words.")
    }
    if ids.isEmpty, board.filter.isEmpty {
      lines.append("Nothing is open. n and the caller's words log a call.")
    } else if ids.isEmpty {
      lines.append("No incident matches. f alone shows all.")
    }
    return lines
  }

  mutating func callers() -> [String] {
    let board = state.board
    let waiting =
      board.waiting.keys.flatMap { state.journal.incidents[$0]?.callbacks ?? [] }
      .sorted(by: EffectiveEntry.inTimelineOrder)
      + board.unattached.filter { $0.informed == nil && $0.entry.flag(.callback) }
    choices = waiting.map { .complaint($0.ref) }
    if waiting.isEmpty { return ["Nobody waits to be called back."] }
    return waiting.enumerated().map { number, entry in
      let incident = entry.incident?.description ?? "no incident"
      let contact = entry.entry.string(.contact).map { ", \(plainText($0))" } ?? ""
      return "\(number + 1): \(incident), \(state.desk.clock.time(entry.at))\(contact), "
        + plainPhrase(entry.entry)
    } + ["b, the number and WORDS: that caller was called back."]
  }

  /// Cost: linear in the number of incidents.
  func measures() -> [String] {
    let today = state.desk.clock.date(state.now)
    let open = state.journal.incidents.values.flatMap { incident in
      incident.measures.filter(\.isOpen).map { (incident: incident.id, measure: $0) }
    }
    if open.isEmpty { return ["No measure is open."] }
    let sorted = open.sorted {
      ($0.measure.due ?? "9", $0.measure.ref) < ($1.measure.due ?? "9", $1.measure.ref)
    }
    return sorted.map { incident, measure in
      let late = measure.isOverdue(on: today, at: state.now) ? ", overdue" : ""
      let due = measure.due.map { "due \($0)\(late)" } ?? "no date"
      return "\(incident) \(measure.ref): \(plainText(measure.owner ?? "nobody")), \(due), "
        + "\(measure.state): \(plainText(measure.text))"
    }
  }

  func search(_ words: String) -> [String] {
    var search = SearchScreen()
    search.query = LineEditor(words)
    search.look(in: state.register)
    while !search.isDone { search.work(state.register) }
    if search.hits.isEmpty { return ["Nothing found."] }
    return search.hits.compactMap { state.journal.entry($0) }.map { hit in
      "\(hit.ref), \(hit.incident?.description ?? "no incident"), "
        + "\(state.desk.clock.dateAndTime(hit.at)), \(spaced(hit.kind.name)): "
        + plainPhrase(hit.entry)
    }
  }
}

// MARK: - Figures

extension PlainSession {
  /// The figures of a period, this month's where none is named. Cost: linear in the number of incidents.
  func metrics(_ text: String) -> [String] {
    let today = state.desk.clock.date(state.now)
    let month = "\(today.year)-\(twoDigits(today.month))"
    let label = text.isEmpty ? month : text
    guard let period = Period(label, in: state.desk.zone) else {
      return [
        "\(plainText(label)) is no period: there is 2026, 2026-Q3, 2026-11, 2026-W47, 2026-11-22."
      ]
    }
    let metrics = PeriodMetrics(
      state.journal.incidents.values, period: period, asOf: state.now, targets: state.desk.targets)
    let count = metrics.population.members.count
    var lines = ["\(plainText(label)): \(count) \(count == 1 ? "incident" : "incidents")."]
    for summary in metrics.summaries where summary.group == nil {
      var parts: [String] = []
      if let p50 = summary.p50 {
        parts.append("n \(summary.count)")
        parts.append("half within \(spoken(p50))")
        if let p90 = summary.p90 { parts.append("nine of ten within \(spoken(p90))") }
        if let max = summary.max { parts.append("longest \(spoken(max)) (\(max.incident))") }
      }
      if !summary.open.isEmpty { parts.append("\(summary.open.count) running") }
      if summary.missing > 0 { parts.append("\(summary.missing) not recorded") }
      if let late = summary.late, summary.count > 0 { parts.append("\(late) late") }
      if !parts.isEmpty { lines.append("\(summary.id.name): \(parts.joined(separator: ", "))") }
    }
    return lines
  }

  private func spoken(_ value: Summary.Value) -> String {
    plainWords(TimeSpan.seconds(value.seconds).spoken)
  }
}
