package import LoggistModel

/// The first line of a pack: what it is, and of each node which stretch of its log is in it.
///
/// `{"pack":1,"made":"…","store":"<uuid>","nodes":[{"node":"INC","uuid":"…","created":"…","first":701,"prev":"…",
/// "last":812,"head":"…"}]}`, of a rehearsal store also `"rehearsal":true`.
package struct PackHeader: Sendable, Hashable {
  package var made: String
  package var store: String
  package var isRehearsal: Bool
  package var runs: [Run]

  package var lineCount: Int { runs.reduce(0) { $0 + $1.count } }

  /// The version of the form.
  package static let version = 1

  /// A stretch of a node's log without holes.
  package struct Run: Sendable, Hashable {
    /// As far as every reader of JSON counts exactly: no log has so many lines.
    static let greatestNumber = 1 << 53

    package var node: NodeIdentity
    package var first: Int
    /// The digest of the head in front of the first line.
    package var prev: String
    package var last: Int
    /// The digest of the last line's head.
    package var head: String

    package var count: Int { last - first + 1 }
    package var firstRef: EntryRef { EntryRef(node: node.code, sequence: first) }
    package var lastRef: EntryRef { EntryRef(node: node.code, sequence: last) }
  }

  var json: JSONValue {
    var members = [
      JSONMember("pack", .integer(PackHeader.version)), JSONMember("made", .string(made)),
      JSONMember("store", .string(store)),
    ]
    if isRehearsal { members.append(JSONMember("rehearsal", .bool(true))) }
    members.append(JSONMember("nodes", .array(runs.map(\.json))))
    return .object(members)
  }

  init(made: String, store: String, isRehearsal: Bool, runs: [Run]) {
    (self.made, self.store, self.isRehearsal, self.runs) = (made, store, isRehearsal, runs)
  }

  init(_ json: JSONValue) throws(PackFlaw.Reason) {
    guard let version = json["pack"]?.integer, version >= 1 else { throw .notAPack }
    if version > PackHeader.version { throw .newer(version) }
    guard let made = json["made"]?.string, let store = json["store"]?.string,
      let nodes = json["nodes"]?.array
    else { throw .notAPack }
    var (runs, codes, lines): ([Run], Set<NodeCode>, Int) = ([], [], 0)
    for node in nodes {
      guard let run = Run(node), codes.insert(run.node.code).inserted, run.count <= .max - lines
      else { throw .notAPack }
      runs.append(run)
      lines += run.count
    }
    self.init(
      made: made, store: store, isRehearsal: json["rehearsal"]?.bool ?? false, runs: runs)
  }
}

extension PackHeader.Run {
  var json: JSONValue {
    .object([
      JSONMember("node", .string(node.code.description)), JSONMember("uuid", .string(node.uuid)),
      JSONMember("created", .string(node.created)), JSONMember("first", .integer(first)),
      JSONMember("prev", .string(prev)), JSONMember("last", .integer(last)),
      JSONMember("head", .string(head)),
    ])
  }

  init?(_ json: JSONValue) {
    guard let code = json["node"]?.string.flatMap({ NodeCode($0) }),
      let uuid = json["uuid"]?.string, let created = json["created"]?.string,
      let first = json["first"]?.integer, let prev = json["prev"]?.string,
      let last = json["last"]?.integer, let head = json["head"]?.string,
      first >= 1, last >= first, last <= PackHeader.Run.greatestNumber,
      prev.utf8.count == SHA256.textLength,
      head.utf8.count == SHA256.textLength
    else { return nil }
    let node = NodeIdentity(code: code, uuid: uuid, created: created)
    self.init(node: node, first: first, prev: prev, last: last, head: head)
  }
}

/// Why a file is not taken for a pack, and at which of its lines. Nothing of it was taken.
package struct PackFlaw: Error, Sendable, Hashable {
  package let line: Int
  package let reason: Reason

  package enum Reason: Error, Sendable, Hashable {
    case notAPack
    /// By a newer Loggist.
    case newer(Int)
    /// A rehearsal's lines for a real record, or the other way round.
    case rehearsal(Bool)
    case line(ForeignLineFlaw)
    /// Neither of the node's stretch nor the next one of it.
    case outOfOrder(EntryRef)
    /// Blanked, and no entry here or in the store says so.
    case unproved(EntryRef)
    /// Evidence that is not what its name says, or in no order.
    case evidence
    /// Bytes that are no line, in front of a line that is not theirs.
    case gap
    /// The last line's sum is not that of those before it.
    case sum
    /// Ends before its last line.
    case cutOff
    /// Something behind its last line.
    case trailing
    case tooLong
  }
}
