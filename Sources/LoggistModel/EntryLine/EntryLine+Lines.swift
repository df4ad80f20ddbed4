extension EntryLine {
  /// Reads pasted lines, each as an entry: somebody's notes, or the timeline of a written report.
  ///
  /// - Bullets, numbers, `>`, pipes and bold marks of Markdown are stripped, and so is what parts a time from its
  ///   text: `20:45 - text`, `**20:45**: text`, `[20:45] text`, `| 20:45 | text |`.
  /// - A line that only names a day, or a heading that has one, sets the day of the lines below; a day with a
  ///   time does so too. A time smaller than the one before it means the next day; one that is smaller by an hour
  ///   at most is out of order (`outOfOrder`). Without any day the lines lead up to the present.
  /// - A zone holds until another is written; `All times in UTC` states one.
  /// - A line without a time takes that of the line before (`timeOfLineBefore`); one that is indented, that goes
  ///   on with a long line, that is code, or that stands below a heading with a time belongs to the entry above.
  /// - Other headings, rules and the header of a table are no entries.
  /// - Prose is other people's text: `@` and `#` stay in it. `readingTokens` reads the tokens of the entry line,
  ///   for notes that were written in it.
  ///
  /// Spans are empty: what was stripped has no place in the line any more. Cost: linear in the text.
  package static func readLines(
    _ text: String, as kind: Kind, in context: EntryLineContext, readingTokens: Bool = false
  ) -> [EntryLinePreview] {
    PasteReader(text, in: context).previews(as: kind, readingTokens: readingTokens)
  }

  /// The part of a written report that `readLines` should read: the sections whose headings speak of a timeline,
  /// below the first day that the report names in a heading or behind `Date:`. Nil where no heading does.
  package static func timelineSection(of report: String) -> String? {
    var (section, date, level): ([String], CivilDate?, Int?) = ([], nil, nil)
    for bytes in report.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map(
      Array.init)
    {
      let line = PastedLine(bytes)
      if line.form == .heading {
        let depth = line.raw.prefix { $0 == UInt8(ascii: "#") }.count
        let isTimeline = line.content.text.lowercased().contains("timeline")
        if isTimeline { level = depth } else if let open = level, depth <= open { level = nil }
      }
      if level != nil { section.append(bytes.text) }
      if date == nil, section.isEmpty { date = reportDate(line) }
    }
    guard !section.isEmpty else { return nil }
    return ([date.map { "\($0)" }].compactMap(\.self) + section).joined(separator: "\n")
  }

  private static func reportDate(_ line: PastedLine) -> CivilDate? {
    let content = PastedLine.withoutBold(line.content)
    if line.form == .heading { return PastedLead.statedDate(content) }
    var cursor = LineCursor(content)
    guard cursor.word() == "date", cursor.take(":") else { return nil }
    return PastedLead.statedDate(content)
  }
}
