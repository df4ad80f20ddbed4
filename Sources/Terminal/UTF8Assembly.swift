/// A scalar being put together from its UTF-8 bytes, one at a time.
///
/// It refuses a byte as soon as no scalar can come of it (table 3-7 of the Unicode Standard), so that each
/// maximal part of a broken sequence becomes one U+FFFD.
struct UTF8Assembly: Sendable {
  enum Step: Equatable {
    case incomplete, invalid
    case scalar(Unicode.Scalar)
  }

  private var value: UInt32
  private var missing: Int
  private var allowed: ClosedRange<UInt8> = 0x80...0xBF

  /// Begins with the first byte of a scalar of several; nil when it is none.
  init?(first: UInt8) {
    switch first {
    case 0xC2...0xDF: (value, missing) = (UInt32(first & 0x1F), 1)
    case 0xE0...0xEF: (value, missing) = (UInt32(first & 0x0F), 2)
    case 0xF0...0xF4: (value, missing) = (UInt32(first & 0x07), 3)
    default: return nil
    }
    switch first {
    case 0xE0: allowed = 0xA0...0xBF
    case 0xED: allowed = 0x80...0x9F
    case 0xF0: allowed = 0x90...0xBF
    case 0xF4: allowed = 0x80...0x8F
    default: break
    }
  }

  mutating func append(_ byte: UInt8) -> Step {
    guard allowed.contains(byte) else { return .invalid }
    allowed = 0x80...0xBF
    value = value << 6 | UInt32(byte & 0x3F)
    missing -= 1
    if missing > 0 { return .incomplete }
    return Unicode.Scalar(value).map { .scalar($0) } ?? .invalid
  }
}
