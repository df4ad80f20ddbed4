/// Groups the lines of a pasted text into entries; which day each belongs to is found afterwards.
struct PasteReader {
  /// What stands in a pasted text, in its order.
  enum Item {
    case entry(PastedEntry)
    /// A line that names the day of those below it.
    case day(WrittenTime.Day)
    /// A line that names the zone of those below it: `All times in UTC`.
    case zone(WrittenZone)
  }

  struct PastedEntry {
    var lead: PastedLead?
    var text: [UInt8]
  }

  let context: EntryLineContext
  private(set) var items: [Item] = []
  /// The entry that an untimed line may go on with.
  private var open: Open?
  private var isInCode = false
  private var last: PastedLine?

  private struct Open {
    let item: Int
    let indent: Int
    /// All that stands below a heading with a time belongs to it.
    let isHeading: Bool
  }

  /// A line of prose that is at least this long goes on in the next line rather than ends.
  private static let wrappedLength = 60

  init(_ text: String, in context: EntryLineContext) {
    self.context = context
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { PastedLine(Array($0)) }
    for (index, line) in lines.enumerated() {
      // A row above a row of dashes is the header of its table.
      let isHeader = line.form == .row && index + 1 < lines.count && lines[index + 1].form == .rule
      take(line, isHeader: isHeader)
      last = line
    }
  }

  private mutating func take(_ line: PastedLine, isHeader: Bool) {
    if line.form == .fence || isInCode {
      if line.form == .fence { isInCode.toggle() }
      return goOn(with: line.raw, after: "\n")
    }
    switch line.form {
    case .blank, .rule, .fence: return
    case .heading, .row, .plain, .bullet, .quote: break
    }
    let content = PastedLine.withoutBold(line.content)
    let lead = isHeader ? nil : PastedLead.read(content, in: context)
    if line.form == .heading || isHeader, lead?.isTime != true {
      state(content)
      open = nil
    } else if let lead, lead.isTime || mayBegin(line) {
      begin(lead, lead.text, line)
    } else if !content.isEmpty, !state(of: content, line) {
      addText(content, line)
    }
  }
}

extension PasteReader {
  /// Takes the day and the zone that a heading names.
  private mutating func state(_ content: [UInt8]) {
    if let zone = PastedLead.statedZone(content, in: context) { items.append(.zone(zone)) }
    if let date = PastedLead.statedDate(content) { items.append(.day(.date(date))) }
  }

  /// True where the whole line only says which day or which zone holds: `2019-01-22`, `(all times CET)`.
  private mutating func state(of content: [UInt8], _ line: PastedLine) -> Bool {
    if let day = PastedLead.onlyDay(content) {
      items.append(.day(day))
      open = nil
      return true
    }
    guard PastedLead.speaksOfTimes(content),
      PastedLead.statedZone(content, in: context) != nil
    else { return false }
    state(content)
    return true
  }

  /// Not a line that only goes on with the sentence before it.
  private func mayBegin(_ line: PastedLine) -> Bool {
    line.form == .bullet || line.form == .row || open == nil || !isWrapped(line)
  }

  private func isWrapped(_ line: PastedLine) -> Bool {
    guard let last, last.form != .blank, last.form != .rule, line.form == .plain else {
      return false
    }
    return last.length >= PasteReader.wrappedLength
  }

  private mutating func begin(_ lead: PastedLead?, _ text: [UInt8], _ line: PastedLine) {
    open = Open(item: items.count, indent: line.indent, isHeading: line.form == .heading)
    items.append(.entry(PastedEntry(lead: lead, text: text.trimmed)))
  }

  /// A line without a time: more of the entry above, or an entry of its own.
  private mutating func addText(_ content: [UInt8], _ line: PastedLine) {
    guard let open else { return begin(nil, content, line) }
    let isList = line.form == .bullet || line.form == .row
    if open.isHeading || line.indent > open.indent {
      let isNewParagraph = isList || last?.form == .blank || line.form != last?.form
      // Inside an entry a list keeps its marks: without them it would be a list no more.
      let text = isList ? PastedLine.withoutBold(line.raw) : content
      goOn(with: text, after: isNewParagraph && last?.form != .bullet || isList ? "\n" : " ")
    } else if isWrapped(line) {
      goOn(with: content, after: " ")
    } else {
      begin(nil, content, line)
    }
  }

  private mutating func goOn(with text: [UInt8], after separator: String) {
    guard let open, case .entry(var entry) = items[open.item] else {
      if text.isEmpty { return }
      self.open = Open(item: items.count, indent: 0, isHeading: false)
      items.append(.entry(PastedEntry(text: text)))
      return
    }
    entry.text += entry.text.isEmpty ? text : Array(separator.utf8) + text
    items[open.item] = .entry(entry)
  }
}
