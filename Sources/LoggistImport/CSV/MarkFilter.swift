/// Takes byte-order marks out where a line begins: files that were put one behind the other have them in the middle.
struct MarkFilter {
  private var isAtLineStart = true
  /// The beginning of what may be a mark, at the end of the last piece.
  private var held: [UInt8] = []
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// A piece without the marks in it.
  mutating func filter(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + 2)
    let input = held.isEmpty ? nil : held + bytes
    held = []
    if let input {
      input.withUnsafeBytes { take($0, into: &output) }
    } else {
      take(bytes, into: &output)
    }
    return output
  }

  /// What was held back: no mark after all.
  mutating func finish() -> [UInt8] {
    defer { held = [] }
    return held
  }

  private mutating func take(_ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]) {
    var start = 0
    for place in 0..<bytes.count where bytes[place] == 0xEF {
      let startsLine =
        place == 0 ? isAtLineStart : bytes[place - 1] == 0x0A || bytes[place - 1] == 0x0D
      guard startsLine || place == start && isAtLineStart else { continue }
      let rest = bytes[place...].prefix(3)
      guard rest.elementsEqual(MarkFilter.mark.prefix(rest.count)) else { continue }
      output.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start..<place]))
      if rest.count < 3 {
        held = Array(rest)
        isAtLineStart = true
        return
      }
      start = place + 3
      isAtLineStart = true
    }
    if start < bytes.count {
      output.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start...]))
      isAtLineStart = bytes[bytes.count - 1] == 0x0A || bytes[bytes.count - 1] == 0x0D
    }
  }
}
