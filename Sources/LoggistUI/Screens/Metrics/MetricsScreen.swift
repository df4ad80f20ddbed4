import LoggistMetrics
import LoggistModel

/// A period in figures; every one opens the incidents behind it.
package struct MetricsScreen: Sendable, Hashable {
  var period: Period
  var grouping = Grouping.priority
  var panel = Panel.distribution
  /// Incidents that have not been looked at yet.
  var backlog: Backlog
  var work: PeriodWork
  /// First reports by hour of the week.
  var hours = HourTable()
  var counts: [Figure.Count: Int] = [:]
  /// Nil while they are being worked out.
  var figures: PeriodMetrics?
  var rows: [FigureRow] = []
  var selected: Figure?
  /// The first figure on the screen.
  var top: Figure?
  /// How many records there were when it was worked out; what came since is not in it.
  let recordsSeen: Int
  /// The incidents behind a figure, where one is open.
  var list: FigureList?

  /// What stands beside or below the figures.
  enum Panel: Sendable, Hashable { case distribution, hours }

  init(_ period: Period, of journal: Journal, asOf now: Instant) {
    self.period = period
    backlog = Backlog(journal.incidents.keys)
    work = PeriodWork(period: period, asOf: now, by: .priority)
    recordsSeen = journal.records.count
  }

  /// The same screen for another period or another moment.
  func renewed(_ period: Period, of journal: Journal, asOf now: Instant) -> MetricsScreen {
    var new = MetricsScreen(period, of: journal, asOf: now)
    (new.grouping, new.panel) = (grouping, panel)
    (new.selected, new.top) = (selected, top)
    new.work.regroup(by: grouping)
    return new
  }

  mutating func regroup(by grouping: Grouping) {
    self.grouping = grouping
    work.regroup(by: grouping)
    figures = nil
  }
}

// MARK: - Working it out

extension MetricsScreen {
  /// Looks at the next incidents, then works out one distribution after the other; false where nothing is left.
  mutating func work(_ journal: Journal) -> Bool {
    guard figures == nil else { return false }
    if !backlog.isEmpty {
      for id in backlog.next() {
        guard let incident = journal.incidents[id], let member = work.take(incident) else {
          continue
        }
        hours.count(member.firstReport, in: period.zone)
        for count in Figure.Count.allCases where count.holds(for: member) {
          counts[count, default: 0] += 1
        }
      }
      return true
    }
    if work.summarize() { return true }
    let metrics = work.metrics
    figures = metrics
    rows = FigureRow.all(metrics, counts)
    return false
  }
}

extension State {
  mutating func workOnMetrics() {
    guard case .metrics(var metrics) = screen else { return }
    // Its arrays have one owner while they grow.
    screen = .board(BoardScreen())
    _ = metrics.work(journal)
    screen = .metrics(metrics)
  }

  mutating func openMetrics() {
    let month = Period.month(of: now, in: desk.zone)
    screens.append(.metrics(MetricsScreen(month, of: journal, asOf: now)))
  }

  mutating func show(_ period: Period, on metrics: MetricsScreen) {
    screen = .metrics(metrics.renewed(period, of: journal, asOf: now))
  }
}
