internal import LoggistModel

/// A time that stands behind its text: `Database down (14:05 UTC)`, `Detected: 2021-01-05 14:10`.
struct TrailingTime {
  let lead: WrittenLead
  let text: [UInt8]
  let written: [UInt8]

  /// No time is longer.
  private static let limit = 60

  static func read(_ line: [UInt8], _ zones: ZoneBook) -> TrailingTime? {
    let line = line.trimmed
    let tail = max(0, line.count - limit)
    for start in tail..<max(tail, line.count) {
      let mark = line[start]
      guard
        mark == UInt8(ascii: "(") || mark == UInt8(ascii: "[") || mark == UInt8(ascii: ":")
          || (mark == UInt8(ascii: "-") && start > 0 && line[start - 1] == 0x20)
          || mark == UInt8(ascii: "@") || (mark == 0xE2 && start + 2 < line.count)
      else { continue }
      let behind = mark == 0xE2 ? start + 3 : start + 1
      // `14:05` itself holds a colon.
      if mark == UInt8(ascii: ":"), behind < line.count, !line[behind].isBlank { continue }
      var rest = Array(line[behind...]).trimmed
      if rest.last == UInt8(ascii: ")") || rest.last == UInt8(ascii: "]") { rest.removeLast() }
      guard let lead = LeadReader.read(rest, zones, .cell), lead.hasTime,
        lead.written >= rest.count || rest[lead.written...].allSatisfy({ ". ".utf8.contains($0) })
      else { continue }
      let text = Array(line[..<start]).trimmed
      guard !text.isEmpty else { return nil }
      return TrailingTime(lead: lead, text: text, written: rest)
    }
    return nil
  }
}
