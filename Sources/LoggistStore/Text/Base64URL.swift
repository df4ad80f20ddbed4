internal import LoggistModel

private let base64URLDigits = Array(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

/// Base64 with the alphabet of URLs and without padding (RFC 4648, section 5): 43 characters for a SHA-256.
package func base64URL(_ bytes: [UInt8]) -> String {
  base64URLDigits.withUnsafeBufferPointer { digits in
    String(unsafeUninitializedCapacity: (bytes.count * 4 + 2) / 3) { text in
      var (bits, bitCount, count) = (0, 0, 0)
      for byte in bytes {
        bits = bits << 8 | Int(byte)
        bitCount += 8
        while bitCount >= 6 {
          bitCount -= 6
          text[count] = digits[bits >> bitCount & 63]
          count += 1
        }
        bits &= 0xFF
      }
      if bitCount > 0 {
        text[count] = digits[bits << (6 - bitCount) & 63]
        count += 1
      }
      return count
    }
  }
}

/// Two lower-case digits a byte.
package func hex(_ bytes: some Collection<UInt8>) -> String {
  String(decoding: hexDigits(bytes), as: UTF8.self)
}

func hexDigits(_ bytes: some Collection<UInt8>) -> [UInt8] {
  [UInt8](unsafeUninitializedCapacity: bytes.count * 2) { digits, count in
    for byte in bytes {
      digits[count] = hexDigit(byte >> 4)
      digits[count + 1] = hexDigit(byte & 15)
      count += 2
    }
  }
}
