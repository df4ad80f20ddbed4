/// Incidents that are over, the latest first: ten years of a desk, so only what their order needs is kept.
struct EndedIncidents: Sendable {
  private(set) var ids: [IncidentID] = []
  private var keys: [Key] = []
  private var known: [IncidentID: Key] = [:]

  /// What their order is made of.
  struct Key: Sendable, Hashable, Comparable {
    private let end: Int64
    private let id: IncidentID

    init(_ incident: Incident) {
      end = (incident.ended ?? incident.begin)?.milliseconds ?? 0
      id = incident.id
    }

    static func < (left: Key, right: Key) -> Bool {
      left.end != right.end ? left.end > right.end : left.id > right.id
    }
  }

  init(_ incidents: [Incident] = []) {
    let sorted = incidents.map { (key: Key($0), id: $0.id) }.sorted { $0.key < $1.key }
    ids = sorted.map(\.id)
    keys = sorted.map(\.key)
    known = Dictionary(sorted.map { ($0.id, $0.key) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func insert(_ incident: Incident) {
    let key = Key(incident)
    let place = keys.place { $0 < key }
    keys.insert(key, at: place)
    ids.insert(incident.id, at: place)
    known[incident.id] = key
  }

  mutating func remove(_ id: IncidentID) {
    guard let place = place(of: id) else { return }
    keys.remove(at: place)
    ids.remove(at: place)
    known[id] = nil
  }

  func place(of id: IncidentID) -> Int? {
    known[id].map { key in keys.place { $0 < key } }
  }
}

extension Array {
  /// The first place whose element does not stand before: where a new one goes into a sorted array.
  func place(where standsBefore: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if standsBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
