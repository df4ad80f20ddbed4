internal import Glibc
package import LoggistModel

extension LogReader {
  /// The records that matter for one incident, without decoding the others.
  ///
  /// Those that name it, those that refer to one of these (`ref`), and those that these refer to, until nothing more
  /// comes; in the one order of all records. Cost: a search over the bytes of all logs (gigabytes a second), a few times.
  package static func records(
    about incident: IncidentID, in store: Store
  ) throws(StoreError) -> [Record] {
    var search = try IncidentSearch(store)
    search.takeLines(containing: Array("\"\(incident)\"".utf8))
    search.takeReferences()
    return search.records.sorted { $0.order < $1.order }
  }
}

/// The logs of a store as bytes, and the lines of them that were found to belong to an incident.
private struct IncidentSearch {
  private struct Segment {
    let node: NodeCode
    /// With readable bytes behind `count`.
    let bytes: [UInt8]
    let count: Int
    var taken: Set<Int> = []
  }

  private var segments: [Segment] = []
  private(set) var records: [Record] = []
  private var refs: Set<EntryRef> = []
  private let decoder = EntryDecoder()

  init(_ store: Store) throws(StoreError) {
    for node in store.nodes {
      for name in try store.segments(of: node.code) {
        guard let file = try? store.open(node.code, name, O_RDONLY) else { continue }
        defer { store.calls.close(file) }
        let bytes = try calling("pread", store.path(node.code, name)) {
          () throws(Errno) -> [UInt8] in
          let size = try store.calls.fstat(file).size
          return try store.calls.read(file, at: 0, count: size + JSONParser.padding)
        }
        let count = (bytes.lastIndex(of: 0x0A) ?? -1) + 1
        let padded = Array(bytes[..<count]) + Array(repeating: 0, count: JSONParser.padding)
        segments.append(Segment(node: node.code, bytes: padded, count: count))
      }
    }
  }

  mutating func takeLines(containing pattern: [UInt8]) {
    for index in segments.indices {
      let segment = segments[index]
      segment.bytes.withUnsafeBytes { bytes in
        let bytes = bytes[part: 0..<segment.count]
        var from = 0
        while let place = bytes.firstIndex(of: pattern, from: from) {
          from = takeLine(at: place, in: bytes, of: index)
        }
      }
    }
  }

  /// Follows references in both directions until nothing new comes.
  mutating func takeReferences() {
    var known = 0
    while records.count > known {
      let new = records[known...]
      known = records.count
      let targets = Set(new.compactMap(\.entry.ref)).subtracting(refs)
      for target in targets {
        takeLines(containing: Array("\"node\":\"\(target.node)\",\"seq\":\(target.sequence),".utf8))
      }
      takeLinesReferring()
    }
  }

  /// Lines whose `ref` names one that was taken.
  private mutating func takeLinesReferring() {
    let key = Array("\"ref\":\"".utf8)
    for index in segments.indices {
      let segment = segments[index]
      segment.bytes.withUnsafeBytes { bytes in
        let bytes = bytes[part: 0..<segment.count]
        var from = 0
        while let place = bytes.firstIndex(of: key, from: from) {
          from = place + key.count
          let name = bytes[from...].prefix(25).prefix { $0 != UInt8(ascii: "\"") }
          if let ref = EntryRef(String(decoding: name, as: UTF8.self)), refs.contains(ref) {
            from = takeLine(at: place, in: bytes, of: index)
          }
        }
      }
    }
  }

  /// Takes the line around a place, unless it was taken before; where the next one begins.
  private mutating func takeLine(
    at place: Int, in bytes: UnsafeRawBufferPointer, of index: Int
  ) -> Int {
    let start = bytes[part: 0..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let end = bytes.firstIndex(of: 0x0A, from: place) ?? bytes.count
    guard segments[index].taken.insert(start).inserted else { return end }
    var visitor = FoundVisitor(node: segments[index].node, decoder: decoder)
    var scanner = LineScanner(node: segments[index].node)
    _ = scanner.scan(bytes[part: start..<end], offset: start, number: 1, into: &visitor)
    for record in visitor.records {
      // A line written again after a failed flush stands twice.
      if !refs.insert(record.ref).inserted, records.contains(record) { continue }
      records.append(record)
    }
    return end
  }

  private struct FoundVisitor: LineVisitor {
    let node: NodeCode
    let decoder: EntryDecoder
    var records: [Record] = []

    mutating func visit(_ line: Line, at place: LinePlace, bytes: UnsafeRawBufferPointer) {
      records.append(line.record(node: node, decoder: decoder).0)
    }

    mutating func note(_ reason: FindingReason, at place: LinePlace) {}
  }
}
