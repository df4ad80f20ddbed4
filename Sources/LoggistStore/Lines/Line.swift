internal import CSimdJSON
internal import LoggistModel

/// One line of a log as it stands in a buffer: its head's facts, and where its entry lies.
///
/// Borrowed from a `JSONTape`: its tokens are valid until the parser's next line.
struct Line {
  let version: Int
  let sequence: Int
  let logged: Instant
  let tape: JSONTape
  /// From `{` up to but without the comma before `"entry"`: what the next line's `prev` is the digest of.
  let headLength: Int
  /// The bytes of the entry object, from the line's `{` on.
  let entryRange: Range<Int>
  let entryToken: Int
  let hasMembersBehindEntry: Bool
  /// No line has a higher number, and no incident either: 15 digits are read everywhere, in JSON too.
  static let highestNumber = 999_999_999_999_999

  private let byToken: Int?
  private let viaToken: Int?
  private let prevToken: Int?
  private let gapToken: Int?
  private let digestToken: Int?

  var by: JSONToken? { byToken.map { tape.tokens[$0] } }
  var via: JSONToken? { viaToken.map { tape.tokens[$0] } }
  var prev: String? { prevToken.flatMap { tape.string($0) } }
  var gap: String? { gapToken.flatMap { tape.string($0) } }
  var digest: String? { digestToken.flatMap { tape.string($0) } }
  var doubledKey: String? { tape.doubledKey.map { tape.tokens[$0].string } }

  /// Why a JSON object is no line of this node's log.
  enum Failure: Error {
    case notAnObject
    case missing(String)
    case otherNode(String)
  }

  /// Reads the head; members may stand in any order. A version above ours needs less: it may have other checks.
  init(_ tape: JSONTape, node: [UInt8]) throws(Failure) {
    guard tape.isObject else { throw .notAnObject }
    var version: Int?, nodeToken: Int?, sequence: Int?, logged: Instant?
    var by: Int?, via: Int?, prev: Int?, gap: Int?, digest: Int?, entryKey: Int?
    var lastKey = 0
    let tokens = tape.tokens
    tape.eachMember(of: 0) { key in
      let name = tokens[key]
      let value = tokens[key + 1]
      lastKey = key
      // The first of a doubled member counts: a later one finds its place taken.
      if name.isText("v") {
        if version == nil { version = value.count ?? 0 }
      } else if name.isText("node") {
        if nodeToken == nil { nodeToken = key + 1 }
      } else if name.isText("seq") {
        if sequence == nil { sequence = value.count ?? 0 }
      } else if name.isText("logged") {
        if logged == nil, value.isString { logged = Timestamp(value)?.instant }
      } else if name.isText("by") {
        if by == nil, value.isString { by = key + 1 }
      } else if name.isText("via") {
        if via == nil, value.isString { via = key + 1 }
      } else if name.isText("prev") {
        if prev == nil, value.isString { prev = key + 1 }
      } else if name.isText("gap") {
        if gap == nil, value.isString { gap = key + 1 }
      } else if name.isText("digest") {
        if digest == nil, value.isString { digest = key + 1 }
      } else if name.isText("entry") {
        if entryKey == nil, value.isObject { entryKey = key }
      }
    }
    guard let version, version >= 1 else { throw .missing("v") }
    guard let nodeToken, tokens[nodeToken].isString else { throw .missing("node") }
    guard tokens[nodeToken].bytes.elementsEqual(node) else {
      throw .otherNode(tokens[nodeToken].string)
    }
    guard let sequence, sequence >= 1 else { throw .missing("seq") }
    guard let logged else { throw .missing("logged") }
    guard let entryKey else { throw .missing("entry") }
    if version == Record.version {
      if by == nil { throw .missing("by") }
      if via == nil { throw .missing("via") }
      if prev == nil { throw .missing("prev") }
      if digest == nil { throw .missing("digest") }
    }
    (self.version, self.sequence, self.logged, self.tape) = (version, sequence, logged, tape)
    (byToken, viaToken, prevToken, gapToken, digestToken) = (by, via, prev, gap, digest)
    let entry = tokens[entryKey + 1]
    entryToken = entryKey + 1
    entryRange = Int(entry.offset)..<Int(entry.offset + entry.length)
    hasMembersBehindEntry = lastKey != entryKey
    headLength = Line.headLength(source: tokens[0], key: tokens[entryKey])
  }

  private static func headLength(source: JSONToken, key: JSONToken) -> Int {
    var end = Int(key.offset - source.offset)
    while end > 1, source.text[end - 1] != UInt8(ascii: ",") { end -= 1 }
    return end > 1 ? end - 1 : 1
  }
}

extension Line {
  /// The line as a record, and why its entry had to be made into a note where it had to.
  func record(node: NodeCode, decoder: EntryDecoder) -> (Record, Entry.DecodingFailure?) {
    let (entry, failure) = decoder.entry(tape, at: entryToken, logged: logged)
    let record = Record(
      ref: EntryRef(node: node, sequence: sequence), logged: logged,
      by: by.map { decoder.name($0) } ?? "",
      via: Record.Via(rawValue: via.map { decoder.name($0) } ?? ""), entry: entry,
      version: version)
    return (record, failure)
  }
}
