internal import Glibc
package import LoggistModel

extension Store {
  /// `node.json` as it stands: what a copy of a node's log begins with.
  package func identity(of node: NodeCode) throws(StoreError) -> [UInt8] {
    let path = "\(folder(of: node))/node.json"
    return try calling("open", path) { () throws(Errno) in
      try calls.contents(of: path, limit: Store.identityLimit)
    }
  }

  /// Bytes of a `node.json` at most.
  private static let identityLimit = 4096

  /// The uuid that a `node.json` names for a node; nil where it is none of that node's.
  package static func uuid(in identity: [UInt8], of node: NodeCode) -> String? {
    guard identity.count <= identityLimit, let json = try? JSONText.parse(identity),
      json["node"]?.string == node.description, let uuid = json["uuid"]?.string, !uuid.isEmpty
    else { return nil }
    return uuid
  }

  /// Makes room for the copy of another machine's log, and opens the store anew with it. It gets no lock: nobody writes
  /// it here but who copies.
  ///
  /// A folder without an identity, as a crash or another tool's unfinished copy leaves it, gets this one: lines that do
  /// not follow from it are not taken for its log.
  package func adopt(_ node: NodeCode, identity: [UInt8]) throws(StoreError) -> Store {
    let folder = folder(of: node)
    try calling("create", folder) { () throws(Errno) in
      try calls.makeFolder(folder, mode: folderMode)
      let path = "\(folder)/node.json"
      if (try? calls.lstat(path)) == nil {
        try calls.replace(path, with: identity, mode: fileMode)
      }
      try calls.syncFolder("\(self.path)/nodes")
    }
    return try Store.open(path, access: access, acceptNetworkFileSystem: true, calls: calls)
  }
}
