internal import Glibc
package import LoggistModel

/// What a new store is to be.
package struct StoreCreation: Sendable {
  package var node: NodeCode
  /// Both go into `config.yaml`, unless there is one.
  package var desk: String?
  package var zone: String?
  /// Who makes it, for `people` there: the account and the person's name.
  package var person: (account: String, name: String)?
  package var isShared: Bool
  package var isRehearsal: Bool
  /// Of a rehearsal alone.
  package var seed: String?
  package var now: Instant

  package init(
    node: NodeCode, desk: String? = nil, zone: String? = nil,
    person: (account: String, name: String)? = nil, isShared: Bool = false,
    isRehearsal: Bool = false, seed: String? = nil, now: Instant
  ) {
    (self.node, self.desk, self.zone, self.isShared) = (node, desk, zone, isShared)
    self.person = person
    (self.isRehearsal, self.seed, self.now) = (isRehearsal, seed, now)
  }
}

extension Store {
  /// Whether there is nothing at a path that could be opened as a store.
  package static func isMissing(at path: String, calls: SystemCalls = .real) -> Bool {
    do throws(StoreError) {
      _ = try open(path, access: .readOnly, calls: calls)
    } catch .noStore {
      return true
    } catch {}
    return false
  }

  /// Makes a store and opens it. `store.json` comes last: a creation that was cut off is no store and can be repeated.
  package static func create(
    at path: String, options: StoreCreation, acceptNetworkFileSystem: Bool = false,
    calls: SystemCalls = .real
  ) throws(StoreError) -> Store {
    let path = withoutTrailingSlash(path)
    let folderMode: UInt32 = options.isShared ? 0o2770 : 0o700
    let fileMode: UInt32 = options.isShared ? 0o660 : 0o600
    try makeRoom(path, folderMode, calls)
    let random = RandomSource(
      seed: options.isRehearsal ? options.seed : nil, random: calls.random)
    let created = Timestamp.utcText(options.now)
    try calling("create", path) { () throws(Errno) in
      try calls.makeFolder("\(path)/nodes", mode: folderMode)
      try calls.makeFolder("\(path)/evidence", mode: folderMode)
      if options.desk != nil || options.zone != nil || options.person != nil {
        let config = "\(path)/config.yaml"
        if (try? calls.lstat(config)) == nil {
          try calls.replace(config, with: configuration(options), mode: fileMode)
        }
      }
      try makeNode(path, options.node, created, random, folderMode, fileMode, calls)
      try calls.syncFolder("\(path)/nodes")
      let identity = StoreFile(
        uuid: random.uuid("store"), created: created, isRehearsal: options.isRehearsal,
        seed: options.isRehearsal ? options.seed : nil)
      try calls.replace("\(path)/store.json", with: identity.bytes, mode: fileMode)
      try calls.syncFolder(LoggistStore.folder(of: path))
    }
    return try open(
      path, access: .readWrite, acceptNetworkFileSystem: acceptNetworkFileSystem, calls: calls)
  }

  /// Makes a second node's folder in this store, for a machine that shares it by replication.
  package func addNode(_ code: NodeCode, now: Instant) throws(StoreError) -> Store {
    if node(code) != nil { throw .alreadyAStore(path: folder(of: code)) }
    let random = RandomSource(seed: seed, random: calls.random)
    try calling("create", folder(of: code)) { () throws(Errno) in
      try Store.makeNode(
        path, code, Timestamp.utcText(now), random, folderMode, fileMode, calls)
      try calls.syncFolder("\(path)/nodes")
    }
    return try Store.open(path, access: access, acceptNetworkFileSystem: true, calls: calls)
  }

  private static func makeNode(
    _ path: String, _ code: NodeCode, _ created: String, _ random: RandomSource,
    _ folderMode: UInt32, _ fileMode: UInt32, _ calls: SystemCalls
  ) throws(Errno) {
    let folder = "\(path)/\(relativeFolder(of: code))"
    try calls.makeFolder(folder, mode: folderMode)
    if case .failure = NodeFile.read(folder, code: code, calls) {
      let identity = NodeFile(code: code, uuid: random.uuid("node \(code)"), created: created)
      try calls.replace("\(folder)/node.json", with: identity.bytes, mode: fileMode)
    }
    try calls.withFile("\(folder)/lock", O_RDWR | O_CREAT | O_NOFOLLOW, mode: fileMode) {
      (file) throws(Errno) in
      try calls.fchmod(file, fileMode)
    }
    try calls.syncFolder(folder)
  }

  /// Makes the folder, and those above it that are missing; refuses one with other things in it.
  private static func makeRoom(
    _ path: String, _ mode: UInt32, _ calls: SystemCalls
  ) throws(StoreError) {
    if let names = try? calls.names(path) {
      if names.contains("store.json") { throw .alreadyAStore(path: path) }
      let own = [
        "nodes", "evidence", "reserve", "config.yaml", "config.yaml.new", "store.json.new",
      ]
      if !names.allSatisfy(own.contains) { throw .notEmpty(path: path) }
    } else {
      let above = LoggistStore.folder(of: path)
      if (try? calls.lstat(above)) == nil, above != path { try makeRoom(above, 0o755, calls) }
    }
    do throws(Errno) {
      // Where the store lies may be a link; nothing in it is.
      if (try? calls.lstat(path)) == nil { try calls.makeFolder(path, mode: mode) }
      try calls.withFile(path, O_RDONLY | O_DIRECTORY) { (file) throws(Errno) in
        // A folder that an administrator has made ready belongs to him: only its owner may set what is set already.
        if try calls.fstat(file).mode & 0o7777 != mode { try calls.fchmod(file, mode) }
      }
    } catch {
      throw error.code == ENOTDIR ? .notAFolder(path: path) : .system("mkdir", path, error)
    }
  }

  private static func configuration(_ options: StoreCreation) -> [UInt8] {
    var text = "# Everything here is optional; docs/config.md explains each key.\n"
    if let desk = options.desk { text += "desk: \(JSONValue.string(desk).text)\n" }
    if let zone = options.zone { text += "zone: \(zone)\n" }
    if let person = options.person {
      let (account, name) = (JSONValue.string(person.account), JSONValue.string(person.name))
      text += "people:\n  \(account.text): {name: \(name.text)}\n"
    }
    return Array(text.utf8)
  }
}
