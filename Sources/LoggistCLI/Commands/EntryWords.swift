import LoggistModel

/// The words of a command line as one entry line.
enum EntryWords {
  /// What was typed. A `-` at its end, or no words at all, stands for standard input: as a whole one entry, its line
  /// breaks kept. At a terminal nobody is made to wait for input that was not asked for.
  static func line(_ words: [Verbatim], as kind: Kind) throws -> String {
    var typed = words.map(\.description)
    let isRead = typed.isEmpty ? !StandardInput.isTerminal : typed.last == "-"
    if typed.last == "-" { typed.removeLast() }
    let line = typed.map { whole($0, as: kind) }.joined(separator: " ")
    guard isRead else { return line }
    return (line + " " + (try StandardInput.read())).trimmed
  }

  /// A word that the shell kept together stays together: `to="Terence Waller"` arrives as `to=Terence Waller`.
  private static func whole(_ word: String, as kind: Kind) -> String {
    guard let (name, value) = assignment(word), value.contains(where: \.isWhitespace),
      !value.hasPrefix("\""), !value.hasPrefix("“"),
      name == "until" || Field(rawValue: name).map({ kind.rule.has($0) }) == true
    else { return word }
    return "\(name)=\(inQuotes(value))"
  }

  /// `name=value`, the name of letters and `_`.
  static func assignment(_ word: String) -> (name: String, value: String)? {
    guard let split = word.firstIndex(of: "=") else { return nil }
    let name = word[..<split]
    guard !name.isEmpty, name.utf8.allSatisfy({ (0x61...0x7A).contains($0) || $0 == 0x5F }) else {
      return nil
    }
    return (String(name), String(word[word.index(after: split)...]))
  }

  /// A value as the entry line takes it: a backslash before a quotation mark, and before backslashes in front of one.
  static func inQuotes(_ value: String) -> String {
    var (quoted, backslashes) = ("\"", 0)
    for scalar in value.unicodeScalars {
      if scalar == "\"" { quoted += String(repeating: "\\", count: backslashes + 1) }
      backslashes = scalar == "\\" ? backslashes + 1 : 0
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + String(repeating: "\\", count: backslashes) + "\""
  }
}

extension Session {
  /// Reads an entry line and says on standard error what was doubtful about it.
  ///
  /// - Parameter isAgreed: a time that lies ahead is meant.
  func reading(_ line: String, as kind: Kind, isAgreed: Bool) throws -> EntryLinePreview {
    let preview = EntryLine.read(line, as: kind, in: lineContext)
    if let problem = preview.problem {
      let isFuture = if case .inFuture = problem { true } else { false }
      if !isFuture { throw Failure(problem, style) }
      // Asked here and not once more by the journal's objection.
      if !isAgreed { try Question.ask(problem.sentence(style)) }
    }
    for doubt in preview.doubts { Messages.write("loggist: \(doubt.sentence(style))") }
    return preview
  }

  /// Tells a person at a terminal how an entry was recorded; scripts read standard output.
  func tell(_ records: [Record]) {
    guard Messages.isTerminal else { return }
    for record in records {
      Messages.write(LogLine.text(record, style, now: now()))
    }
  }
}
