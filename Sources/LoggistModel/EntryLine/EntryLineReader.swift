/// Reads one line from left to right into a preview.
struct EntryLineReader {
  private let bytes: [UInt8]
  let context: EntryLineContext
  let rule: KindRule
  var preview: EntryLinePreview
  private var place = 0
  private var text: [UInt8] = []

  init(_ bytes: [UInt8], as kind: Kind, in context: EntryLineContext) {
    (self.bytes, self.context, rule) = (bytes, context, kind.rule)
    preview = EntryLinePreview(kind, at: context.zone.timestamp(context.now.wholeSeconds))
    text.reserveCapacity(bytes.count)
  }

  /// For a text whose time has been read already.
  init(_ text: [UInt8], after preview: EntryLinePreview, in context: EntryLineContext) {
    self.init(text, as: preview.kind, in: context)
    self.preview = preview
  }

  mutating func read() -> EntryLinePreview {
    skipBlanks()
    readTime()
    return readText()
  }

  mutating func readText() -> EntryLinePreview {
    while place < bytes.count {
      if place == 0 || bytes[place - 1].isBlank, readToken() { continue }
      text.append(bytes[place])
      place += 1
    }
    let trimmed = text.trimmed
    preview.text = trimmed.isEmpty ? nil : trimmed.text
    return preview
  }

  private mutating func skipBlanks() {
    while place < bytes.count, bytes[place].isBlank { place += 1 }
  }
}

extension EntryLineReader {
  private mutating func readTime() {
    let start = place
    let first = backslashes(at: place)
    if first > 0 {
      guard let time = EntryLine.leadingTime(bytes, at: place + first, context) else { return }
      keep(from: start, backslashes: first, to: time.end)
      return
    }
    guard let time = EntryLine.leadingTime(bytes, at: place, context) else { return }
    preview.take(time, in: context)
    preview.spans.append(.init(range: start..<time.end, meaning: .time))
    place = time.end
    skipBlanks()
  }

  /// Takes the token that begins here, or the text that a backslash makes of it; false: it is text.
  private mutating func readToken() -> Bool {
    let escapes = backslashes(at: place)
    let start = place + escapes
    guard let found = EntryToken.find(in: bytes, at: start, as: preview.kind, context) else {
      if escapes == 0 { noteUnclosedQuote() }
      return false
    }
    if escapes > 0 {
      keep(from: place, backslashes: escapes, to: found.end)
    } else if case .canned(let sentence) = found.token {
      text += Array(sentence.utf8)
      recognise(found.end, as: .canned)
    } else if let meaning = take(found.token) {
      recognise(found.end, as: meaning)
      closeGap()
    } else {
      preview.doubts.append(.alreadyGiven(Array(bytes[place..<found.end]).text))
      keep(from: place, backslashes: 0, to: found.end)
    }
    return true
  }

  private func backslashes(at place: Int) -> Int {
    var end = place
    while end < bytes.count, bytes[end] == UInt8(ascii: "\\") { end += 1 }
    return end - place
  }

  /// Makes text of a token, without one of the backslashes before it.
  private mutating func keep(from start: Int, backslashes: Int, to end: Int) {
    if backslashes > 0 {
      preview.spans.append(.init(range: start..<start + 1, meaning: .escape))
    }
    text += bytes[(backslashes > 0 ? start + 1 : start)..<end]
    place = end
  }

  private mutating func recognise(_ end: Int, as meaning: EntryLinePreview.Span.Meaning) {
    preview.spans.append(.init(range: place..<end, meaning: meaning))
    place = end
  }

  /// Takes away the space that a token leaves behind, and its punctuation where no text stands before it.
  private mutating func closeGap() {
    if text.allSatisfy(\.isBlank) {
      let span = preview.spans.removeLast()
      while place < bytes.count, Word.closes(bytes[place]) { place += 1 }
      preview.spans.append(.init(range: span.range.lowerBound..<place, meaning: span.meaning))
    }
    if let last = text.last, last == 0x20 || last == 0x09 {
      text.removeLast()
    } else if place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 {
      place += 1
      // What follows stands behind white space still, though the text does not show it.
    }
  }

  private mutating func noteUnclosedQuote() {
    guard let (name, start) = EntryToken.assignedName(bytes, place),
      QuotedValue.opens(bytes, at: start), let field = Field(rawValue: name), rule.has(field)
    else { return }
    preview.doubts.append(.unclosedQuote(field))
  }
}
