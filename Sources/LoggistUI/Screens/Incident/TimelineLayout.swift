import LoggistModel
import Terminal

/// How a timeline's entries become rows. Made anew for every frame, so that it looks at nothing but what is asked for.
struct TimelineLayout {
  let state: State
  let rows: [EffectiveEntry]
  let selected: EntryRef?
  /// Elapsed time counts from here.
  let start: Instant?
  /// Silence after it worries nobody.
  let over: Instant
  /// Columns that the timeline has, from the left.
  let width: Int
  /// The keys of movement are its own.
  var isFocused = true
  /// Entries to be pointed out: what came last.
  var added: Set<EntryRef> = []

  private var showsAuthor: Bool { width >= 72 }
  private var showsElapsed: Bool { width >= 56 }
  private var showsKind: Bool { width >= 40 }

  /// Columns: mark, time, elapsed, kind, author, text.
  /// With a column for the `~` of a time that is approximate.
  private var timeWidth: Int { state.desk.hours == .twelve ? 9 : 6 }
  private var textColumn: Int {
    1 + timeWidth + 1 + (showsElapsed ? 7 : 0) + (showsKind ? 13 : 0) + (showsAuthor ? 11 : 0)
  }
  private var room: Int { max(width - textColumn - 1, 1) }

  func isSelected(_ place: Int) -> Bool {
    selected.map { $0 == rows[place].ref } ?? (place == rows.count - 1)
  }

  /// Rows that an entry takes: its day's heading, a silence before it, and its text.
  func height(_ place: Int) -> Int {
    (heading(place) == nil ? 0 : 1) + (silence(place) == nil ? 0 : 1) + body(place).lines.count
  }

  private func heading(_ place: Int) -> String? {
    let clock = state.desk.clock
    let at = rows[place].at
    if place > 0, clock.date(rows[place - 1].at) == clock.date(at) { return nil }
    return clock.dayHeading(at)
  }

  private func silence(_ place: Int) -> String? {
    guard place > 0, rows[place - 1].at < over else { return nil }
    let gap = rows[place].at - rows[place - 1].at
    return gap >= TimelineLayout.silence ? "⋮ \(gap.spoken) without an entry" : nil
  }

  /// Shorter than a document's twenty minutes: on the screen it is not too late to ask what happened.
  static let silence = TimeSpan.minutes(8)
}

// MARK: - Text and marks

extension TimelineLayout {
  /// An entry's lines, and what stands at the right of the first one.
  private struct Body {
    var lines: [String]
    var marks = ""
  }

  /// One line, and all of it where the entry is selected. Marks stand at the right where there is room, else behind
  /// the text.
  private func body(_ place: Int) -> Body {
    let phrase = displaySafe(words(rows[place]))
    let isOpen = isSelected(place) && isFocused
    let reach = reach(place)
    for isShort in isOpen ? [false] : [false, true] {
      let marks = displaySafe(marks(rows[place], isShort: isShort))
      // How far it got stands there only where it costs the words nothing.
      let all = [marks, reach].filter { !$0.isEmpty }.joined(separator: " · ")
      if !reach.isEmpty, CellWidth.of(phrase) <= room - CellWidth.of(all) - 2 {
        return Body(lines: [phrase], marks: all)
      }
      if marks.isEmpty { return Body(lines: lines(phrase, place)) }
      let left = room - CellWidth.of(marks) - 2
      let isEnough = !isOpen && left >= (isShort ? 8 : TimelineLayout.leastText)
      if CellWidth.of(phrase) <= left || isEnough {
        return Body(lines: [truncate(phrase, to: left)], marks: marks)
      }
    }
    return Body(lines: lines("\(phrase)  [\(displaySafe(marks(rows[place])))]", place))
  }

  /// Columns of an entry's text that long marks leave it; where they would not, they are cut short.
  private static let leastText = 20

  private func lines(_ text: String, _ place: Int) -> [String] {
    isSelected(place) && isFocused ? wrap(text, width: room) : [truncate(text, to: room)]
  }

  /// Where there is no column for the kind the text begins with it.
  private func words(_ entry: EffectiveEntry) -> String {
    let phrase = entry.entry.phrase
    if showsKind { return phrase }
    let kind = spaced(entry.kind.name)
    return phrase.isEmpty ? kind : "\(kind): \(phrase)"
  }

  /// How far the entry got that is looked at: of all of them it would hide what else stands there.
  private func reach(_ place: Int) -> String {
    guard isSelected(place), let carriage = state.carriage else { return "" }
    return carriage.reach(of: rows[place].ref).phrase
  }

