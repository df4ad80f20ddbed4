import LoggistModel
import LoggistStore

/// A question for lines of a log or a part of a file that the log names, put to one machine that may hold them.
struct Fetch: Sendable, Hashable {
  var node: NodeCode
  var what: What

  enum What: Sendable, Hashable {
    /// From 0: the identity.
    case lines(from: Int, through: Int)
    case evidence(EvidenceName, at: Int)
  }

  init(node: NodeCode, from: Int, through: Int) {
    (self.node, what) = (node, .lines(from: from, through: through))
  }

  init(node: NodeCode, evidence name: EvidenceName, at offset: Int) {
    (self.node, what) = (node, .evidence(name, at: offset))
  }

  /// `{"node":"INC","from":7,"through":12}`, `{"node":"INC","evidence":"<sha256>","at":0}`.
  var bytes: [UInt8] {
    var members = [JSONMember("node", .string(node.description))]
    switch what {
    case .lines(let from, let through):
      members += [JSONMember("from", .integer(from)), JSONMember("through", .integer(through))]
    case .evidence(let name, let offset):
      members += [
        JSONMember("evidence", .string(name.description)), JSONMember("at", .integer(offset)),
      ]
    }
    return Array(JSONValue.object(members).text.utf8)
  }

  init?(_ bytes: [UInt8]) {
    guard let json = try? JSONText.parse(bytes),
      let node = json["node"]?.string.flatMap({ NodeCode($0) })
    else { return nil }
    if let from = json["from"]?.integer, let through = json["through"]?.integer, from >= 0,
      from <= through
    {
      self.init(node: node, from: from, through: through)
    } else if let name = json["evidence"]?.string.flatMap({ EvidenceName($0) }),
      let offset = json["at"]?.integer, offset >= 0
    {
      self.init(node: node, evidence: name, at: offset)
    } else {
      return nil
    }
  }
}
