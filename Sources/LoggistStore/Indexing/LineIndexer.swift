internal import CSimdJSON
internal import LoggistModel

typealias IndexedLine = loggist_indexed_line

/// Makes the lines of an index from bytes: a C walk, without a value for any of them. Not for two threads at once.
final class LineIndexer {
  /// How much of the lines that are no plain ones is kept.
  let detail: EntryDetail
  private let state: OpaquePointer

  /// Kinds by the numbers that lines have for them.
  static let kinds = Kind.allKnown

  /// The same as plain memory, never given back.
  static let kindTable = {
    let table = UnsafeMutablePointer<Kind>.allocate(capacity: kinds.count)
    for (number, kind) in kinds.enumerated() { (table + number).initialize(to: kind) }
    return Table(kinds: table)
  }()

  struct Table: @unchecked Sendable {
    private let kinds: UnsafePointer<Kind>

    fileprivate init(kinds: UnsafePointer<Kind>) { self.kinds = kinds }

    subscript(number: Int) -> Kind { kinds[number] }
  }

  /// - Parameter kept: kinds whose text is kept with the other members.
  init(textsOf kept: Set<Kind>) {
    guard let state = loggist_line_index_new() else { preconditionFailure("out of memory") }
    self.state = state
    detail = kept.isEmpty ? .figures : .words
    for kind in LineIndexer.kinds {
      let name = Array(kind.name.utf8)
      loggist_line_index_add_kind(state, name, name.count, kept.contains(kind))
    }
  }

  deinit { loggist_line_index_free(state) }

  /// Takes lines from the front of some bytes, `JSONParser.padding` readable ones behind them, up to the first that is no
  /// plain one; how many bytes and lines those were.
  func take(
    _ bytes: UnsafeRawBufferPointer, of node: [UInt8], into segment: inout SegmentBuilder
  ) -> (bytes: Int, lines: Int) {
    guard let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return (0, 0) }
    var (place, count) = (0, 0)
    while place < bytes.count {
      let rest = bytes.count - place
      // No plain line is shorter.
      let room = rest / 200 + 1
      let read = segment.append(room: (room, rest)) { lines, members, before in
        loggist_line_index_read(
          state, start + place, rest, node, node.count, lines, room, members, before)
      }
      place += read.bytes
      count += read.lines
      if read.lines < room { break }
    }
    return (place, count)
  }

  /// Who recorded, by the numbers that lines have for them.
  var users: [String] {
    (0..<loggist_line_index_users(state)).map { number in
      name(number, loggist_line_index_user)
    }
  }

  /// Whose incidents they are, likewise.
  var nodes: [NodeCode?] {
    (0..<loggist_line_index_nodes(state)).map { number in
      NodeCode(name(number, loggist_line_index_node))
    }
  }

  private func name(
    _ number: Int,
    _ find: (OpaquePointer, Int, UnsafeMutablePointer<Int>) -> UnsafePointer<UInt8>
  ) -> String {
    var count = 0
    let start = find(state, number, &count)
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }
}
