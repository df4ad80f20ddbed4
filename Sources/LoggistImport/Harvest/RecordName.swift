package import LoggistModel

/// What an imported entry is known by within its incident, the same whenever the file is read.
package enum RecordName: Sendable, Hashable {
  /// The incident's beginning, which an importer makes where a source only implies it.
  case opened
  /// Its name in a log of Loggist's; other entries may be about it.
  case entry(EntryRef)
  /// The fingerprint of what it was made from, `29/2/2016 06:26 New`. No words: the name stays when
  /// the entry is redacted.
  case made(UInt64)

  /// - Parameter pieces: what it was made from; the same bytes are the same name, however they are cut.
  package init(madeFrom pieces: String...) {
    var print = Fingerprint()
    for var piece in pieces { piece.withUTF8 { print.add($0) } }
    self = .made(print.bits)
  }

  /// As it stands in the log.
  init?(_ text: String) {
    if text == "opened" {
      self = .opened
    } else if let ref = EntryRef(text) {
      self = .entry(ref)
    } else if let hash = UInt64(text, radix: 16) {
      self = .made(hash)
    } else {
      return nil
    }
  }

  var text: String {
    switch self {
    case .opened: "opened"
    case .entry(let ref): ref.description
    case .made(let hash): hexText(hash)
    }
  }

  /// In quotes, as `text` has it.
  func write(into writer: inout JSONWriter) {
    guard case .made(let hash) = self else { return writer.write(text) }
    writer.raw("\"")
    withUnsafeTemporaryAllocation(byteCount: 16, alignment: 1) {
      writeHex(hash, into: $0)
      writer.raw(UnsafeRawBufferPointer($0))
    }
    writer.raw("\"")
  }
}

private func hexText(_ number: UInt64) -> String {
  String(unsafeUninitializedCapacity: 16) {
    writeHex(number, into: UnsafeMutableRawBufferPointer($0))
    return 16
  }
}

/// Sixteen lower-case digits.
private func writeHex(_ number: UInt64, into text: UnsafeMutableRawBufferPointer) {
  for place in 0..<16 {
    text[place] = hexDigit(UInt8(truncatingIfNeeded: number >> (60 - 4 * UInt64(place)) & 15))
  }
}
