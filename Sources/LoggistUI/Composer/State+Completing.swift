import LoggistModel

extension Composer {
  /// A word being completed: what was typed of it, and which of the candidates stands there now.
  struct Completion: Sendable, Hashable {
    let start: Int
    let prefix: String
    var place: Int
  }
}

extension State {
  /// Tab: completes `@`, `#`, `;` and `!` words, else goes to the next of the kind's words.
  mutating func complete(backwards: Bool) {
    guard var composer else { return }
    if composer.purpose == .command { return completeCommand(backwards: backwards) }
    guard let completion = composer.completion ?? startOfCompletion(composer) else {
      chooseNext(backwards ? -1 : 1)
      return
    }
    let candidates = candidates(for: completion.prefix)
    guard !candidates.isEmpty else {
      chooseNext(backwards ? -1 : 1)
      return
    }
    var next = completion
    next.place = (next.place + (backwards ? candidates.count - 1 : 1)) % candidates.count
    let text = composer.editor.characters
    let front = String(text[..<next.start]) + candidates[next.place]
    composer.editor = LineEditor(
      front + String(text[composer.editor.cursor...]), cursor: front.count)
    composer.completion = next
    composer.changed()
    self.composer = composer
  }

  private func startOfCompletion(_ composer: Composer) -> Composer.Completion? {
    let text = composer.editor.characters
    var start = composer.editor.cursor
    while start > 0, !text[start - 1].isWhitespace { start -= 1 }
    let prefix = String(text[start..<composer.editor.cursor])
    guard let mark = prefix.first, "@#;!".contains(mark) else { return nil }
    return Composer.Completion(start: start, prefix: prefix, place: -1)
  }

  /// What may stand for a prefix: from the configuration, and everything ever used, the most recent first.
  func candidates(for prefix: String) -> [String] {
    let names: [String] =
      switch prefix.first {
      case "@": recentPeople + desk.people.keys.sorted()
      case "#": recentTags + (desk.services + desk.places).map(\.name)
      case ";": desk.canned.keys.sorted()
      case "!": ["1", "2", "3", "4", "major"]
      default: []
      }
    let wanted = prefix.dropFirst().lowercased()
    var seen: Set<String> = []
    return names.filter { name in
      !name.contains(where: \.isWhitespace) && name.lowercased().hasPrefix(wanted)
        && seen.insert(name).inserted
    }.map { "\(prefix.prefix(1))\($0)" }
  }

  /// How far back a name is remembered: enough for a shift, cheap on a key.
  private static let remembered = 2_000

  private var recentPeople: [String] {
    let fields: [Field] = [.to, .who, .caller, .owner, .decidedBy, .verifiedBy]
    return journal.records.suffix(State.remembered).reversed().flatMap { record in
      fields.compactMap { record.entry.string($0) } + (record.entry.author.map { [$0] } ?? [])
    }
  }

  private var recentTags: [String] {
    journal.records.suffix(State.remembered).reversed().flatMap { record in
      record.entry.tags
        + [record.entry.string(.service), record.entry.string(.place)].compactMap { $0 }
    }
  }
}
