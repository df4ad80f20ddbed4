import ArgumentParser
import LoggistDocuments
import LoggistMetrics
import LoggistModel
import LoggistStore
import Synchronization

/// Which period figures are about, and beside which other one they are put.
struct PeriodOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "2026, 2026-Q3, 2026-11, 2026-W47, 2026-11-22 or FROM..TO (default: this month).",
      valueName: "period"))
  var period: String?

  @Option(
    help: ArgumentHelp(
      "Compare the medians with those of another period, or of the 'previous' one.",
      valueName: "period"))
  var compare: String?

  @Flag(help: "Count imported incidents in every figure.")
  var includeBackfill = false

  var isGiven: Bool { period != nil || compare != nil || includeBackfill }

  /// The period that was named, else the month of the moment.
  func chosenPeriod(_ session: Session) throws -> Period {
    let month = String(session.style.date(session.moment).description.dropLast(3))
    let name = period ?? month
    guard let period = Period(name, in: session.zone) else { throw Failure(.notAPeriod(name)) }
    return period
  }

  func comparedPeriod(_ period: Period, _ session: Session) throws -> Period? {
    guard let compare else { return nil }
    if compare == "previous", let previous = period.previous { return previous }
    guard let other = Period(compare, in: session.zone) else { throw Failure(.notAPeriod(compare)) }
    return other
  }

  /// The figures of a period, of the one that they are compared with, and the measures that are open.
  ///
  /// - Parameters:
  ///   - source: the incidents as of `context.asOf`; let go when they have been measured.
  ///   - wanted: the clocks whose distributions are shown; nil for all.
  func figures(
    _ source: consuming IncidentSource, _ period: Period, comparedWith other: Period?,
    by grouping: Grouping?, of wanted: Set<ClockID>? = nil, _ context: DocumentContext
  ) -> PeriodMaterial {
    let work = { (period: Period) in
      PeriodWork(
        period: period, asOf: context.asOf, by: grouping, targets: context.targets,
        includeBackfill: includeBackfill, of: wanted)
    }
    let start = PeriodMaterial.Share(period: work(period), compared: other.map(work))
    var shares = (consume source).fold(from: start) { $0.take($1) }
    var whole = shares.removeFirst()
    for place in shares.indices { whole.absorb(&shares[place]) }
    return PeriodMaterial(whole)
  }
}

/// What documents about a period are made of.
struct PeriodMaterial {
  let metrics: PeriodMetrics
  let comparison: PeriodComparison?
  /// Of all incidents, as of the moment that was asked for.
  let measures: [OpenMeasure]

  /// What one thread made of its share of the incidents.
  fileprivate struct Share: Sendable {
    var period: PeriodWork
    var compared: PeriodWork?
    var measures: [OpenMeasure] = []

    mutating func take(_ incident: IncidentOutline) {
      period.take(incident)
      compared?.take(incident)
      measures += incident.openMeasures
    }

    mutating func absorb(_ other: inout Share) {
      period.absorb(&other.period)
      if var more = other.compared.take() { compared?.absorb(&more) }
      measures += other.measures
    }
  }

  fileprivate init(_ share: Share) {
    let metrics = PeriodMaterial.metrics(share.period)
    self.metrics = metrics
    comparison = share.compared.map {
      PeriodComparison(of: metrics, with: PeriodMaterial.metrics($0))
    }
    measures = share.measures
  }

  /// What one of two threads can work out while the other one does something else.
  private enum Piece: Sendable {
    case services
    /// The distribution of a number.
    case summary(Int, Halves)
  }

  /// The drafts of a distribution, handed over once, so that whoever finishes them has them to itself.
  private final class Halves: Sendable {
    private let drafts: Mutex<[Summary.Draft]>

    init(_ drafts: [Summary.Draft]) { self.drafts = Mutex(drafts) }

    func take() -> [Summary.Draft] {
      drafts.withLock { drafts in
        defer { drafts = [] }
        return drafts
      }
    }
  }

  /// The dearest last, and they are taken from the end.
  private static func pieces(of work: PeriodWork) -> [Piece] {
    let halves = inParallel([0, 1]) { work.drafts(ofHalf: $0) }
    var pieces = zip(halves[0], halves[1]).enumerated()
      .sorted { $0.element.0.cost < $1.element.0.cost }
      .map { Piece.summary($0.offset, Halves([$0.element.0, $0.element.1])) }
    pieces.insert(.services, at: max(0, pieces.count - 1))
    return pieces
  }

  private static func metrics(_ work: PeriodWork) -> PeriodMetrics {
    var work = work
    work.complete()
    let complete = work
    let next = Mutex(pieces(of: complete))
    let shares = inParallel([0, 1]) { _ in
      var (services, made) = ([ServiceIntervals](), [(number: Int, summary: Summary)]())
      while let piece = next.withLock({ $0.popLast() }) {
        switch piece {
        case .services: services = complete.serviceIntervals()
        case .summary(let number, let halves):
          if let summary = Summary.Draft.summary(of: halves.take()) {
            made.append((number, summary))
          }
        }
      }
      return (services, made)
    }
    work.take(shares.flatMap(\.0))
    work.take(shares.flatMap(\.1).sorted { $0.number < $1.number }.map(\.summary))
    return work.metrics
  }
}
