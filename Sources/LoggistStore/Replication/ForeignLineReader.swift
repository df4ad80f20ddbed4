internal import LoggistModel

/// Reads lines of any node, wherever they come from. Not for two threads at once.
package final class ForeignLineReader {
  private let parser = JSONParser()
  private let decoder = EntryDecoder()
  private let hasher = SHA256Hasher()

  package init() {}

  /// - Parameter gap: the bytes that stood in front of it and are no line.
  package func read(
    _ line: [UInt8], gap: [UInt8] = [], placement: ForeignLine.Placement? = nil
  ) throws(ForeignLineFlaw) -> ForeignLine {
    let padded = line + [UInt8](repeating: 0, count: JSONParser.padding)
    var result: Result<ForeignLine, ForeignLineFlaw>?
    padded.withUnsafeBytes { buffer in
      result = Result { () throws(ForeignLineFlaw) in
        try read(buffer[part: 0..<line.count], gap: gap, placement: placement)
      }
    }
    guard let result else { throw .notALine(.notAnObject) }
    return try result.get()
  }

  /// The same from a buffer in which `JSONParser.padding` readable bytes follow.
  func read(
    _ bytes: UnsafeRawBufferPointer, gap: [UInt8], placement: ForeignLine.Placement? = nil
  ) throws(ForeignLineFlaw) -> ForeignLine {
    if bytes.count > LineScanner.lineLimit { throw .notALine(.tooLong) }
    let tape: JSONTape
    do throws(JSONText.Failure) {
      tape = try parser.parse(bytes)
    } catch {
      throw .notALine(.notJSON(error.reason))
    }
    guard tape.isObject else { throw .notALine(.notAnObject) }
    guard let node = ForeignLineReader.node(of: tape) else {
      throw .notALine(.notOurs(missing: "node"))
    }
    let line: Line
    do throws(Line.Failure) {
      line = try Line(tape, node: Array(node.description.utf8))
    } catch {
      switch error {
      case .notAnObject: throw .notALine(.notAnObject)
      case .missing(let name): throw .notALine(.notOurs(missing: name))
      case .otherNode(let name): throw .notALine(.otherNode(name))
      }
    }
    return try foreign(line, node, bytes, gap, placement)
  }

  /// The same of a line that was taken apart already.
  func foreign(
    _ line: Line, _ node: NodeCode, _ bytes: UnsafeRawBufferPointer, _ gap: [UInt8],
    _ placement: ForeignLine.Placement?
  ) throws(ForeignLineFlaw) -> ForeignLine {
    let ref = EntryRef(node: node, sequence: line.sequence)
    guard let prev = line.prev, let digest = line.digest else { throw .uncheckable(ref) }
    // What stands behind the entry or twice in the head, nothing vouches for.
    if line.hasMembersBehindEntry || line.doubledKey != nil || bytes.first != 0x7B
      || bytes.count != line.entryRange.upperBound + 1
    {
      throw .uncovered(ref)
    }
    if line.gap != (gap.isEmpty ? nil : SHA256.base64URL(gap)) { throw .gapDiffers(ref) }
    hasher.add(bytes[part: line.entryRange])
    let isWhole = hasher.base64URL() == digest
    let (entry, _) = decoder.entry(line.tape, at: line.entryToken, logged: line.logged)
    let blankedBy = isWhole ? nil : entry.redactedBy
    if !isWhole, blankedBy == nil { throw .altered(ref) }
    hasher.add(bytes[part: 0..<line.headLength])
    return ForeignLine(
      ref: ref, logged: line.logged, prev: prev, head: hasher.base64URL(),
      bytes: Array(bytes), gap: gap, blankedBy: blankedBy,
      redacts: entry.kind == .redacted ? entry.ref : nil,
      evidence: entry.kind == .evidence && entry.source == nil && blankedBy == nil
        ? entry.string(.sha256).flatMap { EvidenceName($0) } : nil,
      placement: placement)
  }

  private static func node(of tape: JSONTape) -> NodeCode? {
    var node: String?
    tape.eachMember(of: 0) { key in
      if node == nil, tape.tokens[key].isText("node") { node = tape.string(key + 1) ?? "" }
    }
    return node.flatMap { NodeCode($0) }
  }
}
