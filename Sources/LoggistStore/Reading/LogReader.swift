internal import Glibc
package import LoggistModel

/// Reads a store's logs and goes on reading what is appended.
///
/// Lines are taken up to the last line break: what stands behind it is being written. Of a file that is not its node's
/// newest, nobody writes the end any more: there it is taken too. Nothing is skipped silently: whatever is no valid line
/// is in the findings.
package struct LogReader {
  package private(set) var store: Store
  private var logs: [NodeCode: NodeLog] = [:]

  package init(store: Store) {
    self.store = store
  }

  /// Everything in the store. Records in the one order of all records (`Record.order`).
  package mutating func load() throws(StoreError) -> LogContents {
    var contents = LogContents()
    try load { piece, _ in
      contents.records += piece.records
      contents.findings += piece.findings
    }
    contents.records.sort { $0.order < $1.order }
    return contents
  }

  /// Everything in the store, segment by segment and the newest first, so that a board stands before history is in.
  /// Records of a segment come in the order of the file; with them how much of all bytes has been read, 0 to 1.
  package mutating func load(
    _ body: (LogContents, _ share: Double) -> Void
  ) throws(StoreError) {
    store = try store.refreshed()
    logs = [:]
    for node in store.nodes { logs[node.code] = NodeLog(node: node.code, store: store) }
    let pieces = try LogPiece.all(of: store)
    let total = pieces.reduce(0) { $0 + $1.size }
    var done = 0
    for piece in pieces {
      var contents = LogContents()
      try logs[piece.node]?.read(piece.segment, isNewest: piece.isNewest, into: &contents)
      done += piece.size
      if !contents.isEmpty { body(contents, total > 0 ? Double(done) / Double(total) : 1) }
    }
  }

  /// What was appended since the last call. `load` comes first.
  package mutating func poll() throws(StoreError) -> LogUpdate {
    let folder = "\(store.path)/nodes"
    let names = try calling("readdir", folder) { () throws(Errno) in try store.calls.names(folder) }
    for code in names.compactMap({ NodeCode($0) }) where store.node(code) == nil {
      return .reload(.newNode(code))
    }
    var contents = LogContents()
    for code in logs.keys.sorted() {
      let (segments, reason) = try look(at: code)
      if let reason { return .reload(reason) }
      for segment in segments {
        try logs[code]?.read(segment, isNewest: segment == segments.last, into: &contents)
      }
    }
    contents.records.sort { $0.order < $1.order }
    return .appended(contents)
  }
}

extension LogReader {
  /// The segments of a node's log as they are, and what is not as it was.
  ///
  /// Syncthing takes a file away before it puts the new one there: of another machine's log a file that is gone may be
  /// back in a moment, and is waited for.
  private func look(
    at node: NodeCode
  ) throws(StoreError) -> ([SegmentName], ReloadReason?) {
    var looks = 0
    while true {
      let segments = try store.segments(of: node)
      let reason = logs[node]?.change(segments)
      looks += 1
      guard case .vanished = reason, store.node(node)?.isOwn == false, looks < 20 else {
        return (segments, reason)
      }
      store.calls.sleep(10)
    }
  }
}

/// What a reader took from the logs.
package struct LogContents: Sendable {
  package var records: [Record] = []
  package var findings: [Finding] = []

  package init() {}

  package var isEmpty: Bool { records.isEmpty && findings.isEmpty }
}

package enum LogUpdate: Sendable {
  case appended(LogContents)
  /// What was read before is not what stands there now: load again.
  case reload(ReloadReason)
}

/// What is not as it was; paths are relative.
package enum ReloadReason: Sendable, Hashable {
  case shrank(String)
  case vanished(String)
  case replaced(String)
  /// Another machine's log has come.
  case newNode(NodeCode)
}

extension ReloadReason {
  /// What other tools do when they copy another machine's log: a new file in the place of the old one, a new log. In the
  /// log that is written here it is something that a person should know.
  package func isCopying(in store: Store) -> Bool {
    switch self {
    case .newNode: true
    case .shrank, .vanished: false
    case .replaced(let path):
      !store.nodes.contains { $0.isOwn && path.hasPrefix(Store.relativeFolder(of: $0.code) + "/") }
    }
  }
}
