internal import LoggistModel

/// Writes lines of the format, each linked to the one before it.
///
/// A line is `{"v":1,"node":…,"seq":…,"logged":…,"by":…,"via":…,"prev":…,["gap":…,]"digest":…,"entry":{…}}` and a line
/// break. Its *head* goes from `{` up to but without `,"entry":`; `prev` is the SHA-256 of the previous line's head, for
/// a node's first line that of the node's uuid as it stands in `node.json`; `digest` is that of the entry object's bytes;
/// `gap` that of all bytes between the previous line's end and this line's `{`, where there are any. All three are
/// base64url without padding.
struct LineWriter {
  private let name: String
  private let hasher = SHA256Hasher()

  init(node: NodeCode) {
    name = node.description
  }

  /// Writes one line behind what the writer holds.
  ///
  /// - Parameters:
  ///   - entry: the entry's bytes; `digest` is theirs.
  ///   - prev: the digest of the head before this one; afterwards that of this one.
  func write(
    _ record: Record, entry: UnsafeRawBufferPointer, digest: String, prev: inout String,
    gap: String?,
    into writer: inout JSONWriter
  ) {
    let start = writer.count
    writer.raw("{\"v\":")
    writer.write(Record.version)
    writer.raw(",\"node\":")
    writer.write(name)
    writer.raw(",\"seq\":")
    writer.write(record.ref.sequence)
    writer.raw(",\"logged\":")
    writer.write(utc: record.logged)
    writer.raw(",\"by\":")
    writer.write(record.by)
    writer.raw(",\"via\":")
    writer.write(record.via.rawValue)
    writer.raw(",\"prev\":")
    writer.write(prev)
    if let gap {
      writer.raw(",\"gap\":")
      writer.write(gap)
    }
    writer.raw(",\"digest\":")
    writer.write(digest)
    writer.withBytes { hasher.add($0[part: start..<$0.count]) }
    prev = hasher.base64URL()
    writer.raw(",\"entry\":")
    writer.raw(entry)
    writer.raw("}\n")
  }
}
