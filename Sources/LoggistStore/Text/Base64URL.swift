private let base64URLDigits = Array(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

/// Base64 with the alphabet of URLs and without padding (RFC 4648, section 5): 43 characters for a SHA-256.
package func base64URL(_ bytes: [UInt8]) -> String {
  String(unsafeUninitializedCapacity: (bytes.count * 4 + 2) / 3) { text in
    var (bits, bitCount, count) = (0, 0, 0)
    for byte in bytes {
      bits = bits << 8 | Int(byte)
      bitCount += 8
      while bitCount >= 6 {
        bitCount -= 6
        text[count] = base64URLDigits[bits >> bitCount & 63]
        count += 1
      }
      bits &= 0xFF
    }
    if bitCount > 0 {
      text[count] = base64URLDigits[bits << (6 - bitCount) & 63]
      count += 1
    }
    return count
  }
}

/// Two lower-case digits a byte.
package func hex(_ bytes: [UInt8]) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  text.reserveCapacity(bytes.count * 2)
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}
