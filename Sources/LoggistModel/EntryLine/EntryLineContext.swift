/// What an entry line is read against: passed in, so that the same line reads the same twice.
package struct EntryLineContext: Sendable, Hashable {
  /// The present, for `-12m` and for every time that does not name its day.
  package var now: Instant
  /// Whose wall clock a time without a zone was read from.
  package var zone: Zone
  /// Only for showing: both ways of writing an hour are read.
  package var hours: HourStyle
  package var services: [Vocabulary.Name]
  package var places: [Vocabulary.Name]
  /// People's display names by their keys (`t.waller` → `Terence Waller`).
  package var people: [String: String]
  /// Sentences by their short names (`wifi` → `Asked the caller to …`).
  package var canned: [String: String]

  package init(
    now: Instant, zone: Zone, hours: HourStyle = .twentyFour, services: [Vocabulary.Name] = [],
    places: [Vocabulary.Name] = [], people: [String: String] = [:], canned: [String: String] = [:]
  ) {
    (self.now, self.zone, self.hours) = (now, zone, hours)
    (self.services, self.places) = (services, places)
    (self.people, self.canned) = (people, canned)
  }

  package var clock: ClockStyle { ClockStyle(zone: zone, hours: hours) }
}

/// The names that a store's configuration knows.
package enum Vocabulary {
  /// A service or a place: how it is recorded, and what else people call it.
  package struct Name: Sendable, Hashable, ExpressibleByStringLiteral {
    package let name: String
    package let aliases: [String]

    package init(_ name: String, aliases: [String] = []) {
      (self.name, self.aliases) = (name, aliases)
    }

    package init(stringLiteral name: String) {
      self.init(name)
    }
  }

  /// The name that a typed word stands for, or nil.
  ///
  /// Case never matters, and neither do spaces, hyphens and underscores: `#ward-a` and `#WardA` are `Ward A`,
  /// `#email` is `e-mail`. A name that is spelt exactly so goes before one that only sounds so.
  static func name(_ word: String, among names: [Name]) -> String? {
    let (exact, loose) = (word.lowercased(), folded(word))
    let found =
      names.first { $0.spellings.contains { $0.lowercased() == exact } }
      ?? names.first { $0.spellings.contains { folded($0) == loose } }
    return found?.name
  }

  /// The value of a key whose case does not matter; where two keys differ only in case, the one typed.
  static func value(_ key: String, in table: [String: String]) -> String? {
    if let exact = table[key] { return exact }
    let wanted = key.lowercased()
    return table.filter { $0.key.lowercased() == wanted }.min { $0.key < $1.key }?.value
  }

  private static func folded(_ text: String) -> String {
    String(text.lowercased().unicodeScalars.filter { $0 != " " && $0 != "-" && $0 != "_" })
  }
}

extension Vocabulary.Name {
  fileprivate var spellings: [String] { [name] + aliases }
}
