/// What an open incident is recognised by when the next call comes in.
package struct CallProfile: Sendable, Hashable {
  private let service: Set<String>
  private let place: Set<String>
  private let title: Set<String>
  private let calls: Set<String>

  package init(_ incident: Incident) {
    service = Set(incident.service.map { SpokenWords.words(of: $0) } ?? [])
    place = Set(incident.place.map { SpokenWords.words(of: $0) } ?? [])
    title = Set(SpokenWords.words(of: incident.title))
    var calls: Set<String> = []
    for complaint in incident.complaints.suffix(8) {
      for text in [complaint.entry.text, complaint.entry.string(.place)].compactMap(\.self) {
        calls.formUnion(SpokenWords.words(of: text))
      }
    }
    self.calls = calls
  }

  /// How well a call fits: the service counts most, then the place, then words of the title and of other callers.
  /// What was logged on lately breaks a tie of words, and counts for nothing without any.
  ///
  /// `age` is the time since something was logged on the incident.
  package func score(_ spoken: SpokenWords, age: TimeSpan) -> Int {
    var score = 0
    for word in spoken.words {
      if service.contains(word) { score += 16 }
      if place.contains(word) { score += 8 }
      if title.contains(word) { score += 4 } else if calls.contains(word) { score += 2 }
    }
    if let begun = spoken.begun {
      if service.contains(where: { $0.hasPrefix(begun) }) { score += 8 }
      if title.contains(where: { $0.hasPrefix(begun) }) { score += 2 }
    }
    guard score > 0 else { return 0 }
    return score + (age < .minutes(30) ? 3 : age < .hours(4) ? 2 : age < .hours(24) ? 1 : 0)
  }
}

/// The words of a call as far as it has been typed.
package struct SpokenWords: Sendable, Hashable {
  /// Whole words; the aliases of a service stand for its name.
  package let words: Set<String>
  /// The beginning of the word that is being typed.
  package let begun: String?

  package init(_ line: String, services: [Vocabulary.Name]) {
    var words = SpokenWords.words(of: line)
    let isInWord = line.last.map { $0.isLetter || $0.isNumber } ?? false
    begun = isInWord ? words.last : nil
    for service in services
    where service.aliases.contains(where: { words.contains($0.lowercased()) }) {
      words += SpokenWords.words(of: service.name)
    }
    self.words = Set(words)
  }

  /// Words of three letters and more, and short ones with a digit: `b2`.
  static func words(of text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
      .filter { $0.utf8.count > 2 || $0.contains(where: \.isNumber) }
  }
}
