/// What stands between the cells of a table.
enum Separator {
  /// In the order in which they win where two stand equally often.
  static let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]

  /// The separator of a header line: the candidate that stands in it most often outside of quotation marks.
  static func recognised(in header: some Sequence<UInt8>) -> UInt8 {
    var counts = [Int](repeating: 0, count: candidates.count)
    var isQuoted = false
    for byte in header {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, let place = candidates.firstIndex(of: byte) { counts[place] += 1 }
    }
    let most = counts.max() ?? 0
    return candidates[counts.firstIndex(of: most) ?? 0]
  }

  /// `sep=;` on a line of its own, which some spreadsheets write in front of the header.
  static func declared(by line: some Collection<UInt8>) -> UInt8? {
    let bytes = Array(line)
    guard bytes.count == 5, bytes.starts(with: Array("sep=".utf8)) else { return nil }
    return bytes[4]
  }
}
