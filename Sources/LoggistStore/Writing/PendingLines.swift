internal import LoggistModel

/// Lines that are to be written: their entries as bytes, and what makes heads of them.
struct PendingLines {
  /// Of the first line; the next ones count on.
  let first: EntryRef
  /// When the first one is recorded; each next one is a millisecond later.
  let logged: Instant
  let via: Record.Via
  private let entries: EntryTexts
  /// Digits for the entries that have no salt, one behind the other.
  private let salts: [UInt8]
  private let line: LineWriter

  /// What a head, a salt and the end of a line take at most, escapes in an account's name apart: room to write into, no
  /// limit.
  private static let headRoom = 400

  init(
    _ entries: EntryTexts, from first: EntryRef, logged: Instant, by: String, via: Record.Via,
    _ random: RandomSource
  ) {
    (self.entries, self.first, self.logged, self.via) = (entries, first, logged, via)
    line = LineWriter(node: first.node, by: by, via: via)
    salts =
      entries.texts.allSatisfy(\.hasSalt)
      ? [] : random.salts(from: first, count: entries.texts.count)
  }

  var count: Int { entries.texts.count }

  /// The highest number of an incident that these lines open.
  var highestOpened: Int? {
    var highest: Int?
    for text in entries.texts where text.isOpening {
      guard let incident = text.incident, incident.node == first.node else { continue }
      highest = max(highest ?? 0, incident.number)
    }
    return highest
  }

  /// Writes the lines from a place on; where each of them ends among the writer's bytes.
  func write(
    from start: Int, prev: inout String, gap: String?, into writer: inout JSONWriter
  ) -> [Int] {
    writer.reserve(entries.bytes.count + (count - start) * PendingLines.headRoom)
    var (gap, lineEnds, head) = (gap, [Int](), Array(prev.utf8))
    lineEnds.reserveCapacity(count - start)
    let saltLength = salts.isEmpty ? 0 : RandomSource.saltLength
    head.withUnsafeMutableBytes { head in
      entries.bytes.withUnsafeBytes { bytes in
        salts.withUnsafeBytes { salts in
          for place in start..<count {
            line.write(
              entries.texts[place], of: bytes,
              salt: salts[part: (place * saltLength)..<((place + 1) * saltLength)],
              sequence: first.sequence + place,
              logged: logged + TimeSpan(milliseconds: Int64(place)), prev: head, gap: gap,
              into: &writer)
            gap = nil
            lineEnds.append(writer.count)
          }
        }
      }
    }
    prev = String(decoding: head, as: UTF8.self)
    return lineEnds
  }
}
