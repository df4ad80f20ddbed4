internal import CSimdJSON
internal import LoggistModel

/// Makes records again of what an index kept: all of them but the salt and most texts. Not for two threads at once.
final class RecordMaker {
  private let decoder = EntryDecoder(.words)
  private var tokens = UnsafeMutableBufferPointer<JSONToken>.allocate(capacity: 128)

  private static let ways: [Record.Via] = [.tui, .cli, .import, .hook]

  deinit { tokens.deallocate() }

  func record(_ place: Int, of segment: IndexedSegment) -> Record {
    if let number = segment.other(place) { return segment.others[number] }
    let line = segment.lines[place]
    let at = Timestamp(
      Instant(milliseconds: line.at), offsetMinutes: Int(line.offset_minutes))
    var entry = Entry(segment.kind(of: line), segment.incident(of: place), at: at)
    if line.members_length > 0 { take(line, of: segment, into: &entry) }
    return Record(
      ref: EntryRef(node: segment.node, sequence: Int(line.sequence)),
      logged: Instant(milliseconds: line.logged), by: segment.names.users[Int(line.by)],
      via: RecordMaker.ways[Int(line.via)], entry: entry)
  }

  private func take(_ line: IndexedLine, of segment: IndexedSegment, into entry: inout Entry) {
    let (start, length) = (Int(line.members), Int(line.members_length))
    var count = 0
    while true {
      guard let room = tokens.baseAddress else { return }
      count = loggist_members_read(segment.members + start, length, room, tokens.count)
      // Text makes at most one token a byte.
      if count > 0 || tokens.count > length + 8 { break }
      let larger = tokens.count * 4
      tokens.deallocate()
      tokens = .allocate(capacity: larger)
    }
    let tape = JSONTape(tokens: UnsafeBufferPointer(rebasing: tokens[..<count]), doubledKey: nil)
    if count > 0 { decoder.takeMembers(of: 0, tape, into: &entry, fieldCount: 4) }
  }
}
