internal import LoggistModel

extension TimelineReader {
  mutating func begin(
    _ line: WrittenLine, _ lead: WrittenLead, _ form: RawEntry.Form, level: Int? = nil
  ) {
    attachPending()
    if form == .bullet {
      releaseUntimed(at: line.indent)
      timedIndents.insert(line.indent)
    } else {
      endList()
    }
    let plain = TimelineReader.front(of: line)
    let isEmpty = lead.end >= plain.count
    var entry = RawEntry(line: line.number, form: form, lead: lead)
    let written = plain[..<min(lead.written, plain.count)].drop { "[(*_ ".utf8.contains($0) }
    entry.written = Array(written).trimmed
    entry.parts = [.prose(line.content)]
    (entry.hasLead, entry.indent, entry.section) = (true, line.indent, section)
    open = Open(
      item: items.count, indent: line.indent, form: form, level: level, isEmpty: isEmpty,
      isQuoted: line.isQuoted)
    items.append(.entry(entry))
  }

  /// The beginning of a line as plain text: no lead is longer.
  static func front(of line: WrittenLine) -> [UInt8] {
    InlineText.plain(line.content.count > 600 ? Array(line.content.prefix(600)) : line.content)
  }

  mutating func attachPending() {
    if let open {
      for item in pending { add(item.part, to: open.item) }
    } else {
      leftOver += pending.map(\.line)
    }
    pending = []
  }

  mutating func add(_ part: RawEntry.Part, to item: Int) {
    guard case .entry(var entry) = items[item] else { return }
    items[item] = .section
    switch part {
    case .prose(let text): entry.add(text, after: 0x0A)
    case .code: entry.parts.append(part)
    }
    items[item] = .entry(entry)
  }

  mutating func goOn(_ item: Int, _ text: [UInt8], after separator: UInt8) {
    guard case .entry(var entry) = items[item] else { return }
    // Not twice in memory: a long entry would be copied with each of its lines.
    items[item] = .section
    entry.add(text, after: separator)
    items[item] = .entry(entry)
  }

  mutating func takeCode(_ line: WrittenLine) {
    guard isAllowed else { return }
    if !pending.isEmpty {
      pending.append((line.number, .code(line.content)))
    } else if let open, open.form != .plain || !isCodeTimeline {
      add(.code(line.content), to: open.item)
    } else {
      // A timeline that somebody set in a fence.
      isCodeTimeline = true
      takePlain(line)
    }
  }

  mutating func takePlain(_ line: WrittenLine) {
    if let name = TimelineReader.label(of: line),
      LeadReader.read(TimelineReader.front(of: line), zones) == nil
    {
      if open?.level == nil || name != .neutral {
        return enter(7, name, InlineText.plain(line.content), line.number)
      }
    }
    guard isAllowed else { return }
    let opensParagraph =
      last.map {
        $0.form == .blank || $0.form != line.form && !($0.form == .bullet) || $0.breaksHard
      } ?? true
    let text = TimelineReader.front(of: line)
    if let lead = LeadReader.read(text, zones),
      mayBegin(line, lead, isWhole: lead.end >= text.count, opensParagraph: opensParagraph)
    {
      if lead.isOnlyDay, lead.end >= text.count, let day = lead.day {
        closeSection()
        items.append(.day(day, line: line.number))
        return
      }
      if lead.hasTime || isNamed && lead.end < text.count {
        let isHeading = TimelineReader.isWhollyBold(line.content)
        return begin(line, lead, .plain, level: isHeading ? 7 : nil)
      }
    }
    if opensParagraph || open == nil, state(line) { return }
    goOn(line, opensParagraph: opensParagraph)
  }

  /// Whether a line with a time is an entry and not the rest of the sentence before it.
  private func mayBegin(
    _ line: WrittenLine, _ lead: WrittenLead, isWhole: Bool, opensParagraph: Bool
  ) -> Bool {
    let isWrapped = (last?.length ?? 0) >= TimelineReader.wrappedLength
    // A line that is nothing but a day.
    if isWhole, lead.isOnlyDay, !isWrapped || opensParagraph { return true }
    if !isNamed, lead.isNarrative || lead.isUnreadable { return false }
    // A paragraph that opens with a day only tells of it.
    if lead.day != nil, !lead.hasTime, !lead.isUnreadable, !isNamed {
      return lead.day?.isFull == true
    }
    if let open, open.isQuoted != line.isQuoted, line.isQuoted { return false }
    if opensParagraph { return open?.level == nil || !lead.isNarrative }
    guard let open, case .entry(let entry) = items[open.item], let before = entry.lead else {
      return !lead.isNarrative
    }
    if !pending.isEmpty || lead.isNarrative { return false }
    return lead.looksLike(before)
      && (lead.separator != .none || !isWrapped || lead.day?.isFull == true)
      || !isWrapped && open.form != .bullet
  }

  /// A line that says which zone or which day holds: `All times in PST, on February 8th 2019`.
  private mutating func state(_ line: WrittenLine) -> Bool {
    guard open?.level == nil else { return false }
    let text = TimelineReader.front(of: line)
    let days = line.length <= 200 ? ReadDay.all(in: text).filter(\.isFull) : []
    guard ZoneBook.speaksOfTimes(text), let zone = zones.stated(in: text) else {
      if open == nil, days.count == 1 { items.append(.day(days[0], line: line.number)) }
      return false
    }
    items.append(.zone(zone))
    if let day = days.first { items.append(.day(day, line: line.number)) }
    return true
  }

  /// A line without a time of its own.
  mutating func goOn(_ line: WrittenLine, opensParagraph: Bool) {
    if !untimed.isEmpty, !opensParagraph || line.indent > (untimed.last?.indent ?? 0) {
      untimed[untimed.count - 1].entry.add(line.content, after: opensParagraph ? 0x0A : 0x20)
      return
    }
    guard let open else {
      endList()
      return
    }
    let isBroken = last?.breaksHard == true
    let isInside =
      open.level != nil || open.isEmpty || line.indent > open.indent
      || line.isQuoted
    if !opensParagraph || isBroken && last?.form != .blank {
      if pending.isEmpty {
        goOn(open.item, line.content, after: isBroken ? 0x0A : 0x20)
      } else {
        pending.append((line.number, .prose(line.content)))
      }
    } else if isInside, pending.isEmpty {
      goOn(open.item, line.content, after: open.isEmpty && open.level == nil ? 0x20 : 0x0A)
    } else {
      pending.append((line.number, .prose(line.content)))
    }
    if open.isEmpty, open.level == nil { self.open?.isEmpty = false }
  }
}
