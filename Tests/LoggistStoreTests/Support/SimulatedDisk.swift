import Glibc
import LoggistStore
import Synchronization
import TestSupport

/// A disk in memory behind the seam of system calls: it knows what was flushed, fails on demand, and loses its power.
final class SimulatedDisk: Sendable {
  enum Call: String, CaseIterable, Sendable {
    case open, write, pwrite, pread, fdatasync, fsync, flock, fstat, lstat, fchmod, allocate
    case ftruncate, unlink, rename, mkdir, names
  }

  /// What a call does instead of its work.
  enum Fault: Sendable {
    case error(Errno)
    /// A write that takes only so many bytes.
    case short(Int)
  }

  struct State: Sendable {
    var nodes: [Int: Inode] = [0: Inode(isFolder: true)]
    var nextNode = 1
    var files: [Int32: OpenFile] = [:]
    var nextFile: Int32 = 3
    var locks: [Int: Int32] = [:]
    var counts: [Call: Int] = [:]
    /// Calls that change something, counted for the power cut.
    var changes = 0
    var time = 0
    var isDead = false
  }

  struct Inode: Sendable {
    var isFolder = false
    var mode: UInt32 = 0o600
    /// What a reader sees, and what the platter holds.
    var data: [UInt8] = []
    var kept: [UInt8] = []
    /// Writes since the last flush.
    var pending: [(offset: Int, bytes: [UInt8])] = []
    var names: [String: Int] = [:]
    var keptNames: [String: Int] = [:]
  }

  struct OpenFile: Sendable {
    var node: Int
    var isAppending: Bool
    var position = 0
    /// Of a flush that failed while this was open: every descriptor is told once, as Linux does.
    var failure: Errno?
  }

  let state: Mutex<State>
  /// Asked before each call: its kind, and how many of that kind came before.
  let fault: Mutex<(@Sendable (Call, Int) -> Fault?)?> = Mutex(nil)
  /// The power goes before the change of this number.
  let cut: Mutex<Int?> = Mutex(nil)
  /// Shown the disk before each call that changes something.
  let watch: Mutex<(@Sendable (State) -> Void)?> = Mutex(nil)
  /// Runs once, before the next `fdatasync`: what another process does between a write and its flush.
  let beforeFlush: Mutex<(@Sendable () -> Void)?> = Mutex(nil)
  /// Flushes that say "done" and have done nothing.
  let lying: Set<Call>

  init(_ state: State = State(), lying: Set<Call> = []) {
    self.state = Mutex(state)
    self.lying = lying
  }

  private func step<Result>(
    _ call: Call, _ path: String = "", isChange: Bool = false,
    _ body: (inout State, Fault?) throws(Errno) -> Result
  ) throws(Errno) -> Result {
    let (fault, cut) = (self.fault.withLock { $0 }, self.cut.withLock { $0 })
    let watch = isChange ? self.watch.withLock { $0 } : nil
    if call == .fdatasync {
      let action = beforeFlush.withLock { (action) -> (@Sendable () -> Void)? in
        defer { action = nil }
        return action
      }
      action?()
    }
    return try state.withLock { (state) throws(Errno) -> Result in
      if state.isDead { throw .inputOutput }
      let count = state.counts[call, default: 0]
      state.counts[call] = count + 1
      if isChange {
        if let cut, state.changes >= cut {
          state.isDead = true
          throw .inputOutput
        }
        state.changes += 1
        watch?(state)
      }
      let met = fault?(call, count)
      if case .error(let error) = met {
        if call == .fdatasync || call == .fsync { return try body(&state, met) }
        throw error
      }
      return try body(&state, met)
    }
  }

