internal import Glibc
package import LoggistModel

/// The files that are kept with a store, each under the SHA-256 of its bytes in `evidence/`.
package struct EvidenceFolder: Sendable {
  private let store: Store

  /// So many bytes a file may have where the configuration says nothing: 64 MiB.
  package static let standardLimit = 64 << 20

  package init(_ store: Store) { self.store = store }

  /// A file as it was taken in.
  package struct Kept: Sendable, Hashable {
    package let name: EvidenceName
    package let size: Int
    package let mediaType: String
    /// No file of that name was there before.
    package fileprivate(set) var isNew = true
  }

  /// What a check of a file finds.
  package enum Condition: Sendable, Hashable {
    case whole, missing, altered
  }

  /// Copies a file in. When this returns the copy is on the disk, under its name: only then may an entry name it.
  ///
  /// It is written under a passing name, flushed, and renamed; bytes that are there already are kept once. A copy of
  /// the same name whose bytes were altered is replaced by the good one.
  package func keep(_ path: String, limit: Int = standardLimit) throws(StoreError) -> Kept {
    guard store.access == .readWrite else { throw .readOnly(path: store.path) }
    let calls = store.calls
    let source = try calling("open", path) { () throws(Errno) in
      try calls.open(path, O_RDONLY | O_NONBLOCK, 0)
    }
    defer { calls.close(source) }
    let status = try calling("fstat", path) { () throws(Errno) in try calls.fstat(source) }
    guard status.isRegular else { throw .notEvidence(path: path, .notAFile) }
    guard status.size <= limit else {
      throw .notEvidence(path: path, .tooLarge(size: status.size, limit: limit))
    }
    return try keep(path, limit: limit) { (offset) throws(StoreError) in
      try calling("pread", path) { () throws(Errno) in
        try calls.read(source, at: offset, count: 1 << 18)
      }
    }
  }

  /// Takes a file in whose name is known, from pieces in their order; what they make has to be it.
  package func keep(
    _ name: EvidenceName, from next: () throws(StoreError) -> [UInt8]?
  ) throws(StoreError) {
    _ = try keep(name.path, as: name, limit: .max) { (_) throws(StoreError) in try next() ?? [] }
  }

  /// - Parameters:
  ///   - path: what is read, for the sentence where it fails.
  ///   - read: bytes from an offset on; none at the end.
  private func keep(
    _ path: String, as name: EvidenceName? = nil, limit: Int,
    _ read: (Int) throws(StoreError) -> [UInt8]
  ) throws(StoreError) -> Kept {
    let calls = store.calls
    let folder = "\(store.path)/evidence"
    try makeFolder(folder)
    let passing = "\(folder)/\(hex(calls.random(8))).new"
    do throws(StoreError) {
      var kept = try copy(path, to: passing, limit: limit, read)
      if let name, kept.name != name { throw .notEvidence(path: path, .changed) }
      kept.isNew = !contains(kept.name)
      try putInPlace(passing, as: kept.name)
      return kept
    } catch {
      try? calls.unlink(passing)
      throw error
    }
  }

  /// Copies a file in once more where it has gone since: the redaction of an entry that had the same bytes takes them
  /// away while nobody else has logged that he keeps them, too.
  package func restore(
    _ kept: Kept, from path: String, limit: Int = standardLimit
  ) throws(StoreError) {
    if (try? store.calls.lstat("\(store.path)/\(kept.name.path)")) != nil { return }
    guard try keep(path, limit: limit).name == kept.name else {
      throw .notEvidence(path: path, .changed)
    }
  }

  private func copy(
    _ path: String, to passing: String, limit: Int, _ read: (Int) throws(StoreError) -> [UInt8]
  ) throws(StoreError) -> Kept {
    let calls = store.calls
    let target = try calling("create", passing) { () throws(Errno) in
      try calls.open(passing, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, store.fileMode)
    }
    defer { calls.close(target) }
    try calling("create", passing) { () throws(Errno) in try calls.fchmod(target, store.fileMode) }
    let hasher = SHA256Hasher()
    var (size, start) = (0, [UInt8]())
    while true {
      let bytes = try read(size)
      if bytes.isEmpty { break }
      if size == 0 { start = Array(bytes.prefix(512)) }
      size += bytes.count
      // It may grow while it is read.
      if size > limit { throw .notEvidence(path: path, .tooLarge(size: size, limit: limit)) }
      hasher.add(bytes)
      try calling("write", passing) { () throws(Errno) in try calls.writeAll(target, bytes) }
    }
    if size == 0 { throw .notEvidence(path: path, .empty) }
    try calling("fsync", passing) { () throws(Errno) in try calls.fsync(target) }
    return Kept(
      name: EvidenceName(digest: hasher.digest()), size: size, mediaType: MediaType.of(start))
  }

  private func putInPlace(_ passing: String, as name: EvidenceName) throws(StoreError) {
    let calls = store.calls
    let folder = "\(store.path)/\(name.folder)"
    try makeFolder(folder)
    let path = "\(store.path)/\(name.path)"
    // Renamed over what is there: the same bytes, or bytes that somebody altered.
    try calling("rename", path) { () throws(Errno) in try calls.rename(passing, path) }
    try calling("fsync", folder) { () throws(Errno) in
      try calls.syncFolder(folder)
      try calls.syncFolder("\(store.path)/evidence")
    }
  }

  private func makeFolder(_ folder: String) throws(StoreError) {
    try refuseLink(folder)
    try calling("mkdir", folder) { () throws(Errno) in
      try store.calls.makeFolder(folder, mode: store.folderMode)
    }
    let status = try calling("lstat", folder) { () throws(Errno) in
      try store.calls.lstat(folder)
    }
    if status.isWritableByAll { throw .unsafe(path: folder, .writableByAll) }
  }

  /// Nothing is written to, or taken from, a place that a link in the store names.
  private func refuseLink(_ folder: String) throws(StoreError) {
    if let status = try? store.calls.lstat(folder), status.isSymbolicLink {
      throw .unsafe(path: folder, .symbolicLink)
    }
  }

  /// Reads a file from one end to the other and compares it with its name.
  package func check(_ name: EvidenceName) throws(StoreError) -> Condition {
    let hasher = SHA256Hasher()
    let isThere = try read(name) { (bytes) throws(StoreError) in hasher.add(bytes) }
    guard isThere else { return .missing }
    return hex(hasher.digest()) == name.description ? .whole : .altered
  }

  /// Hands a file over in pieces; false where there is none, or a link or a folder in its place.
  package func read(
    _ name: EvidenceName, into take: ([UInt8]) throws(StoreError) -> Void
  ) throws(StoreError) -> Bool {
    let (calls, path) = (store.calls, "\(store.path)/\(name.path)")
    let file: Int32
    do throws(Errno) {
      file = try calls.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0)
    } catch {
      if error == .missing || error == .isSymbolicLink || error.code == ENOTDIR { return false }
      throw .system("open", path, error)
    }
    defer { calls.close(file) }
    let status = try calling("fstat", path) { () throws(Errno) in try calls.fstat(file) }
    guard status.isRegular else { return false }
    var offset = 0
    while true {
      let bytes = try calling("pread", path) { () throws(Errno) in
        try calls.read(file, at: offset, count: 1 << 18)
      }
      if bytes.isEmpty { return true }
      offset += bytes.count
      try take(bytes)
    }
  }

  /// A part of a file, and the size of all of it; nil where there is no such file, or it ends before that.
  package func piece(
    of name: EvidenceName, at offset: Int, limit: Int
  ) throws(StoreError) -> (bytes: [UInt8], size: Int)? {
    guard contains(name) else { return nil }
    let path = "\(store.path)/\(name.path)"
    return try calling("open", path) { () throws(Errno) in
      try store.calls.withFile(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK) { (file) throws(Errno) in
        let size = try store.calls.fstat(file).size
        guard offset < size else { return nil }
        return (try store.calls.read(file, at: offset, count: limit), size)
      }
    }
  }

  /// There is a file of that name, whatever is in it.
  package func contains(_ name: EvidenceName) -> Bool {
    (try? store.calls.lstat("\(store.path)/\(name.path)"))?.isRegular ?? false
  }

  /// Files that entries name and that are not here, and which entries. Cost: that of `LogBytes`.
  package func missing() throws(StoreError) -> [EvidenceName: Set<EntryRef>] {
    var missing: [EvidenceName: Set<EntryRef>] = [:]
    var (logs, visited) = (try LogBytes(store), LogBytes.Visited())
    let decoder = EntryDecoder()
    let word = Array("\"\(Kind.evidence.name)\"".utf8)
    logs.eachLine(containing: word, except: &visited) { line, node, _, _ in
      let (record, _) = line.record(node: node, decoder: decoder)
      // An imported entry speaks of the store that it comes from.
      guard record.entry.kind == .evidence, record.entry.source == nil, !record.entry.isRedacted,
        let name = record.entry.string(.sha256).flatMap({ EvidenceName($0) })
      else { return }
      missing[name, default: []].insert(record.ref)
    }
    return missing.filter { !contains($0.key) }
  }

  /// Takes a file away that was taken in for nothing; not where an entry names it. Cost: that of `LogBytes`.
  package func drop(_ name: EvidenceName) throws(StoreError) {
    var logs = try LogBytes(store)
    if !EvidenceFolder.isNamed(name, in: &logs) { try remove(name) }
  }

  /// Whether an entry that stands keeps this file.
  ///
  /// - Parameter refs: entries that do not count.
  static func isNamed(
    _ name: EvidenceName, in logs: inout LogBytes, besides refs: Set<EntryRef> = []
  ) -> Bool {
    var (visited, isNamed) = (LogBytes.Visited(), false)
    let decoder = EntryDecoder()
    logs.eachLine(containing: Array(name.description.utf8), except: &visited) { line, node, _, _ in
      let (record, _) = line.record(node: node, decoder: decoder)
      if record.entry.kind == .evidence, !refs.contains(record.ref),
        record.entry.string(.sha256) == name.description
      {
        isNamed = true
      }
    }
    return isNamed
  }

  /// Bytes of a file that is there.
  func size(of name: EvidenceName) throws(StoreError) -> Int {
    let path = "\(store.path)/\(name.path)"
    return try calling("lstat", path) { () throws(Errno) in try store.calls.lstat(path).size }
  }

  /// Takes a file away for good; one that is not there is none.
  func remove(_ name: EvidenceName) throws(StoreError) {
    let (calls, path) = (store.calls, "\(store.path)/\(name.path)")
    try refuseLink("\(store.path)/evidence")
    try refuseLink("\(store.path)/\(name.folder)")
    do throws(Errno) {
      do throws(Errno) {
        try calls.unlink(path)
      } catch {
        if error != .missing { throw error }
      }
      // Where it is gone already, too: whoever took it away may have been killed before this.
      try calls.syncFolder("\(store.path)/\(name.folder)")
    } catch {
      if error != .missing, error.code != ENOTDIR { throw .system("unlink", path, error) }
    }
  }

  /// Every file that is there, whoever names it, and the passing ones that a crash has left.
  func contents() -> (kept: [EvidenceName], others: [String]) {
    var (kept, others) = ([EvidenceName](), [String]())
    for folder in (try? store.calls.names("\(store.path)/evidence")) ?? [] {
      guard folder.utf8.count == 2 else {
        others.append("evidence/\(folder)")
        continue
      }
      for name in (try? store.calls.names("\(store.path)/evidence/\(folder)")) ?? [] {
        if let name = EvidenceName(name), name.description.hasPrefix(folder) {
          kept.append(name)
        } else {
          others.append("evidence/\(folder)/\(name)")
        }
      }
    }
    return (kept, others)
  }
}

/// Why a file is not taken in as evidence.
package enum EvidenceRefusal: Sendable, Hashable {
  case notAFile
  case empty
  /// It is not any more what it was when its entry was made.
  case changed
  case tooLarge(size: Int, limit: Int)
}
