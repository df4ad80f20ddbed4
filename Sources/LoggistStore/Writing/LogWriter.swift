package import LoggistModel
internal import Synchronization

/// Appends entries to this machine's log: one lock, one write, and an acknowledgement that holds.
///
/// 1. `flock`, with a time limit. 2. Catch up on what other processes appended. 3. One `write` of all lines of the
/// batch; unlock. 4. `fdatasync` outside the lock, so that waiting writers share the flush. Only when that has returned
/// does `append` return: what it returns is on the disk.
///
/// Any number of writers in any number of processes may append to one node at a time. One writer's appends wait for
/// each other.
package final class LogWriter: Sendable {
  package let store: Store
  package let node: NodeCode
  private let work: Mutex<WriterWork>

  /// - Parameters:
  ///   - node: whose log; without one the store's only own node.
  ///   - by: the account, for `by`; without one the one that the process runs as.
  ///   - clock: a chosen clock, in a rehearsal alone.
  ///   - lockLimit: for how many milliseconds to wait for the lock.
  package init(
    store: Store, node: NodeCode? = nil, by: String? = nil,
    clock: (@Sendable () -> Instant)? = nil, lockLimit: Int = 10_000
  ) throws(StoreError) {
    guard store.access == .readWrite else { throw .readOnly(path: store.path) }
    if clock != nil, !store.isRehearsal { throw .chosenClock }
    let code = try store.ownNode(preferred: node)
    guard let own = store.node(code), own.uuid != nil else {
      let path = "\(Store.relativeFolder(of: code))/node.json"
      for warning in store.warnings where warning.path == path {
        // A disk that failed a moment ago has not broken the file.
        if case .unreadable(let error) = warning.reason {
          throw .system("open", "\(store.path)/\(path)", error)
        }
      }
      throw .broken(path: "\(store.path)/\(path)", why: "no \"uuid\"")
    }
    self.store = store
    self.node = code
    work = Mutex(
      WriterWork(
        store: store, node: own, by: by ?? store.calls.user().name, clock: clock ?? systemClock,
        lockLimit: lockLimit))
  }

  /// Appends what the closure makes, in one write, and returns it as acknowledged.
  ///
  /// The closure runs under the lock, so that a number it takes from the context is nobody else's; it must be quick
  /// and must not append itself. What it throws comes back as `StoreError.refused`. An empty batch writes nothing.
  package func append(
    via: Record.Via, _ batch: (AppendContext) throws -> [Entry]
  ) throws(StoreError) -> [Record] {
    try work.withLock { (work) throws(StoreError) -> [Record] in
      try work.append(via: via, batch)
    }
  }

  /// The same with entries that were written beforehand, as they will be read (`Entry.asRead`); how many they were.
  package func appendTexts(
    via: Record.Via, _ batch: (AppendContext) throws -> EntryTexts
  ) throws(StoreError) -> Int {
    try work.withLock { (work) throws(StoreError) -> Int in
      try work.appendTexts(via: via, batch)
    }
  }

  package func append(_ entry: Entry, via: Record.Via) throws(StoreError) -> Record? {
    try append(via: via) { _ in [entry] }.first
  }

  deinit { work.withLock { $0.close() } }
}