  var calls: SystemCalls {
    var calls = SystemCalls.real
    calls.open = { [self] (path, flags, mode) throws(Errno) in
      try step(.open, path, isChange: flags & (O_CREAT | O_TRUNC) != 0) {
        (state, _) throws(Errno) in
        try state.open(path, flags, mode)
      }
    }
    calls.close = { [self] file in
      state.withLock { state in
        if let node = state.files[file]?.node, state.locks[node] == file {
          state.locks[node] = nil
        }
        state.files[file] = nil
      }
    }
    calls.write = { [self] (file, bytes) throws(Errno) in
      try step(.write, isChange: true) { (state, fault) throws(Errno) in
        var count = bytes.count
        if case .short(let limit) = fault { count = min(limit, count) }
        let open = try state.file(file)
        let offset = open.isAppending ? state.size(of: file) : open.position
        state.files[file]?.position = offset + count
        state.write(file, Array(bytes.prefix(count)), at: offset)
        return count
      }
    }
    calls.pwrite = { [self] (file, bytes, offset) throws(Errno) in
      try step(.pwrite, isChange: true) { (state, _) throws(Errno) in
        state.write(file, Array(bytes), at: offset)
        return bytes.count
      }
    }
    calls.pread = { [self] (file, buffer, offset) throws(Errno) in
      try step(.pread) { (state, _) throws(Errno) in
        let data = state.nodes[try state.file(file).node]?.data ?? []
        guard offset < data.count else { return 0 }
        let part = data[offset..<min(data.count, offset + buffer.count)]
        buffer.copyBytes(from: part)
        return part.count
      }
    }
    calls.fdatasync = { [self] (file) throws(Errno) in
      try step(.fdatasync, isChange: true) { (state, fault) throws(Errno) in
        try state.flush(file, fault, lies: lying.contains(.fdatasync))
      }
    }
    calls.fsync = { [self] (file) throws(Errno) in
      try step(.fsync, isChange: true) { (state, fault) throws(Errno) in
        try state.flush(file, fault, lies: lying.contains(.fsync))
      }
    }
    calls.flock = { [self] (file, operation) throws(Errno) in
      try step(.flock) { (state, _) throws(Errno) in
        let node = try state.file(file).node
        if operation & LOCK_UN != 0 {
          if state.locks[node] == file { state.locks[node] = nil }
        } else if let holder = state.locks[node], holder != file {
          throw .wouldBlock
        } else {
          state.locks[node] = file
        }
      }
    }
    calls.fstat = { [self] (file) throws(Errno) in
      try step(.fstat) { (state, _) throws(Errno) in
        state.status(of: try state.file(file).node)
      }
    }
    calls.lstat = { [self] (path) throws(Errno) in
      try step(.lstat, path) { (state, _) throws(Errno) in
        state.status(of: try state.find(path))
      }
    }
    calls.fchmod = { [self] (file, mode) throws(Errno) in
      try step(.fchmod, isChange: true) { (state, _) throws(Errno) in
        state.nodes[try state.file(file).node]?.mode = mode
      }
    }
    calls.allocate = { [self] (file, length) throws(Errno) in
      try step(.allocate, isChange: true) { (state, _) throws(Errno) in
        _ = try state.file(file)
      }
    }
    calls.ftruncate = { [self] (file, length) throws(Errno) in
      try step(.ftruncate, isChange: true) { (state, _) throws(Errno) in
        let node = try state.file(file).node
        let (data, kept) = (state.nodes[node]?.data ?? [], state.nodes[node]?.kept ?? [])
        state.nodes[node]?.data = Array(data.prefix(length))
        state.nodes[node]?.kept = Array(kept.prefix(length))
        state.nodes[node]?.pending.removeAll { $0.offset >= length }
      }
    }
    calls.unlink = { [self] (path) throws(Errno) in
      try step(.unlink, path, isChange: true) { (state, _) throws(Errno) in
        _ = try state.find(path)
        let (folder, name) = try state.parent(path)
        state.nodes[folder]?.names[name] = nil
      }
    }
    calls.rename = { [self] (from, to) throws(Errno) in
      try step(.rename, from, isChange: true) { (state, _) throws(Errno) in
        let node = try state.find(from)
        let (source, sourceName) = try state.parent(from)
        let (target, targetName) = try state.parent(to)
        state.nodes[source]?.names[sourceName] = nil
        state.nodes[target]?.names[targetName] = node
      }
    }
    calls.mkdir = { [self] (path, mode) throws(Errno) in
      try step(.mkdir, path, isChange: true) { (state, _) throws(Errno) in
        if (try? state.find(path)) != nil { throw .exists }
        let (folder, name) = try state.parent(path)
        state.nodes[state.nextNode] = Inode(isFolder: true, mode: mode)
        state.nodes[folder]?.names[name] = state.nextNode
        state.nextNode += 1
      }
    }
    calls.names = { [self] (path) throws(Errno) in
      try step(.names, path) { (state, _) throws(Errno) in
        (state.nodes[try state.find(path)]?.names.keys).map { $0.sorted() } ?? []
      }
    }
    calls.fileSystem = { _ in 0xEF53 }
    calls.ticks = { [self] in state.withLock { $0.time } }
    calls.sleep = { [self] milliseconds in state.withLock { $0.time += max(1, milliseconds) } }
    calls.random = { count in Array(repeating: 7, count: count) }
    calls.user = { UserIdentity(id: 1000, name: "ama", process: 4711) }
    return calls
  }
}

extension SimulatedDisk.State {
  func file(_ file: Int32) throws(Errno) -> SimulatedDisk.OpenFile {
    guard let open = files[file] else { throw Errno(EBADF) }
    return open
  }

  func size(of file: Int32) -> Int {
    files[file].flatMap { nodes[$0.node]?.data.count } ?? 0
  }

