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
  /// It was opened before the whole log had been read.
  let isPartial: Bool
  /// The incidents behind a figure, where one is open.
  var list: FigureList?

  /// What stands beside or below the figures.
  enum Panel: Sendable, Hashable { case distribution, hours }

  init(_ period: Period, _ state: State) {
    self.period = period
    backlog = Backlog(state.journal.incidents.keys)
    work = PeriodWork(period: period, asOf: state.now, by: .priority, targets: state.desk.targets)
    recordsSeen = state.journal.records.count
    isPartial = state.isLoading
  }

  /// The same screen for another period or another moment.
  func renewed(_ period: Period, _ state: State) -> MetricsScreen {
    var new = MetricsScreen(period, state)
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
  /// Looks at the next incidents, then works out one distribution after the other.
  mutating func work(_ journal: Journal) {
    guard figures == nil else { return }
    if !backlog.isEmpty {
      look(journal)
    } else if !work.summarize() {
      let metrics = work.metrics
      figures = metrics
      rows = FigureRow.all(metrics, counts)
    }
  }

  /// An incident of the period costs a hundred times as much as one of another.
  private mutating func look(_ journal: Journal) {
    var (looked, taken) = (0, 0)
    while looked < Backlog.slice, taken < MetricsScreen.slice, let id = backlog.next() {
      looked += 1
      guard let incident = journal.incidents[id], let member = work.take(incident) else { continue }
      taken += 1
      hours.count(member.firstReport, in: period.zone)
      for count in Figure.Count.allCases where count.holds(for: member) {
        counts[count, default: 0] += 1
      }
    }
  }

  /// Incidents of the period in a slice: a millisecond or two of work.
  private static let slice = 25
}

extension State {
  mutating func workOnMetrics() {
    guard case .metrics(var metrics) = screen else { return }
    // Its arrays have one owner while they grow.
    screen = .board(BoardScreen())
    metrics.work(journal)
    screen = .metrics(metrics)
  }

  mutating func openMetrics() {
    let month = Period.month(of: now, in: desk.zone)
    screens.append(.metrics(MetricsScreen(month, self)))
  }

  mutating func show(_ period: Period, on metrics: MetricsScreen) {
    screen = .metrics(metrics.renewed(period, self))
  }
}
