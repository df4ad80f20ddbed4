import LoggistDocuments
import LoggistModel
import LoggistStore

extension Session {
  /// What a document states besides the record: the moment, the zone, the heads of the logs at that moment.
  func documentContext(_ journal: Journal) throws -> DocumentContext {
    try documentContext(lastEntries: journal.lastEntries)
  }

  /// - Parameter lastEntries: of each node, by the moment that was asked for.
  func documentContext(lastEntries: [EntryRef]) throws -> DocumentContext {
    documentContext(
      heads: try lastEntries.compactMap { ref in
        try headDigest(of: ref).map {
          DocumentContext.Head(node: ref.node, text: "\(ref) \($0)")
        }
      })
  }

  private func documentContext(heads: [DocumentContext.Head]) -> DocumentContext {
    var context = DocumentContext(
      asOf: moment, style: style, version: EntryPoint.version, heads: heads,
      isRehearsal: store.isRehearsal, deskName: configuration.desk, targets: targets)
    context.isPresent = asOf == nil
    context.store = store.uuid
    return context
  }

  /// The chain head of each node as the files end now, in the form that `verify --since` takes: `INC.812:<digest>`.
  ///
  /// Cost: the end of one file a node.
  func headsNow() throws -> JSONValue {
    var heads: [JSONMember] = []
    for node in store.nodes.map(\.code).sorted() {
      guard let (ref, digest) = try RawLog.head(of: node, in: store) else { continue }
      heads.append(JSONMember(node.description, .string("\(ref):\(digest)")))
    }
    return .object(heads)
  }

  /// What a document states, for a screen that shows the present: nothing but the ends of the files is read.
  func documentContextNow() throws -> DocumentContext {
    guard asOf == nil else { return try documentContext(try journal()) }
    let heads = try store.nodes.map(\.code).sorted().compactMap { node in
      try RawLog.head(of: node, in: store).map { ref, digest in
        DocumentContext.Head(node: node, text: "\(ref) \(digest)")
      }
    }
    return documentContext(heads: heads)
  }

  /// SHA-256 of a line from `{` up to but without `,"entry":`, as docs/format.md defines a head's digest.
  private func headDigest(of ref: EntryRef) throws -> String? {
    // No string of a head can hold these bytes: its quotation marks are escaped.
    let name = Array("\"node\":\"\(ref.node)\",\"seq\":\(ref.sequence),".utf8)
    let entry = Array(",\"entry\":".utf8)
    guard let line = try RawLog.line(containing: name, of: ref.node, in: store),
      let end = line.firstPlace(of: entry)
    else { return nil }
    return SHA256.base64URL(line[..<end])
  }
}
