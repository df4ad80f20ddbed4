import LoggistModel
import LoggistStore

/// What the servers say of themselves: their versions, and when they flush.
struct ServerSurvey: Sendable, Hashable {
  private(set) var servers: [String: SyncReport.Server] = [:]

  /// Before this one a leader that was cut off replaced acknowledged messages by others.
  static let oldest = [2, 10, 27]

  /// Every server answers to this, whoever asks.
  static let versions = "$SYS.REQ.ACCOUNT.PING.STATZ"
  /// Only where the servers' configuration lends it to this account.
  static let policies = "$SYS.REQ.SERVER.PING.JSZ"

  mutating func take(_ bytes: [UInt8]) {
    guard let json = try? JSONText.parse(bytes), let server = json["server"],
      let name = server["name"]?.string ?? server["id"]?.string, let version = server["ver"]?.string
    else { return }
    var policy = servers[name]?.policy ?? .unknown
    if let configuration = json["data"]?["config"] {
      if configuration["sync_always"]?.bool == true {
        policy = .always
      } else if let nanoseconds = configuration["sync_interval"]?.integer {
        policy = .seconds(max(1, nanoseconds / 1_000_000_000))
      }
    }
    servers[name] = SyncReport.Server(
      name: printable(name), version: printable(version), policy: policy)
  }

  mutating func reset() { servers = [:] }

  var all: [SyncReport.Server] { servers.values.sorted { $0.name < $1.name } }

  static func isTooOld(_ version: String) -> Bool {
    let numbers = version.prefix { $0 != "-" }.split(separator: ".").map { Int($0) ?? 0 }
    return numbers.lexicographicallyPrecedes(oldest)
  }

  /// A single copy on a server that may lose what it acknowledged.
  func unflushed(replicas: Int) -> [SyncProblem] {
    guard replicas == 1 else { return [] }
    return all.compactMap { server in
      switch server.policy {
      case .always: nil
      case .seconds: .notFlushed(server)
      case .unknown: .policyUnknown(server: server.name)
      }
    }
  }

  var tooOld: [SyncReport.Server] { all.filter { ServerSurvey.isTooOld($0.version) } }
}
