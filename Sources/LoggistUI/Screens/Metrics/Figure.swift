import LoggistMetrics
import LoggistModel

/// A figure of a period, by what it is and not by where it stands.
enum Figure: Sendable, Hashable {
  case count(Count)
  case clock(ClockID, Summary.Group?)

  /// How many incidents of the population are so.
  enum Count: String, Sendable, Hashable, CaseIterable {
    case reported = "incidents"
    case over = "restored or resolved"
    case open = "still open"
    case reopened
    case firstAttempt = "never reopened"
    case unanswered = "escalations unanswered"
    case negative = "end before their start"
  }
}

extension Figure {
  var group: Summary.Group? {
    if case .clock(_, let group) = self { group } else { nil }
  }

  var name: String {
    switch self {
    case .count(let count): count.rawValue
    case .clock(let id, _): id.name
    }
  }
}

extension Figure.Count {
  /// Whether an incident is among those counted.
  func holds(for member: Population.Member) -> Bool {
    switch self {
    case .reported: true
    case .over: member.incident.status != .open
    case .open: member.incident.status.isOpen
    case .reopened: member.reopenings > 0
    case .firstAttempt: member.incident.status != .open && member.reopenings == 0
    case .unanswered: member.clocks.contains(where: \.isUnanswered)
    case .negative: member.clocks.contains(where: \.isNegative)
    }
  }
}

extension Summary.Group {
  /// `P1`, `no priority`.
  var title: String { name ?? "no \(by.rawValue)" }
}
