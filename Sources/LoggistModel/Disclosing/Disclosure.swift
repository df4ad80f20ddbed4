/// What of the record somebody may see who is not of the desk.
///
/// It is decided on the journal, before any document is made from it: whatever is derived then (states, figures,
/// owners, hints) comes from what may be seen, and no document can forget to leave something out.
package struct Disclosure: Sendable, Hashable {
  /// Entries whose visibility is not `public` are left out; without one an entry is internal.
  package var isPublic: Bool
  /// People are shown as roles: `Desk agent 1`, `Caller 2`.
  package var hidesNames: Bool

  package init(isPublic: Bool = false, hidesNames: Bool = false) {
    (self.isPublic, self.hidesNames) = (isPublic, hidesNames)
  }

  package static let everything = Disclosure()
}

/// What a disclosure left out and replaced: what a document says about itself.
package struct Withheld: Sendable, Hashable {
  package var disclosure: Disclosure
  /// Entries that are not public, by the incident where they count; nil for desk-wide ones.
  package var entries: [IncidentID?: Int] = [:]
  /// People who are shown as roles.
  package var people = 0

  package init(_ disclosure: Disclosure) {
    self.disclosure = disclosure
  }

  package var count: Int { entries.values.reduce(0, +) }
}

extension Journal {
  /// The journal as it may be seen, and what was withheld. Cost: that of folding it again, twice.
  ///
  /// - Parameters:
  ///   - incident: the one that a document is about: its people are numbered first.
  ///   - aliases: names that belong to one person: an account and the name behind it.
  package func disclosed(
    _ disclosure: Disclosure, about incident: IncidentID? = nil, aliases: [[String]] = []
  ) -> (journal: Journal, withheld: Withheld) {
    var withheld = Withheld(disclosure)
    var journal = self
    // The people of the whole record: what is public may name somebody whom only an internal entry knows.
    let roles = disclosure.hidesNames ? RoleNames(self, about: incident, aliases: aliases) : nil
    if disclosure.isPublic { journal = journal.publicPart(&withheld) }
    if let roles {
      journal = Journal(journal.records.map { roles.hidden($0) })
      withheld.people = roles.count
    }
    return (journal, withheld)
  }
}

extension Entry {
  /// Whether somebody said that everybody may see it.
  package var isPublic: Bool { string(.visibility) == "public" }
}
