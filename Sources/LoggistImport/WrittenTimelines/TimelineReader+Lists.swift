internal import LoggistModel

extension TimelineReader {
  mutating func takeBullet(_ line: WrittenLine) {
    if let label, line.indent <= label.indent { self.label = nil }
    let text = TimelineReader.front(of: line)
    let lead = LeadReader.read(text, zones)
    if lead == nil, let name = TimelineReader.label(of: line), name != .neutral {
      closeSection()
      label = (line.indent, name)
      return begin(text, line.number)
    }
    guard isAllowed else { return }
    if let lead, isNamed || !lead.isNarrative && !lead.isUnreadable {
      if lead.isOnlyDay, lead.end >= text.count, let day = lead.day {
        attachPending()
        (open, timedIndents) = (nil, [])
        items.append(.day(day, line: line.number))
        return
      }
      if lead.hasTime || isNamed || lead.day?.isFull == true {
        return begin(line, lead, .bullet)
      }
    }
    takeUntimed(line)
  }

  /// An item without a time: more of the entry above it, or one among others that have times.
  private mutating func takeUntimed(_ line: WrittenLine) {
    let text = TimelineReader.front(of: line)
    if open == nil, ZoneBook.speaksOfTimes(text), let zone = zones.stated(in: text) {
      items.append(.zone(zone))
      return
    }
    let item = (line.marker.isEmpty ? [UInt8(ascii: "-")] : line.marker) + [0x20] + line.content
    guard let open else {
      if let last = untimed.last, line.indent > last.indent {
        untimed[untimed.count - 1].entry.add(item, after: 0x0A)
      } else {
        untimed.append((undated(line), line.indent))
      }
      return
    }
    if open.form == .bullet, open.level == nil {
      if timedIndents.contains(line.indent) {
        attachPending()
        self.open = Open(
          item: items.count, indent: line.indent, form: .bullet, level: nil, isEmpty: false,
          isQuoted: line.isQuoted)
        items.append(.entry(undated(line)))
        return
      }
      if line.indent < timedIndents.min() ?? 0 {
        leftOver += pending.map(\.line)
        (pending, self.open, timedIndents) = ([], nil, [])
        untimed.append((undated(line), line.indent))
        return
      }
    }
    if pending.isEmpty {
      goOn(open.item, item, after: 0x0A)
    } else {
      pending.append((line.number, .prose(item)))
    }
  }

  private func undated(_ line: WrittenLine) -> RawEntry {
    var entry = RawEntry(line: line.number, form: .bullet, lead: nil)
    entry.parts = [.prose(line.content)]
    (entry.indent, entry.section) = (line.indent, section)
    return entry
  }

  /// The items before the first with a time belong to the same list as it.
  mutating func releaseUntimed(at indent: Int) {
    for item in untimed where item.indent == indent { items.append(.entry(item.entry)) }
    untimed = []
  }

  /// A list without a single time in front may have them behind: `Database down (14:05)`.
  mutating func endList() {
    defer { (untimed, timedIndents) = ([], []) }
    guard isNamed, untimed.count > 1, isAllowed else { return }
    let found = untimed.map { item -> TrailingTime? in
      guard case .prose(let text)? = item.entry.parts.first else { return nil }
      return TrailingTime.read(InlineText.plain(text, document.definitions), zones)
    }
    guard 2 * found.count(where: { $0 != nil }) >= found.count, found.contains(where: { $0 != nil })
    else { return }
    for (item, time) in zip(untimed, found) {
      var entry = item.entry
      (entry.lead, entry.written, entry.isTrailing) = (time?.lead, time?.written ?? [], time != nil)
      items.append(.entry(entry))
    }
  }
}
