internal import Glibc
internal import LoggistModel

extension Store {
  /// Opens a store folder.
  ///
  /// Refused: a store, its `store.json`, a node's folder or its `node.json` that everybody may write, a linked node's folder, a newer format for
  /// writing, a network file system for writing unless it is accepted. A broken `node.json` is a warning: its log is
  /// read all the same.
  package static func open(
    _ path: String, access: Access = .readWrite, acceptNetworkFileSystem: Bool = false,
    calls: SystemCalls = .real
  ) throws(StoreError) -> Store {
    let path = withoutTrailingSlash(path)
    let status: FileStatus
    do throws(Errno) {
      status = try calls.withFile(path, O_RDONLY | O_DIRECTORY) { (file) throws(Errno) in
        try calls.fstat(file)
      }
    } catch {
      throw error == .missing
        ? .noStore(path: path)
        : error.code == ENOTDIR ? .notAFolder(path: path) : .system("open", path, error)
    }
    if status.isWritableByAll { throw .unsafe(path: path, .writableByAll) }
    try refuseWritableByAll("\(path)/store.json", calls)
    let identity = try StoreFile.read(path, calls)
    var warnings: [Finding] = []
    if identity.format > Store.format {
      if access == .readWrite {
        throw .formatTooNew(path: "\(path)/store.json", format: identity.format)
      }
      warnings.append(Finding(path: "store.json", reason: .formatTooNew(identity.format)))
    }
    let magic = try calling("statfs", path) { () throws(Errno) in try calls.fileSystem(path) }
    switch FileSystem(magic: magic) {
    case .local: break
    case .memory: warnings.append(Finding(path: "", reason: .notDurable))
    case .network(let name):
      if access == .readWrite, !acceptNetworkFileSystem {
        throw .networkFileSystem(path: path, name: name)
      }
      warnings.append(Finding(path: "", reason: .networkFileSystem(name)))
    }
    let nodes = try readNodes(path, calls, &warnings)
    let store = Store(
      path: path, uuid: identity.uuid, created: identity.created,
      isRehearsal: identity.isRehearsal, seed: identity.seed, format: identity.format,
      nodes: nodes, access: access, isShared: status.isWritableByGroup, warnings: warnings,
      calls: calls, owner: status.owner, group: status.group)
    // A copy in which nobody logs is left as it is.
    if access == .readWrite, nodes.contains(where: \.isOwn) { Reserve(store).restore() }
    return store
  }

  /// The same store with the nodes that it has now: another machine's log may have come.
  package func refreshed() throws(StoreError) -> Store {
    var warnings: [Finding] = []
    let nodes = try Store.readNodes(path, calls, &warnings)
    return Store(
      path: path, uuid: uuid, created: created, isRehearsal: isRehearsal, seed: seed,
      format: format, nodes: nodes, access: access, isShared: isShared, warnings: self.warnings,
      calls: calls, owner: owner, group: group)
  }

  static func readNodes(
    _ path: String, _ calls: SystemCalls, _ warnings: inout [Finding]
  ) throws(StoreError) -> [Node] {
    let folder = "\(path)/nodes"
    if let status = try? calls.lstat(folder), status.isSymbolicLink {
      throw .unsafe(path: folder, .symbolicLink)
    }
    let names = try calling("readdir", folder) { () throws(Errno) in try calls.names(folder) }
    var nodes: [Node] = []
    for code in names.compactMap({ NodeCode($0) }) {
      let folder = "\(path)/\(relativeFolder(of: code))"
      let status = try calling("lstat", folder) { () throws(Errno) in try calls.lstat(folder) }
      if status.isSymbolicLink { throw .unsafe(path: folder, .symbolicLink) }
      guard status.isFolder else { continue }
      if status.isWritableByAll { throw .unsafe(path: folder, .writableByAll) }
      try refuseWritableByAll("\(folder)/node.json", calls)
      var uuid: String?
      switch NodeFile.read(folder, code: code, calls) {
      case .success(let read): uuid = read
      case .failure(let reason):
        warnings.append(
          Finding(path: "\(relativeFolder(of: code))/node.json", reason: reason.finding))
      }
      let isOwn = (try? calls.lstat("\(folder)/lock"))?.isRegular == true
      nodes.append(Node(code: code, uuid: uuid, isOwn: isOwn))
    }
    return nodes
  }

  /// Who may change what says who a store or a node is can make it another one.
  private static func refuseWritableByAll(
    _ path: String, _ calls: SystemCalls
  ) throws(StoreError) {
    guard let status = try? calls.lstat(path), !status.isSymbolicLink else { return }
    if status.isWritableByAll { throw .unsafe(path: path, .writableByAll) }
  }

  static func withoutTrailingSlash(_ path: String) -> String {
    var path = path
    while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
    return path
  }
}
