internal import Glibc
package import LoggistModel

/// An opened store folder: where it lies, who it is, and whose logs it holds.
package struct Store: Sendable {
  package let path: String
  package let uuid: String
  package let created: String
  /// For training, samples and tests: a chosen clock is allowed, and what is exported says so.
  package let isRehearsal: Bool
  /// Of a rehearsal: what is random elsewhere follows from it, so that the store can be made again byte for byte.
  package let seed: String?
  package let format: Int
  package let nodes: [Node]
  package let access: Access
  /// Several accounts write it: group permissions instead of the owner's alone.
  package let isShared: Bool
  /// What a person should know before writing: not durable, a broken node, a newer format.
  package let warnings: [Finding]
  package let calls: SystemCalls
  let owner: UInt32
  let group: UInt32

  /// The version of the layout that this program writes.
  package static let format = 1

  package enum Access: Sendable, Hashable {
    case readOnly, readWrite
  }

  /// One machine's log.
  package struct Node: Sendable, Hashable {
    package let code: NodeCode
    /// As it stands in `node.json`; nil where that file is missing or broken.
    package let uuid: String?
    /// Written here: it has a `lock`, which a copy by replication does not get.
    package let isOwn: Bool
  }

  package func node(_ code: NodeCode) -> Node? { nodes.first { $0.code == code } }

  /// The node of this machine, where exactly one is.
  package var ownNode: NodeCode? {
    let own = nodes.filter(\.isOwn)
    return own.count == 1 ? own[0].code : nil
  }

  /// The node to write, chosen or the only one.
  package func ownNode(preferred: NodeCode?) throws(StoreError) -> NodeCode {
    if let preferred {
      guard node(preferred)?.isOwn == true else { throw .unknownNode(preferred) }
      return preferred
    }
    let own = nodes.filter(\.isOwn)
    guard let first = own.first else { throw .noOwnNode(path: path) }
    guard own.count == 1 else { throw .severalOwnNodes(own.map(\.code)) }
    return first.code
  }
}

/// Who a node is: what its `node.json` says.
package struct NodeIdentity: Sendable, Hashable {
  package let code: NodeCode
  package let uuid: String
  package let created: String

  package init(code: NodeCode, uuid: String, created: String) {
    (self.code, self.uuid, self.created) = (code, uuid, created)
  }
}

extension Store {
  /// Who a node of this store is; nil where its `node.json` does not say.
  package func nodeIdentity(of node: NodeCode) throws(StoreError) -> NodeIdentity? {
    let path = "\(folder(of: node))/node.json"
    let bytes = try calling("open", path) { () throws(Errno) in try calls.contents(of: path) }
    guard let json = try? JSONText.parse(bytes), let uuid = json["uuid"]?.string else { return nil }
    return NodeIdentity(code: node, uuid: uuid, created: json["created"]?.string ?? "")
  }

  /// `nodes/INC`, relative to the store.
  package static func relativeFolder(of node: NodeCode) -> String { "nodes/\(node)" }

  package func folder(of node: NodeCode) -> String { "\(path)/\(Store.relativeFolder(of: node))" }

  package func path(_ node: NodeCode, _ segment: SegmentName) -> String {
    "\(folder(of: node))/\(segment)"
  }

  package static func relativePath(_ node: NodeCode, _ segment: SegmentName) -> String {
    "\(relativeFolder(of: node))/\(segment)"
  }

  var fileMode: UInt32 { isShared ? 0o660 : 0o600 }
  var folderMode: UInt32 { isShared ? 0o2770 : 0o700 }

  /// The segments of a node's log, oldest first.
  package func segments(of node: NodeCode) throws(StoreError) -> [SegmentName] {
    let folder = folder(of: node)
    let names = try calling("readdir", folder) { () throws(Errno) in try calls.names(folder) }
    return names.compactMap { SegmentName($0) }.sorted()
  }

  /// Opens a segment and refuses what is no plain file of the store's people.
  func open(
    _ node: NodeCode, _ segment: SegmentName, _ flags: Int32
  ) throws(StoreError) -> Int32 {
    let path = path(node, segment)
    let file: Int32
    do throws(Errno) {
      file = try calls.open(path, flags | O_NOFOLLOW | O_NONBLOCK, fileMode)
    } catch {
      throw error == .isSymbolicLink
        ? .unsafe(path: path, .symbolicLink) : .system("open", path, error)
    }
    do throws(StoreError) {
      let status = try calling("fstat", path) { () throws(Errno) in try calls.fstat(file) }
      if let reason = unsafeReason(status) { throw .unsafe(path: path, reason) }
    } catch {
      calls.close(file)
      throw error
    }
    return file
  }

  /// Why a file may not be trusted to be a segment, or nil.
  func unsafeReason(_ status: FileStatus) -> UnsafeReason? {
    if status.isSymbolicLink { return .symbolicLink }
    if !status.isRegular { return .notRegular }
    if status.isWritableByAll { return .writableByAll }
    let isTrusted = status.owner == owner || status.owner == 0 || status.owner == calls.user().id
    if !isTrusted, !(isShared && status.group == group) { return .foreignOwner(status.owner) }
    return nil
  }
}
