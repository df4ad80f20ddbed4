import Terminal

/// A line of somebody's keymap that cannot be as it stands; it costs its own key alone.
package struct KeymapMistake: Error, Sendable, Hashable {
  /// As it was written: `board.new`.
  package let action: String
  package let problem: Problem

  package enum Problem: Sendable, Hashable {
    case unknownAction
    case unknownKey(String)
    /// In that place the key is another action's, and stays it.
    case taken(key: String, by: Action, place: Binding.Place)
  }
}

extension Keymap {
  /// The table with somebody's changes, as far as they can be had.
  ///
  /// A key that means something else in a place where the action works, too, is not taken: `n` cannot be a note and a
  /// check. Of two changes that want the same key the first by name has it. An action that is left without a key keeps
  /// its own.
  package static func reading(
    _ changes: [String: [String]]
  ) -> (keymap: Keymap, mistakes: [KeymapMistake]) {
    var mistakes: [KeymapMistake] = []
    var wanted: [(action: Action, keys: [Key])] = []
    for (name, texts) in changes.sorted(by: { $0.key < $1.key }) {
      guard let action = Action(rawValue: name) else {
        mistakes.append(KeymapMistake(action: name, problem: .unknownAction))
        continue
      }
      let keys = texts.compactMap { text -> Key? in
        if let key = Key(text) { return key }
        mistakes.append(KeymapMistake(action: name, problem: .unknownKey(text)))
        return nil
      }
      if !keys.isEmpty { wanted.append((action, keys)) }
    }
    // All changes count as made before any is judged: two actions may exchange their keys.
    var taken = Dictionary(
      wanted.map { ($0.action.rawValue, $0.keys) }, uniquingKeysWith: { first, _ in first })
    for (action, keys) in wanted.reversed() {
      var left = keys
      for key in keys {
        let map = Keymap(changes: taken)
        guard let (other, place) = map.rival(of: action, for: key) else { continue }
        mistakes.append(
          KeymapMistake(
            action: action.rawValue, problem: .taken(key: key.name, by: other, place: place)))
        left.removeAll { $0 == key }
        taken[action.rawValue] = left.isEmpty ? nil : left
      }
    }
    return (Keymap(changes: taken), mistakes.sorted { $0.action < $1.action })
  }

  /// The action that has a key already in a place of this one.
  private func rival(of action: Action, for key: Key) -> (Action, Binding.Place)? {
    for place in Binding.Place.allCases {
      let here = bindings(in: place)
      guard here.contains(where: { $0.action == action }) else { continue }
      if let other = here.first(where: { $0.action != action && $0.keys.contains(key) }) {
        return (other.action, place)
      }
    }
    return nil
  }
}
