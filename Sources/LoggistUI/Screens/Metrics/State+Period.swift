import LoggistMetrics
import LoggistModel

// The line in which somebody types a period.

extension State {
  /// The period that a line means; nil where it means none. Nothing at all is this month.
  private func period(_ text: String) -> Period? {
    let words = text.split(whereSeparator: \.isWhitespace).joined()
    return words.isEmpty ? Period.month(of: now, in: desk.zone) : Period(words, in: desk.zone)
  }

  /// Under the line: from when to when, else what can be written.
  func periodWords(_ text: String) -> String {
    guard let period = period(text) else { return State.periodForms }
    let clock = desk.clock
    let last = clock.date(period.end - TimeSpan(milliseconds: 1))
    let days = "\(clock.date(period.start).spoken) to \(last.spoken)"
    return text.isEmpty ? "this month, or \(State.periodForms)" : days
  }

  private static let periodForms = "2026, 2026-Q3, 2026-11, 2026-W47, 2026-11-22 or FROM..TO"

  mutating func submitPeriod(_ text: String) -> [Effect] {
    guard let period = period(text), case .metrics(let metrics) = screen else {
      composer?.problem = "No period: write \(State.periodForms)"
      return [.bell]
    }
    composer = nil
    show(period, on: metrics)
    return []
  }
}
