import Glibc
import LoggistModel
import LoggistStore

/// The lines of a store's logs as bytes, for what must not go through a decoder.
struct RawLog {
  private let store: Store
  /// How far each segment was read.
  private var offsets: [String: Int] = [:]

  init(_ store: Store) {
    self.store = store
  }

  /// The whole lines that were appended since the last call, each with its end.
  ///
  /// Bytes behind the last line break are being written and come later. A file that was cut short is begun anew.
  mutating func news() throws -> [[UInt8]] {
    var lines: [[UInt8]] = []
    for node in try nodes() {
      for segment in try segments(of: node.code) {
        let path = store.path(node.code, segment)
        let (bytes, start) = try tail(of: path)
        guard let last = bytes.lastIndex(of: 0x0A) else { continue }
        for line in bytes[...last].split(separator: 0x0A) { lines.append(Array(line) + [0x0A]) }
        offsets[path] = start + last + 1
      }
    }
    return lines
  }

  /// Those that are there now: another machine's log may have come.
  private func nodes() throws -> [Store.Node] {
    do {
      return try store.refreshed().nodes
    } catch {
      throw Failure(error)
    }
  }

  private func segments(of node: NodeCode) throws -> [SegmentName] {
    do {
      return try store.segments(of: node)
    } catch {
      throw Failure(error)
    }
  }

  private func tail(of path: String) throws -> (bytes: [UInt8], start: Int) {
    let file = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard file >= 0 else { throw Failure("cannot read \(path): \(systemMessage(errno))") }
    defer { close(file) }
    let size = Int(lseek(file, 0, SEEK_END))
    var start = offsets[path] ?? 0
    if size < start { start = 0 }
    guard size > start else { return ([], start) }
    let bytes = [UInt8](unsafeUninitializedCapacity: size - start) { buffer, count in
      count = 0
      while count < buffer.count {
        let more = pread(
          file, buffer.baseAddress.map { $0 + count }, buffer.count - count, off_t(start + count))
        if more <= 0 { break }
        count += more
      }
    }
    return (bytes, start)
  }
}

extension RawLog {
  /// The last line of a node's log with these bytes in it, from its `{` on. Cost: a search over the bytes, newest first.
  static func line(
    containing pattern: [UInt8], of node: NodeCode, in store: Store
  ) throws -> ArraySlice<UInt8>? {
    let log = RawLog(store)
    for segment in try log.segments(of: node).reversed() {
      let bytes = try log.tail(of: store.path(node, segment)).bytes
      guard let place = bytes.firstPlace(of: pattern) else { continue }
      let start = bytes[..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      let end = bytes[place...].firstIndex(of: 0x0A) ?? bytes.count
      return bytes[start..<end].drop { $0 != UInt8(ascii: "{") }
    }
    return nil
  }
}

extension RandomAccessCollection where Element == UInt8, Index == Int {
  /// Where a pattern stands first.
  func firstPlace(of pattern: [UInt8]) -> Int? {
    guard let first = pattern.first else { return nil }
    let place = withContiguousStorageIfAvailable { bytes -> Int? in
      var from = 0
      while from + pattern.count <= bytes.count, let base = bytes.baseAddress {
        guard let found = memchr(base + from, Int32(first), bytes.count - from) else { return nil }
        let place = UnsafeRawPointer(found) - UnsafeRawPointer(base)
        guard place + pattern.count <= bytes.count else { return nil }
        if memcmp(base + place, pattern, pattern.count) == 0 { return place }
        from = place + 1
      }
      return nil
    }
    return (place ?? nil).map { startIndex + $0 }
  }
}

extension RawLog {
  /// The records at the end of a node's newest segment: what somebody has just logged. At most 64 KiB are read.
  static func recent(of node: NodeCode, in store: Store) throws -> [Record] {
    var log = RawLog(store)
    guard let segment = try log.segments(of: node).last else { return [] }
    let path = store.path(node, segment)
    var status = stat()
    guard lstat(path, &status) == 0 else { return [] }
    let start = max(0, Int(status.st_size) - 65_536)
    log.offsets[path] = start
    let lines = try log.tail(of: path).bytes.split(separator: 0x0A)
    // The first piece may be the end of a line.
    return lines.dropFirst(start == 0 ? 0 : 1).compactMap { record($0, node) }
  }

  /// The last whole line of a node's log and the digest of its head; nil where there is none.
  static func head(of node: NodeCode, in store: Store) throws -> (ref: EntryRef, digest: String)? {
    let entry = Array(",\"entry\":".utf8)
    for segment in try RawLog(store).segments(of: node).reversed() {
      let path = store.path(node, segment)
      var (room, isWhole) = (65_536, false)
      // A line may be longer than what was read: as much again each time.
      while !isWhole {
        var log = RawLog(store)
        var status = stat()
        guard lstat(path, &status) == 0 else { break }
        isWhole = room >= Int(status.st_size)
        log.offsets[path] = max(0, Int(status.st_size) - room)
        let bytes = try log.tail(of: path).bytes
        let lines = bytes[..<(bytes.lastIndex(of: 0x0A) ?? bytes.startIndex)].split(separator: 0x0A)
        for line in lines.dropFirst(isWhole ? 0 : 1).reversed() {
          let head = line.drop { $0 != UInt8(ascii: "{") }
          guard let record = record(head, node), let end = head.firstPlace(of: entry) else {
            continue
          }
          return (record.ref, SHA256.base64URL(head[..<end]))
        }
        room *= 4
      }
    }
    return nil
  }

  private static func record(_ line: ArraySlice<UInt8>, _ node: NodeCode) -> Record? {
    guard let json = try? JSONText.parse(line), let sequence = json["seq"]?.integer,
      let logged = json["logged"]?.string.flatMap({ Timestamp($0) }),
      let by = json["by"]?.string, let via = json["via"]?.string,
      let entry = json["entry"].flatMap({ try? Entry(json: $0) })
    else { return nil }
    return Record(
      ref: EntryRef(node: node, sequence: sequence), logged: logged.instant, by: by,
      via: Record.Via(rawValue: via), entry: entry)
  }
}