  func find(_ path: String) throws(Errno) -> Int {
    var node = 0
    for part in path.split(separator: "/") {
      guard let next = nodes[node]?.names[String(part)] else { throw .missing }
      node = next
    }
    return node
  }

  func parent(_ path: String) throws(Errno) -> (Int, String) {
    let parts = path.split(separator: "/")
    guard let name = parts.last else { throw .exists }
    return (try find(parts.dropLast().joined(separator: "/")), String(name))
  }

  mutating func open(_ path: String, _ flags: Int32, _ mode: UInt32) throws(Errno) -> Int32 {
    var node: Int
    if let found = try? find(path) {
      if flags & O_EXCL != 0 { throw .exists }
      node = found
    } else {
      guard flags & O_CREAT != 0 else { throw .missing }
      let (folder, name) = try parent(path)
      node = nextNode
      nextNode += 1
      nodes[node] = SimulatedDisk.Inode(mode: mode)
      nodes[folder]?.names[name] = node
    }
    if flags & O_DIRECTORY != 0, nodes[node]?.isFolder != true { throw Errno(ENOTDIR) }
    if flags & O_TRUNC != 0 {
      nodes[node]?.data = []
      nodes[node]?.kept = []
      nodes[node]?.pending = []
    }
    files[nextFile] = SimulatedDisk.OpenFile(node: node, isAppending: flags & O_APPEND != 0)
    nextFile += 1
    return nextFile - 1
  }

  mutating func write(_ file: Int32, _ bytes: [UInt8], at offset: Int) {
    guard let node = files[file]?.node, var inode = nodes[node] else { return }
    inode.data.put(bytes, at: offset)
    inode.pending.append((offset, bytes))
    nodes[node] = inode
  }

  /// A failed flush drops what was to be written, and the next one knows nothing of it: what ext4, xfs and btrfs do.
  mutating func flush(
    _ file: Int32, _ fault: SimulatedDisk.Fault?, lies: Bool
  ) throws(Errno) {
    let node = try self.file(file).node
    if case .error(let error) = fault {
      nodes[node]?.pending = []
      for (other, open) in files where other != file && open.node == node {
        files[other]?.failure = error
      }
      throw error
    }
    if let failure = files[file]?.failure {
      files[file]?.failure = nil
      throw failure
    }
    if lies { return }
    guard var inode = nodes[node] else { return }
    for write in inode.pending { inode.kept.put(write.bytes, at: write.offset) }
    inode.pending = []
    inode.keptNames = inode.names
    nodes[node] = inode
  }

  func status(of node: Int) -> FileStatus {
    let inode = nodes[node] ?? SimulatedDisk.Inode()
    return FileStatus(
      device: 1, inode: UInt64(node), size: inode.data.count,
      mode: inode.mode | UInt32(inode.isFolder ? S_IFDIR : S_IFREG), owner: 1000, group: 1000)
  }
}

extension SimulatedDisk {
  /// The disk after the power came back: what was flushed, and of the rest what the choice keeps.
  ///
  /// - Parameter keeps: asked for each pending write (how many of its bytes) and each name that was not flushed.
  func afterPowerCut(_ keeps: (Int) -> Int) -> SimulatedDisk {
    var state = state.withLock { $0 }
    for node in state.nodes.keys.sorted() {
      guard var inode = state.nodes[node] else { continue }
      for write in inode.pending {
        inode.kept.put(Array(write.bytes.prefix(keeps(write.bytes.count))), at: write.offset)
      }
      for (name, child) in inode.names.sorted(by: { $0.key < $1.key })
      where inode.keptNames[name] != child {
        if keeps(1) > 0 { inode.keptNames[name] = child }
      }
      for (name, child) in inode.keptNames.sorted(by: { $0.key < $1.key })
      where inode.names[name] != child && keeps(1) > 0 {
        inode.keptNames[name] = inode.names[name]
      }
      (inode.data, inode.names, inode.pending) = (inode.kept, inode.keptNames, [])
      state.nodes[node] = inode
    }
    (state.files, state.locks, state.isDead, state.counts) = ([:], [:], false, [:])
    return SimulatedDisk(state)
  }

  /// How many calls that change something there were.
  var changes: Int { state.withLock { $0.changes } }

  /// How many calls of a kind there were.
  func count(of call: Call) -> Int { state.withLock { $0.counts[call, default: 0] } }
}

extension [UInt8] {
  mutating func put(_ bytes: [UInt8], at offset: Int) {
    if bytes.isEmpty { return }
    if count < offset { append(contentsOf: repeatElement(0, count: offset - count)) }
    let overlap = Swift.min(bytes.count, count - offset)
    replaceSubrange(offset..<offset + overlap, with: bytes)
  }
}
