internal import LoggistModel

/// What `store.json` says: `{"format":1,"store":"<uuid>","created":"…"}`, in a rehearsal also
/// `"rehearsal":true` and perhaps `"seed":"…"`.
struct StoreFile {
  var format = Store.format
  var uuid: String
  var created: String
  var isRehearsal = false
  var seed: String?

  static func read(_ store: String, _ calls: SystemCalls) throws(StoreError) -> StoreFile {
    let path = "\(store)/store.json"
    let bytes: [UInt8]
    do throws(Errno) {
      bytes = try calls.contents(of: path)
    } catch {
      if error == .missing { throw .noStore(path: store) }
      throw error == .isSymbolicLink
        ? .unsafe(path: path, .symbolicLink) : .system("open", path, error)
    }
    let json: JSONValue
    do throws(JSONText.Failure) {
      json = try JSONText.parse(bytes)
    } catch {
      throw .broken(path: path, why: "\(error.reason)")
    }
    guard let format = json["format"]?.integer, format >= 1 else {
      throw .broken(path: path, why: "no \"format\"")
    }
    guard let uuid = json["store"]?.string else {
      throw .broken(path: path, why: "no \"store\"")
    }
    return StoreFile(
      format: format, uuid: uuid, created: json["created"]?.string ?? "",
      isRehearsal: json["rehearsal"]?.bool ?? false, seed: json["seed"]?.string)
  }

  var bytes: [UInt8] {
    var members = [
      JSONMember("format", .integer(format)), JSONMember("store", .string(uuid)),
      JSONMember("created", .string(created)),
    ]
    if isRehearsal { members.append(JSONMember("rehearsal", .bool(true))) }
    if let seed { members.append(JSONMember("seed", .string(seed))) }
    return Array(JSONValue.object(members).text.utf8) + [0x0A]
  }
}

/// What `node.json` says: `{"node":"INC","uuid":"…","created":"…"}`.
struct NodeFile {
  var code: NodeCode
  var uuid: String
  var created: String

  enum Failure: Error {
    case missing
    case unreadable(Errno)
    case broken(String)
    case namedOtherwise(String)

    var finding: FindingReason {
      switch self {
      case .missing: .nodeFileMissing
      case .unreadable(let error): .unreadable(error)
      case .broken(let why): .nodeFileBroken(why)
      case .namedOtherwise(let name): .nodeNamedOtherwise(name)
      }
    }
  }

  /// The node's uuid.
  static func read(
    _ folder: String, code: NodeCode, _ calls: SystemCalls
  ) -> Result<String, Failure> {
    let bytes: [UInt8]
    do throws(Errno) {
      bytes = try calls.contents(of: "\(folder)/node.json")
    } catch {
      return .failure(error == .missing ? .missing : .unreadable(error))
    }
    let json: JSONValue
    do throws(JSONText.Failure) {
      json = try JSONText.parse(bytes)
    } catch {
      return .failure(.broken("\(error.reason)"))
    }
    guard let name = json["node"]?.string else { return .failure(.broken("no \"node\"")) }
    guard name == code.description else { return .failure(.namedOtherwise(name)) }
    guard let uuid = json["uuid"]?.string else { return .failure(.broken("no \"uuid\"")) }
    return .success(uuid)
  }

  var bytes: [UInt8] {
    let json = JSONValue.object([
      JSONMember("node", .string(code.description)), JSONMember("uuid", .string(uuid)),
      JSONMember("created", .string(created)),
    ])
    return Array(json.text.utf8) + [0x0A]
  }
}
