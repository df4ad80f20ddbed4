import LoggistMetrics
import LoggistModel

/// The incidents behind a figure, each with its value: made once when the figure is opened, and then left alone.
struct FigureList: Sendable, Hashable {
  let figure: Figure
  let rows: [Row]
  /// A place in `rows`, which never change.
  var selected = 0
  var top = 0

  struct Row: Sendable, Hashable {
    let incident: IncidentID
    /// The entry that stopped the clock, or the one that started it where it still runs.
    let ref: EntryRef?
    /// In seconds; nil where there is none.
    var seconds: Int?
    /// When it was reported first, where the figure is a count.
    var reported: Instant?
    var isOpen = false
    /// `median`, `so far`, `f` (another milestone stood in), `~` (approximate), `not recorded: no acknowledgement`.
    var remark = ""
  }

  /// Cost: linear in the members.
  init(_ figure: Figure, _ members: [Population.Member], includeBackfill: Bool) {
    self.figure = figure
    switch figure {
    case .count(let count): rows = FigureList.rows(of: count, members)
    case .clock(let id, _):
      rows = FigureList.rows(
        of: id, Summary.counted(members, for: id, includeBackfill: includeBackfill))
    }
  }

  /// The latest first.
  private static func rows(of count: Figure.Count, _ members: [Population.Member]) -> [Row] {
    members.filter { count.holds(for: $0) }
      .sorted { ($0.firstReport, $0.incident.id) > ($1.firstReport, $1.incident.id) }
      .map { member in
        let clock: ClockBrief? =
          switch count {
          case .unanswered: member.clocks.first(where: \.isUnanswered)
          case .negative: member.clocks.first(where: \.isNegative)
          default: nil
          }
        let reopened = count == .reopened ? member.incident.lastReopened : nil
        return Row(
          incident: member.incident.id,
          ref: clock.flatMap { member.end(of: $0) ?? member.start(of: $0) } ?? reopened
            ?? member.report,
          reported: member.firstReport, remark: clock?.id.name ?? "")
      }
  }

  /// The longest first, then those that still run, then those that nobody recorded.
  private static func rows(of id: ClockID, _ members: [Population.Member]) -> [Row] {
    if id == .late { return latest(members) }
    var (values, open, missing): ([Row], [Row], [Row]) = ([], [], [])
    for member in members {
      let clocks = id == .inform ? member.clocks(id) : member.clock(id).map { [$0] } ?? []
      for clock in clocks {
        var row = Row(
          incident: member.incident.id,
          ref: member.end(of: clock) ?? member.start(of: clock) ?? member.report,
          seconds: clock.seconds, remark: words(clock, of: member))
        if clock.seconds == nil {
          // Never escalated is no omission.
          if clock.absence != .neverEscalated { missing.append(row) }
        } else if clock.isOpen {
          row.isOpen = true
          open.append(row)
        } else if clock.isNegative {
          missing.append(row)
        } else {
          values.append(row)
        }
      }
    }
    return marked(values.sorted(by: longer)) + open.sorted(by: longer)
      + missing.sorted { $0.incident < $1.incident }
  }

  /// Every entry of its own: how long after it happened it was written down.
  private static func latest(_ members: [Population.Member]) -> [Row] {
    let rows = members.flatMap { member in
      member.latenessOfEntries.map { late in
        Row(
          incident: member.incident.id, ref: late.ref, seconds: late.span.seconds,
          remark: late.span > EffectiveEntry.lateAfter ? "late" : "")
      }
    }
    return marked(rows.sorted(by: longer))
  }

  /// The very order of `Summary.values`, the other way round: the marks then stand at the incidents whose figures they
  /// are.
  private static func longer(_ left: Row, _ right: Row) -> Bool {
    if left.seconds != right.seconds { return (left.seconds ?? 0) > (right.seconds ?? 0) }
    return left.incident > right.incident
  }

  private static func words(_ clock: ClockBrief, of member: Population.Member) -> String {
    if let absence = clock.absence { return "not recorded: \(absence)" }
    var words = [clock.isOpen ? "so far" : nil, member.subject(of: clock)]
    if clock.isNegative { words.append("ends before it starts: in no figure") }
    if clock.isFallback { words.append("f") }
    if clock.isApproximate { words.append("~") }
    return words.compactMap(\.self).joined(separator: " · ")
  }

  /// Says which of the values, longest first, are the median, the p90, the p95 and the longest.
  private static func marked(_ rows: [Row]) -> [Row] {
    var rows = rows
    let percentiles = [("median", 50, 1), ("p90", 90, 10), ("p95", 95, 20), ("longest", 100, 2)]
    for (name, percent, least) in percentiles where rows.count >= least {
      let place = rows.count - (rows.count * percent + 99) / 100
      rows[place].remark = [name, rows[place].remark].filter { !$0.isEmpty }
        .joined(separator: " · ")
    }
    return rows
  }
}
