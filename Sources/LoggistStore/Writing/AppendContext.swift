package import LoggistModel
internal import Synchronization

/// What a batch of entries may depend on: the state of the log under its lock.
package struct AppendContext: Sendable {
  package let node: NodeCode
  /// The number that the batch's first entry gets; the next ones count on.
  package let nextSequence: Int
  /// The time of recording that the first entry gets; each next one is a millisecond later.
  package let logged: Instant
  /// How far the clock stands behind the last entry: more than two minutes deserve a hint.
  package let clockBehind: TimeSpan
  private let store: Store
  private let highest: HighestIncident

  init(
    store: Store, node: NodeCode, nextSequence: Int, logged: Instant, clockBehind: TimeSpan,
    highestIncident: Int?
  ) {
    (self.store, self.node, self.nextSequence) = (store, node, nextSequence)
    (self.logged, self.clockBehind) = (logged, clockBehind)
    highest = HighestIncident(highestIncident)
  }

  /// The number that this node's next incident gets.
  ///
  /// Cost: the first time a search backwards for the last opened incident, then nothing.
  package var nextIncidentNumber: Int {
    get throws(StoreError) {
      let known: Int
      if let number = highest.number {
        known = number
      } else {
        known = try HighestIncident.find(in: store, node: node)
      }
      highest.number = known
      guard known < Line.highestNumber else { throw .usedUp(node, .incidents) }
      return known + 1
    }
  }

  package var nextIncident: IncidentID {
    get throws(StoreError) { IncidentID(node: node, number: try nextIncidentNumber) }
  }

  /// The reference that the entry at a place of the batch will have.
  package func ref(_ index: Int) -> EntryRef {
    EntryRef(node: node, sequence: nextSequence + index)
  }

  var highestIncident: Int? { highest.number }
}

/// The highest incident number of a node, once somebody has asked.
final class HighestIncident: Sendable {
  private let value: Mutex<Int?>

  init(_ number: Int?) {
    value = Mutex(number)
  }

  var number: Int? {
    get { value.withLock { $0 } }
    set { value.withLock { $0 = newValue } }
  }
}
