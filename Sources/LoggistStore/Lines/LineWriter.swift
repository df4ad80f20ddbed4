internal import LoggistModel

/// Writes lines of the format, each linked to the one before it.
///
/// A line is `{"v":1,"node":…,"seq":…,"logged":…,"by":…,"via":…,"prev":…,["gap":…,]"digest":…,"entry":{…}}` and a line
/// break. Its *head* goes from `{` up to but without `,"entry":`; `prev` is the SHA-256 of the previous line's head, for
/// a node's first line that of the node's uuid as it stands in `node.json`; `digest` is that of the entry object's bytes;
/// `gap` that of all bytes between the previous line's end and this line's `{`, where there are any. All three are
/// base64url without padding.
struct LineWriter {
  /// What is the same in all lines of a batch: from `{"v":` to `"seq":`, and from behind `logged` to `"prev":"`.
  private let (front, middle): ([UInt8], [UInt8])

  init(node: NodeCode, by: String, via: Record.Via) {
    var writer = JSONWriter()
    writer.raw("{\"v\":")
    writer.write(Record.version)
    writer.raw(",\"node\":")
    writer.write(node.description)
    writer.raw(",\"seq\":")
    front = writer.bytes
    writer = JSONWriter()
    writer.raw(",\"by\":")
    writer.write(by)
    writer.raw(",\"via\":")
    writer.write(via.rawValue)
    writer.raw(",\"prev\":\"")
    middle = writer.bytes
  }

  /// Writes one line behind what the writer holds.
  ///
  /// - Parameters:
  ///   - entry: the entry; `bytes` is what it is a part of.
  ///   - salt: its salt's digits, where it has none yet.
  ///   - prev: the digest of the head before this one; afterwards that of this one.
  func write(
    _ entry: EntryText, of bytes: UnsafeRawBufferPointer, salt: UnsafeRawBufferPointer,
    sequence: Int, logged: Instant, prev: UnsafeMutableRawBufferPointer, gap: String?,
    into writer: inout JSONWriter
  ) {
    let start = writer.count
    front.withUnsafeBytes { writer.raw($0) }
    writer.write(sequence)
    writer.raw(",\"logged\":")
    writer.write(utc: logged)
    middle.withUnsafeBytes { writer.raw($0) }
    writer.raw(UnsafeRawBufferPointer(prev))
    writer.raw("\"")
    if let gap {
      writer.raw(",\"gap\":")
      writer.write(gap)
    }
    writer.raw(",\"digest\":\"")
    let digest = writer.leave(SHA256.textLength)
    writer.raw("\"")
    let headEnd = writer.count
    writer.raw(",\"entry\":")
    let entryStart = writer.count
    writer.raw(bytes[part: entry.front])
    if let incident = entry.incident { writer.writeMember(incident) }
    writer.raw(bytes[part: entry.body])
    if !entry.hasSalt {
      writer.raw(",\"salt\":\"")
      writer.raw(salt)
      writer.raw("\"")
    }
    writer.raw("}")
    writer.fill(digest..<(digest + SHA256.textLength)) { written, hole in
      SHA256.write(base64URLOf: written[part: entryStart..<written.count], into: hole)
      SHA256.write(base64URLOf: written[part: start..<headEnd], into: prev)
    }
    writer.raw("}\n")
  }
}
