internal import LoggistModel

/// An entry that is to be blanked: where its bytes lie and what stays of it.
struct FoundEntry {
  let segment: SegmentName
  /// In the file.
  let entry: Range<Int>
  /// What stands there, as far as it can be read.
  let content: Entry
  /// Who took its words out, where nothing stands there but what a redaction leaves.
  let redactor: EntryRef?

  private init(segment: SegmentName, entry: Range<Int>, content: Entry, redactor: EntryRef?) {
    (self.segment, self.entry) = (segment, entry)
    (self.content, self.redactor) = (content, redactor)
  }

  init(_ line: Line, segment: SegmentName, offset: Int) {
    let json = line.tape.value(line.entryToken)
    self.segment = segment
    entry = offset + line.entryRange.lowerBound..<offset + line.entryRange.upperBound
    let content = FoundEntry.content(json, logged: line.logged)
    self.content = content
    // Sectors of the old text may stand behind that member after a power cut, and be JSON all the same.
    let redactor = json["redacted"]?.string.flatMap { EntryRef($0) }
    self.redactor = redactor.flatMap { content.redacted(by: $0).json == json ? $0 : nil }
  }

  /// In the same length; nil where not even that fits, which happens to no line of ours: the salt is longer.
  func blanked(by redactor: EntryRef) -> [UInt8]? {
    var bytes = Array(content.redacted(by: redactor).json.text.utf8)
    guard bytes.count <= entry.count else { return nil }
    bytes.insert(
      contentsOf: repeatElement(0x20, count: entry.count - bytes.count), at: bytes.count - 1)
    return bytes
  }

  private static func content(_ json: JSONValue, logged: Instant) -> Entry {
    (try? Entry(json: json))
      ?? Entry(
        Kind(name: json["kind"]?.string ?? ""), json["incident"]?.string.flatMap { IncidentID($0) },
        at: Timestamp(logged))
  }
}

extension FoundEntry {
  /// An entry that a power cut left half blanked: some sectors hold what stood there, others what was to stand there, and
  /// together they are no JSON.
  ///
  /// Only a redaction writes on bytes that were flushed, and only from the entry's `{` to its `}`: the head before it and
  /// the end of line are whole. Kind, incident and time stand in the same bytes before and after; what else a redaction
  /// keeps is kept where it can still be read.
  ///
  /// - Parameters:
  ///   - refs: those that are looked for, of the segment's node.
  static func torn(
    _ refs: Set<EntryRef>, in segment: LogBytes.Segment
  ) -> [EntryRef: FoundEntry] {
    segment.bytes.withUnsafeBytes { bytes in
      torn(refs, in: bytes[part: 0..<segment.count], of: segment)
    }
  }

  /// The first of each.
  private static func torn(
    _ refs: Set<EntryRef>, in bytes: UnsafeRawBufferPointer, of segment: LogBytes.Segment
  ) -> [EntryRef: FoundEntry] {
    let opening = Array("{\"v\":\(Record.version),\"node\":\"\(segment.node)\",\"seq\":".utf8)
    let key = Array(",\"entry\":".utf8)
    var found: [EntryRef: FoundEntry] = [:]
    var from = 0
    while let start = bytes.firstIndex(of: opening, from: from) {
      from = start + opening.count
      let ref = EntryRef(node: segment.node, sequence: bytes[from...].leadingNumber)
      guard refs.contains(ref), found[ref] == nil, start == 0 || bytes[start - 1] == 0x0A else {
        continue
      }
      let end = bytes.firstIndex(of: 0x0A, from: from) ?? bytes.count
      guard let keyStart = bytes.firstIndex(of: key, from: from), keyStart + key.count < end - 2,
        let head = try? JSONText.parse(Array(bytes[start..<keyStart]) + [UInt8(ascii: "}")]),
        let logged = head["logged"]?.string.flatMap({ Timestamp($0) })
      else { continue }
      let entry = keyStart + key.count..<end - 1
      found[ref] = FoundEntry(
        segment: segment.name, entry: entry,
        content: content(members(of: bytes[part: entry]), logged: logged.instant), redactor: nil)
    }
    return found
  }

  /// The members at the front of a broken object, as many as can be read; of a text with a thousand commas not all.
  private static func members(of bytes: UnsafeRawBufferPointer) -> JSONValue {
    var read = JSONValue.object([])
    for end in bytes.places(of: Array(",\"".utf8)).prefix(64) {
      guard let object = try? JSONText.parse(Array(bytes[..<end]) + [UInt8(ascii: "}")]) else {
        continue
      }
      read = object
    }
    return read
  }
}

extension UnsafeRawBufferPointer.SubSequence {
  /// What its first digits say; at most 15 of them.
  var leadingNumber: Int {
    prefix(15).prefix { (0x30...0x39).contains($0) }.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
