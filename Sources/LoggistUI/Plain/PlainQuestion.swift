import LoggistModel

/// A question and its numbered answers.
struct PlainQuestion: Sendable, Hashable {
  let words: String
  let answers: [Possibility]

  struct Possibility: Sendable, Hashable {
    let words: String
    let deed: Deed
  }

  enum Deed: Sendable, Hashable {
    case submit(Submission)
    /// The line once more, with what has been answered.
    case go(Composer)
    /// A line that is read with what the answer adds to it.
    case log(Purpose, String, about: EntryRef?)
    case call(String, IncidentID?)
    case drop

    var isDrop: Bool { self == .drop }
  }

  init(_ words: String, _ answers: [(String, Deed)]) {
    self.words = words
    self.answers = answers.map { Possibility(words: $0, deed: $1) }
  }

  /// `That is in the future.`, `1: log it all the same`, `2: do not log it`.
  var lines: [String] {
    [words] + answers.enumerated().map { "\($0 + 1): \($1.words)" }
  }

  /// By number; y takes the first answer, n the one that does nothing.
  func possibility(_ line: String) -> Possibility? {
    let word = line.split(separator: " ").first.map { $0.lowercased() } ?? ""
    if let number = Int(word) {
      return answers.indices.contains(number - 1) ? answers[number - 1] : nil
    }
    if word == "y" || word == "yes" { return answers.first }
    if word == "n" || word == "no" || word == "." { return answers.first { $0.deed.isDrop } }
    return nil
  }
}

extension PlainSession {
  mutating func ask(_ asked: PlainQuestion) -> Answer {
    question = asked
    return Answer(lines: asked.lines)
  }

  mutating func readAnswer(_ line: String, to asked: PlainQuestion) -> Answer {
    guard let chosen = asked.possibility(line) else {
      let count = asked.answers.count
      return Answer(lines: ["That is no answer. Type a number from 1 to \(count)."] + asked.lines)
    }
    question = nil
    switch chosen.deed {
    case .submit(let submission): return submit(submission)
    case .go(let composer): return submit(composer)
    case .log(let purpose, let text, let ref): return log(purpose, text, ref: ref)
    case .call(let text, let match): return call(text, match: match)
    case .drop: return Answer(lines: ["Not logged."])
    }
  }
}
