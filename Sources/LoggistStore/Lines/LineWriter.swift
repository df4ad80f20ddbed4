internal import LoggistModel

/// Writes lines of the format, each linked to the one before it.
///
/// A line is `{"v":1,"node":…,"seq":…,"logged":…,"by":…,"via":…,"prev":…,["gap":…,]"digest":…,"entry":{…}}` and a line
/// break. Its *head* goes from `{` up to but without `,"entry":`; `prev` is the SHA-256 of the previous line's head, for
/// a node's first line that of the node's uuid as it stands in `node.json`; `digest` is that of the entry object's bytes;
/// `gap` that of all bytes between the previous line's end and this line's `{`, where there are any. All three are
/// base64url without padding.
struct LineWriter {
  let node: NodeCode
  private let name: String
  private let hasher = SHA256Hasher()

  init(node: NodeCode) {
    self.node = node
    name = node.description
  }

  struct Output {
    /// With the line break.
    var bytes: [UInt8]
    /// What the next line's `prev` is.
    var headDigest: String
  }

  func line(
    _ record: Record, entryBytes: [UInt8], prev: String, gap: String?
  ) -> Output {
    var writer = JSONWriter()
    writer.raw("{\"v\":")
    writer.raw(String(Record.version))
    writer.raw(",\"node\":")
    writer.write(name)
    writer.raw(",\"seq\":")
    writer.raw(String(record.ref.sequence))
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
    hasher.add(entryBytes)
    writer.write(hasher.base64URL())
    var bytes = writer.bytes
    hasher.add(bytes)
    let headDigest = hasher.base64URL()
    bytes.append(contentsOf: ",\"entry\":".utf8)
    bytes.append(contentsOf: entryBytes)
    bytes.append(contentsOf: "}\n".utf8)
    return Output(bytes: bytes, headDigest: headDigest)
  }

  static func bytes(of entry: Entry) -> [UInt8] {
    var writer = JSONWriter()
    entry.write(into: &writer)
    return writer.bytes
  }
}
