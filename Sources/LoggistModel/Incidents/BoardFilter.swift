/// Which incidents the board shows: `!1 @ama #pharmacy state=open printer`. All of it must hold.
package struct BoardFilter: Sendable, Hashable {
  private var conditions: [Condition] = []
  private var search: Search?

  fileprivate enum Condition: Sendable, Hashable {
    case priority(Priority)
    case major
    /// The beginning of the owner's name; nil: nobody has it.
    case owner(String?)
    /// Words of the name of its service or its place.
    case service(String)
    case place(String)
    case serviceOrPlace(String)
    case state(State)
  }

  /// What a person calls the state of an incident on the board.
  package enum State: String, Sendable, Hashable, CaseIterable {
    case open, restored, resolved, closed, cancelled, unacknowledged, callback
  }

  /// A condition that means nothing, and what it could have meant.
  package struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String
  }

  /// Words are looked for in the incident's number, title, service, place, owner and last entry.
  package init(_ text: String) throws(Problem) {
    var words: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace).map(String.init) {
      if let condition = try Condition(word) {
        conditions.append(condition)
      } else {
        words.append(word)
      }
    }
    search = Search(words.joined(separator: " "))
  }

  package var isEmpty: Bool { conditions.isEmpty && search == nil }

  package func matches(_ incident: Incident) -> Bool {
    conditions.allSatisfy { $0.holds(incident) } && (search.map { found($0, in: incident) } ?? true)
  }

  private func found(_ search: Search, in incident: Incident) -> Bool {
    search.matches(
      [
        incident.id.description, incident.title, incident.service ?? "", incident.place ?? "",
        incident.owner ?? "", incident.priority?.description ?? "", incident.status.rawValue,
        incident.lastEntry?.entry.text ?? "",
      ].joined(separator: " "))
  }
}

extension BoardFilter.Condition {
  /// Nil where the word is a word to look for.
  fileprivate init?(_ word: String) throws(BoardFilter.Problem) {
    let rest = String(word.dropFirst())
    if let priority = Priority(word) {
      self = .priority(priority)
    } else if word.hasPrefix("!") {
      self = try .priority(written: rest)
    } else if word.hasPrefix("@"), !rest.isEmpty {
      self = .owner(named: rest)
    } else if word.hasPrefix("#"), !rest.isEmpty {
      self = .serviceOrPlace(rest)
    } else if let split = word.firstIndex(of: "="), split != word.startIndex {
      let value = String(word[word.index(after: split)...])
      guard let condition = try Self(word[..<split].lowercased(), value) else { return nil }
      self = condition
    } else {
      return nil
    }
  }

  private init?(_ name: String, _ value: String) throws(BoardFilter.Problem) {
    switch name {
    case "priority": self = try .priority(written: value)
    case "owner": self = .owner(named: value)
    case "service": self = .service(value)
    case "place": self = .place(value)
    case "state":
      guard let state = BoardFilter.State(rawValue: value.lowercased()) else {
        let known = BoardFilter.State.allCases.map(\.rawValue).joined(separator: ", ")
        throw BoardFilter.Problem(description: "state= is one of \(known)")
      }
      self = .state(state)
    default: return nil
    }
  }

  private static func priority(written text: String) throws(BoardFilter.Problem) -> Self {
    if text.lowercased() == "major" { return .major }
    guard let priority = Priority(text) else {
      throw BoardFilter.Problem(description: "A priority is !1 to !4, or !major")
    }
    return .priority(priority)
  }

  private static func owner(named name: String) -> Self {
    ["-", "nobody", ""].contains(name.lowercased()) ? .owner(nil) : .owner(name.lowercased())
  }

  fileprivate func holds(_ incident: Incident) -> Bool {
    switch self {
    case .priority(let priority): incident.priority == priority
    case .major: incident.isMajor
    case .owner(nil): incident.owner == nil
    case .owner(let name?): incident.owner?.lowercased().hasPrefix(name) ?? false
    case .service(let name): Self.named(incident.service, name)
    case .place(let name): Self.named(incident.place, name)
    case .serviceOrPlace(let name):
      Self.named(incident.service, name) || Self.named(incident.place, name)
    case .state(.unacknowledged): incident.status == .open && !incident.isAcknowledged
    case .state(.callback): !incident.callbacks.isEmpty
    case .state(let state): incident.status.rawValue == state.rawValue
    }
  }

  /// Case, spaces, hyphens and underscores do not matter: `#ward-a` is Ward A.
  private static func named(_ name: String?, _ wanted: String) -> Bool {
    name.map { folded($0).hasPrefix(folded(wanted)) } ?? false
  }

  private static func folded(_ name: String) -> String {
    name.lowercased().filter { !" -_".contains($0) }
  }
}