  private func marks(_ entry: EffectiveEntry, isShort: Bool = false) -> String {
    var marks: [String] = []
    if !entry.entry.tags.isEmpty {
      marks.append(entry.entry.tags.map { "#\($0)" }.joined(separator: " "))
    }
    if isShort { marks = [] }
    if entry.entry.flag(.callback) {
      marks.append(waits(entry) ? (isShort ? "☎" : "☎ call back") : isShort ? "" : "☎ done")
    }
    if !entry.corrections.isEmpty { marks.append(isShort ? "=" : "corrected") }
    if let strike = entry.strike { marks.append(isShort ? "struck" : "struck: \(strike.reason)") }
    if entry.isLate {
      let time = state.desk.clock.time(entry.record.logged)
      marks.append(isShort ? "late" : "late, logged \(time)")
    }
    marks.removeAll { $0.isEmpty }
    return marks.joined(separator: " · ")
  }

  private func waits(_ entry: EffectiveEntry) -> Bool {
    entry.informed == nil && entry.entry.flag(.callback) && !entry.isStruck
  }

  private func markStyle(_ entry: EffectiveEntry) -> Style {
    entry.isStruck ? .struck : waits(entry) ? .warning : entry.isLate ? .late : .muted
  }
}

// MARK: - Painting

extension TimelineLayout {
  /// Paints an entry from a row on; returns the row after it.
  func put(_ place: Int, at start: Int, until end: Int, into frame: inout Frame) -> Int {
    var line = start
    if let heading = heading(place), line < end {
      putHeading(heading, rows[place].at, row: line, into: &frame)
      line += 1
    }
    if let silence = silence(place), line < end {
      let column = min(textColumn, 1 + timeWidth + 1 + (showsElapsed ? 7 : 0))
      frame.put(
        truncate(silence, to: max(width - column - 1, 0)), row: line, column: column, style: .muted)
      line += 1
    }
    guard line < end else { return line }
    let entry = rows[place]
    let body = body(place)
    let style: Style =
      entry.isStruck ? .struck : added.contains(entry.ref) ? .added : .normal
    putHead(entry, row: line, into: &frame)
    for (offset, text) in body.lines.enumerated() where line + offset < end {
      frame.put(text, row: line + offset, column: textColumn, style: style)
      if offset == 0, !body.marks.isEmpty {
        frame.put(
          body.marks, row: line, column: width - 1 - CellWidth.of(body.marks),
          style: markStyle(entry))
      }
      if isSelected(place), isFocused { frame.select(row: line + offset, columns: 0..<width) }
    }
    if isSelected(place) {
      frame.put("▌", row: line, column: 0, style: Style(.prompt, isSelected: isFocused))
      if state.composer == nil, isFocused { frame.cursor = Position(row: line, column: 0) }
    }
    return line + body.lines.count
  }

  private func putHeading(_ heading: String, _ at: Instant, row: Int, into frame: inout Frame) {
    let zone = state.desk.clock.zoneAndOffset(at)
    let column = width - CellWidth.of(zone) - 1
    let used = frame.put(
      truncate(" \(heading)", to: width), row: row, column: 0, style: .header)
    if column > used + 1 { frame.put(zone, row: row, column: column, style: .muted) }
  }

  private func putHead(_ entry: EffectiveEntry, row: Int, into frame: inout Frame) {
    let time = state.desk.clock.time(entry.at)
    let approximate = entry.entry.precision == .approximate ? "~" : ""
    var column = 1
    frame.put(
      alignRight(approximate + time, to: timeWidth), row: row, column: column,
      style: entry.isLate ? .late : .normal)
    column += timeWidth + 1
    if showsElapsed {
      let span = entry.at - (start ?? entry.at)
      frame.put(elapsed(span), row: row, column: column, width: 6, style: .muted)
      column += 7
    }
    if showsKind {
      let style: Style =
        entry.isStruck ? .struck : TimelineLayout.isMilestone(entry.kind) ? .milestone : .normal
      frame.put(
        truncate(displaySafe(entry.kind.name), to: 12), row: row, column: column, style: style)
      column += 13
    }
    if showsAuthor {
      frame.put(
        truncate(displaySafe(entry.author), to: 10), row: row, column: column, style: .muted)
    }
  }

  private func elapsed(_ span: TimeSpan) -> String {
    let minutes = span.seconds / 60
    if abs(minutes) >= 100 * 60 { return "\(minutes < 0 ? "−" : "+")\(abs(minutes) / 1440)d" }
    if abs(minutes) >= 100 {
      return "\(minutes < 0 ? "−" : "+")\(abs(minutes) / 60):\(twoDigits(abs(minutes) % 60))"
    }
    return "\(minutes < 0 ? "−" : "+")\(abs(minutes))"
  }

  static func isMilestone(_ kind: Kind) -> Bool {
    switch kind {
    case .noticed, .acknowledged, .escalated, .engaged, .mitigation, .restored, .resolved,
      .reopened:
      true
    default: false
    }
  }
}
