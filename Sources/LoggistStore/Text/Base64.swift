/// Base64 with padding (RFC 4648, section 4), as `base64 -d` reads it.
enum Base64 {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The value of each digit, 255 for what is none.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
    return values
  }()

  static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { text in
      var (bits, bitCount, count) = (0, 0, 0)
      func put(_ digit: UInt8) {
        text[count] = digit
        count += 1
      }
      for byte in bytes {
        bits = (bits & 0xFF) << 8 | Int(byte)
        bitCount += 8
        while bitCount >= 6 {
          bitCount -= 6
          put(digits[bits >> bitCount & 63])
        }
      }
      if bitCount > 0 { put(digits[bits << (6 - bitCount) & 63]) }
      while count % 4 != 0 { put(UInt8(ascii: "=")) }
      return count
    }
  }

  /// Nil for anything but what `text` makes.
  static func bytes(_ text: some BidirectionalCollection<UInt8>) -> [UInt8]? {
    guard text.count.isMultiple(of: 4) else { return nil }
    let padding = text.reversed().prefix(2).prefix { $0 == UInt8(ascii: "=") }.count
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3)
    var (bits, bitCount) = (0, 0)
    for digit in text.dropLast(padding) {
      let value = values[Int(digit)]
      if value == 255 { return nil }
      bits = (bits & 0xFF) << 6 | Int(value)
      bitCount += 6
      if bitCount >= 8 {
        bitCount -= 8
        bytes.append(UInt8(bits >> bitCount & 0xFF))
      }
    }
    // Bits that nothing was made of must be none, or two texts would stand for the same bytes.
    return bits & ((1 << bitCount) - 1) == 0 && bitCount == padding * 2 ? bytes : nil
  }
}
