import LoggistModel

/// Incidents that a screen has not looked at yet: a long log is gone through in slices, between the keys.
struct Backlog: Sendable, Hashable {
  private var ids: [IncidentID]
  private(set) var done = 0

  init(_ ids: some Sequence<IncidentID> = []) {
    self.ids = Array(ids)
  }

  /// Incidents of a slice where looking at one costs next to nothing.
  static let slice = 500

  var isEmpty: Bool { done == ids.count }

  /// Nil where none is left.
  mutating func next() -> IncidentID? {
    guard done < ids.count else { return nil }
    defer { done += 1 }
    return ids[done]
  }

  mutating func nextSlice() -> ArraySlice<IncidentID> {
    let slice = ids[done..<min(done + Backlog.slice, ids.count)]
    done += slice.count
    return slice
  }

  /// `12,000 of 60,000 incidents`.
  var progress: String { "\(Backlog.spelled(done)) of \(Backlog.spelled(ids.count)) incidents" }

  /// A number with its thousands apart.
  static func spelled(_ number: Int) -> String {
    var (digits, groups) = (String(number), [String]())
    while digits.utf8.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return ([digits] + groups).joined(separator: ",")
  }
}
