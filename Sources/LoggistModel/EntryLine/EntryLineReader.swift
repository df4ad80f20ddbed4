/// Reads one line from left to right into a preview.
struct EntryLineReader {
  private let bytes: [UInt8]
  private let context: EntryLineContext
  private let rule: KindRule
  private var preview: EntryLinePreview
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

extension EntryLineReader {
  /// Sets what a token says; nil where that was set before.
  private mutating func take(_ token: EntryToken) -> EntryLinePreview.Span.Meaning? {
    switch token {
    case .person(let word, let isQuoted):
      let name = isQuoted ? word : Vocabulary.value(word, in: context.people) ?? word
      return takePerson(name) ? .person : nil
    case .name(let word, let isQuoted): return takeName(word, isQuoted: isQuoted)
    case .priority(let priority):
      return takeChange(.priority, .string(priority.description)) ? .priority : nil
    case .major: return takeChange(.major, .bool(true)) ? .major : nil
    case .field(let rule, let written): return takeField(rule, written) ? .field(rule.field) : nil
    case .until(let time): return takeUntil(time) ? .until : nil
    case .canned: return nil
    }
  }

  private mutating func takePerson(_ name: String) -> Bool {
    if let field = rule.person { return set(field, .string(name)) }
    guard preview.author == nil else { return false }
    preview.author = name
    return true
  }

  /// A name that is a service and a place too fills the service first.
  private mutating func takeName(
    _ word: String, isQuoted: Bool
  ) -> EntryLinePreview.Span.Meaning? {
    if !isQuoted {
      let vocabularies = [
        (Field.service, context.services, EntryLinePreview.Span.Meaning.service),
        (.place, context.places, .place),
      ]
      for (field, names, meaning) in vocabularies where rule.has(field) {
        if let name = Vocabulary.name(word, among: names), set(field, .string(name)) {
          return meaning
        }
      }
    }
    // Asked twice for the same tag: it has it.
    if !preview.tags.contains(word) { preview.tags.append(word) }
    return .tag
  }

  private mutating func takeChange(_ field: Field, _ value: JSONValue) -> Bool {
    if rule.has(field) { return set(field, value) }
    guard !preview.changes.contains(where: { $0.name == field.rawValue }) else { return false }
    preview.changes.append(JSONMember(field.rawValue, value))
    return true
  }

  /// A value that the field cannot hold is a problem and sets nothing; the token is recognised all the same.
  private mutating func takeField(_ rule: FieldRule, _ written: String) -> Bool {
    guard !has(rule.field) else { return false }
    let moment = FieldValue.Moment(at: preview.at, context: context)
    switch FieldValue.read(written, for: rule, moment) {
    case .success(let value): return set(rule.field, value)
    case .failure(let problem):
      preview.problem = preview.problem ?? problem
      return true
    }
  }

  private mutating func takeUntil(_ time: WrittenTime) -> Bool {
    guard preview.until == nil else { return false }
    preview.setEnd(FieldValue.resolve(time, .init(at: preview.at, context: context)))
    return true
  }

  private func has(_ field: Field) -> Bool {
    preview.fields.contains { $0.name == field.rawValue }
  }

  private mutating func set(_ field: Field, _ value: JSONValue) -> Bool {
    guard !has(field) else { return false }
    preview.fields.append(JSONMember(field.rawValue, value))
    return true
  }
}

extension EntryLinePreview {
  /// Takes the time that opens a line.
  mutating func take(_ time: WrittenTime, in context: EntryLineContext) {
    take(time, time.resolved(now: context.now, zone: context.zone), in: context)
  }

  /// Takes a time and what it was found to mean.
  mutating func take(
    _ time: WrittenTime, _ resolution: WrittenTime.Resolution, in context: EntryLineContext
  ) {
    (at, hasTime) = (resolution.at, true)
    precision = time.isApproximate ? .approximate : .exact
    problem = problem ?? resolution.problem
    doubts += resolution.doubts
    guard let second = time.untilSecond, case .clock(let clock) = time.value else { return }
    let end = WrittenTime.Clock(secondOfDay: second, zone: clock.zone)
    setEnd(
      WrittenTime(value: .clock(end))
        .resolved(zone: context.zone, notBefore: resolution.at))
  }

  mutating func setEnd(_ end: WrittenTime.Resolution) {
    until = end.at
    problem = problem ?? end.problem
    if end.at.instant < at.instant { problem = problem ?? .endsBeforeStart(end.at) }
  }
}
