import LoggistMetrics
import LoggistModel

/// What a period's report counts beside the clocks.
struct ReportFacts: Sendable, Hashable {
  let byPriority: [Share]
  let byService: [Share]
  let byPlace: [Share]
  let bucketUnit: String
  let buckets: [Bucket]
  let hours: HourTable
  let complaints: Int
  let breaches: [Breach]
  let repeats: [Repeat]
  let postMortems: [PostMortemState]
  let owners: [OwnedMeasures]
  let record: RecordQuality

  /// Incidents and complaints of one property.
  struct Share: Sendable, Hashable {
    let name: String
    /// False: of those that have no such property.
    var isRecorded = true
    var incidents = 0
    var complaints = 0

    /// The first so many, the rest of those that are recorded as one, and what is not recorded.
    static func limited(_ shares: [Share], to count: Int) -> [Share] {
      let recorded = shares.filter(\.isRecorded)
      let rest = recorded.dropFirst(count)
      if rest.count < 2 { return shares }
      let others = rest.reduce(into: Share(name: "\(rest.count) others")) {
        $0.incidents += $1.incidents
        $0.complaints += $1.complaints
      }
      return recorded.prefix(count) + [others] + shares.filter { !$0.isRecorded }
    }
  }

  /// Incidents by priority, in the order of `byPriority`.
  struct Bucket: Sendable, Hashable {
    let label: String
    var counts: [Int]
  }

  /// A target that was missed, and the phase that took the most of the time.
  struct Breach: Sendable, Hashable {
    let incident: IncidentID
    let priority: Priority?
    let clock: Clock
    let phase: Phase.Name?
    let phaseSpan: TimeSpan?

    var over: TimeSpan { (clock.span ?? .zero) - (clock.target ?? .zero) }
  }

  /// Whether an incident that needs a post-mortem has one.
  struct PostMortemState: Sendable, Hashable {
    let incident: IncidentID
    let ended: Instant?
    /// Root cause and resolution stand in the log.
    let isWritten: Bool
    let isSigned: Bool
  }

  /// Measures that somebody still has to do.
  struct OwnedMeasures: Sendable, Hashable {
    /// Nil where nobody was named.
    let owner: String?
    var open = 0
    var overdue = 0
    /// The oldest due first.
    var items: [(IncidentID, Incident.Measure, isOverdue: Bool)] = []

    static func == (left: OwnedMeasures, right: OwnedMeasures) -> Bool {
      left.owner == right.owner && left.open == right.open && left.overdue == right.overdue
        && left.items.map(\.1) == right.items.map(\.1)
    }

    func hash(into hasher: inout Hasher) { hasher.combine(owner) }
  }
}

extension ReportFacts {
  /// Cost: linear in the population, and in the measures.
  init(_ metrics: PeriodMetrics, _ measures: [OpenMeasure], _ context: DocumentContext) {
    let members = metrics.population.members
    let zone = metrics.period.zone
    func shares(_ name: (IncidentBrief) -> String?) -> [Share] {
      var shares: [String?: Share] = [:]
      for member in members {
        let name = name(member.incident)
        shares[name, default: Share(name: name ?? "not recorded", isRecorded: name != nil)]
          .incidents += 1
        shares[name]?.complaints += member.incident.complaints
      }
      let named = shares.filter { $0.key != nil }.values.sorted {
        ($1.incidents, $0.name) < ($0.incidents, $1.name)
      }
      return named + (shares[nil].map { [$0] } ?? [])
    }
    let unsorted = shares { $0.priority?.description }
    let priorities =
      unsorted.filter(\.isRecorded).sorted { $0.name < $1.name }
      + unsorted.filter { !$0.isRecorded }
    (byPriority, byService, byPlace) = (priorities, shares(\.service), shares(\.place))
    complaints = members.reduce(0) { $0 + $1.incident.complaints }
    var hours = HourTable()
    for member in members { hours.count(member.firstReport, in: zone) }
    self.hours = hours

    let cut = metrics.period.buckets
    let places = Dictionary(
      uniqueKeysWithValues: priorities.enumerated().map { ($0.element.name, $0.offset) })
    var buckets = cut.buckets.map {
      Bucket(label: $0.label, counts: [Int](repeating: 0, count: priorities.count))
    }
    let starts = cut.buckets.map(\.start)
    for member in members {
      guard let place = places[member.incident.priority?.description ?? "not recorded"],
        let bucket = ReportFacts.last(notAfter: member.firstReport, starts)
      else { continue }
      buckets[bucket].counts[place] += 1
    }
    (bucketUnit, self.buckets) = (cut.unit, buckets)

    breaches = members.flatMap { Breach.breaches($0, asOf: metrics.asOf) }
      .sorted {
        ($1.over, $0.incident, $0.clock.id.rawValue) < ($0.over, $1.incident, $1.clock.id.rawValue)
      }
    repeats = Repeat.repeats(among: members)
    postMortems = members.compactMap { PostMortemState($0.incident) }
      .sorted { $0.incident < $1.incident }
    owners = OwnedMeasures.all(measures, today: zone.civil(metrics.asOf).date, now: metrics.asOf)
    record = members.reduce(into: RecordQuality()) { $0 += $1.record }
  }

  private static func last(notAfter instant: Instant, _ starts: [Instant]) -> Int? {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= instant { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? low - 1 : nil
  }
}

extension ReportFacts.Breach {
  static func breaches(_ member: Population.Member, asOf: Instant) -> [Self] {
    member.missed.map { clock in
      let end = clock.to?.at.instant ?? asOf
      let spans = member.phases.map { phase in
        (phase.name, min(phase.to?.at.instant ?? end, end) - phase.from.at.instant)
      }
      let longest = spans.max { $0.1 < $1.1 }
      return Self(
        incident: member.incident.id, priority: member.incident.priority, clock: clock,
        phase: longest?.0, phaseSpan: longest?.1)
    }
  }
}

extension ReportFacts.PostMortemState {
  /// Nil for an incident that needs none: one that is neither P1 nor major, or that is not over.
  init?(_ incident: IncidentBrief) {
    guard incident.priority == .p1 || incident.isMajor, incident.status != .open else { return nil }
    self.init(
      incident: incident.id, ended: incident.ended,
      isWritten: incident.hasRootCause && incident.hasResolution, isSigned: incident.isSigned)
  }
}

extension ReportFacts.OwnedMeasures {
  /// By owner, those with the most that is overdue first, nobody's last.
  static func all(_ measures: [OpenMeasure], today: CivilDate, now: Instant) -> [Self] {
    var owners: [String?: Self] = [:]
    for open in measures {
      let measure = open.measure
      let isOverdue = measure.isOverdue(on: today, at: now)
      owners[measure.owner, default: Self(owner: measure.owner)].open += 1
      if isOverdue { owners[measure.owner]?.overdue += 1 }
      owners[measure.owner]?.items.append((open.incident, measure, isOverdue))
    }
    return owners.values.map { owned in
      var owned = owned
      owned.items.sort { ($0.1.due ?? "~", $0.1.ref) < ($1.1.due ?? "~", $1.1.ref) }
      return owned
    }.sorted {
      ($0.owner == nil ? 1 : 0, $1.overdue, $1.open, $0.owner ?? "")
        < ($1.owner == nil ? 1 : 0, $0.overdue, $0.open, $1.owner ?? "")
    }
  }
}
