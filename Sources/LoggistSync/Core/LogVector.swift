import LoggistModel
import LoggistStore

/// What one machine holds on its disk: how far each log goes without a hole, and the head there.
struct LogVector: Sendable, Hashable {
  /// Who says so.
  var node: NodeCode
  var logs: [NodeCode: LogPosition]
  /// It has just come and wants to know what the others hold.
  var isHello = false

  var bytes: [UInt8] {
    let logs = logs.sorted { $0.key < $1.key }.map { node, position in
      JSONMember(
        node.description, .array([.integer(position.sequence), .string(position.head)]))
    }
    var members = [JSONMember("v", .integer(1)), JSONMember("node", .string(node.description))]
    if isHello { members.append(JSONMember("hello", .bool(true))) }
    members.append(JSONMember("logs", .object(logs)))
    return Array(JSONValue.object(members).text.utf8)
  }

  init(node: NodeCode, logs: [NodeCode: LogPosition], isHello: Bool = false) {
    (self.node, self.logs, self.isHello) = (node, logs, isHello)
  }

  /// Nil where the bytes are no vector, or name another node than the one that they came from.
  init?(_ bytes: [UInt8], from node: NodeCode) {
    guard let json = try? JSONText.parse(bytes), json["node"]?.string == node.description,
      let members = json["logs"]?.members
    else { return nil }
    var logs: [NodeCode: LogPosition] = [:]
    for member in members {
      guard let code = NodeCode(member.name), let pair = member.value.array, pair.count == 2,
        let sequence = pair[0].integer, sequence >= 0, let head = pair[1].string,
        head.utf8.count == 43
      else { return nil }
      logs[code] = LogPosition(sequence: sequence, head: head)
    }
    self.init(node: node, logs: logs, isHello: json["hello"]?.bool ?? false)
  }
}
