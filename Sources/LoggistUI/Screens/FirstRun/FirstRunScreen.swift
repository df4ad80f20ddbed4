package import LoggistModel
package import Terminal

/// What a new store has to know: the desk's name, its zone, who sits there.
package struct FirstRunScreen: Sendable, Hashable {
  /// Where the store will lie.
  package let path: String
  /// The names of the tz database.
  let zones: [String]
  package internal(set) var fields: [Field: LineEditor]
  package internal(set) var focus = Field.desk
  /// The beginning of a zone's name that Tab completes, and which of the candidates stands there now.
  var completion: (prefix: String, place: Int)? {
    get { completed.map { ($0.prefix, $0.place) } }
    set { completed = newValue.map { Completion(prefix: $0.prefix, place: $0.place) } }
  }
  private var completed: Completion?
  /// The store is being made.
  package internal(set) var isWaiting = false

  private struct Completion: Sendable, Hashable {
    let prefix: String
    let place: Int
  }

  package enum Field: Sendable, Hashable, CaseIterable {
    case desk, zone, name

    var title: String {
      switch self {
      case .desk: "Desk"
      case .zone: "Zone"
      case .name: "Name"
      }
    }

    var hint: String {
      switch self {
      case .desk: "What the desk is called, on the board and in documents."
      case .zone: "The time zone of the desk, as in Africa/Lagos. Tab completes."
      case .name: "Who you are. The log names the account; @ and the account stand for this name."
      }
    }
  }

  package init(path: String, proposal: NewStore, zones: [String]) {
    (self.path, self.zones) = (path, zones)
    fields = [
      .desk: LineEditor(proposal.desk), .zone: LineEditor(proposal.zone),
      .name: LineEditor(proposal.name),
    ]
  }

  package var store: NewStore {
    func text(_ field: Field) -> String {
      let text = fields[field]?.text ?? ""
      return String(
        text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
    return NewStore(desk: text(.desk), zone: text(.zone), name: text(.name))
  }
}

/// The answers of a first run.
package struct NewStore: Sendable, Hashable {
  package var desk: String
  /// A name of the tz database.
  package var zone: String
  package var name: String

  package init(desk: String, zone: String, name: String) {
    (self.desk, self.zone, self.name) = (desk, zone, name)
  }

  /// Why no store can be made so; nil where one can.
  package func problem(zones: [String]) -> String? {
    if desk.isEmpty { return "The desk needs a name: documents begin with it" }
    if name.isEmpty { return "Who are you? A name or an account" }
    if zones.contains(zone) { return nil }
    let near = NewStore.candidates(for: zone, among: zones).first
    let example = near.map { "did you mean \($0)?" } ?? "they are called like Africa/Lagos"
    return zone.isEmpty
      ? "The desk needs a zone: \(example)" : "There is no time zone \(zone): \(example)"
  }

  /// Zones by the beginning of their name or of a part of it (`lag` finds Africa/Lagos), in any case, the whole name's
  /// beginning first; where none begins so, those that share the beginning's first letters.
  package static func candidates(for text: String, among zones: [String]) -> [String] {
    let wanted = text.lowercased().map { $0 == " " ? "_" : $0 }
    let whole = zones.filter { $0.lowercased().hasPrefix(String(wanted)) }
    let parts = zones.filter { zone in
      !whole.contains(zone)
        && zone.lowercased().split(separator: "/").dropFirst().contains {
          $0.hasPrefix(String(wanted))
        }
    }
    if !whole.isEmpty || !parts.isEmpty || wanted.count < 3 { return whole + parts }
    return candidates(for: String(text.dropLast()), among: zones)
  }
}

extension State {
  /// The state of a first run: one screen, and no log behind it.
  package static func firstRun(_ screen: FirstRunScreen, size: Size, now: Instant, desk: Desk)
    -> State
  {
    var state = State(size: size, now: now, desk: desk, isLoading: false)
    state.screens = [.firstRun(screen)]
    return state
  }
}
