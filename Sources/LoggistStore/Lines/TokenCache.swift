internal import CSimdJSON

/// Remembers what was made of short texts, by their bytes: a direct-mapped table, where a later text takes the place
/// of an earlier one of the same hash.
struct TokenCache<Value> {
  private struct Slot {
    var key: SIMD4<UInt64> = .zero
    var value: Value?
  }

  private var slots = [Slot](repeating: Slot(), count: 256)

  /// What the closure made or makes of a text of up to 24 bytes; nil for a longer one, or where it makes nothing.
  mutating func value(of token: JSONToken, _ make: (JSONToken) -> Value?) -> Value? {
    guard token.length <= 24 else { return make(token) }
    // The length stands beside the bytes, so that equal keys are equal texts.
    var key = SIMD4<UInt64>(0, 0, 0, UInt64(token.length))
    withUnsafeMutableBytes(of: &key) {
      $0.copyMemory(from: UnsafeRawBufferPointer(token.bytes))
    }
    var hash = key[0] ^ key[3]
    hash = (hash &* 0x9E37_79B9_7F4A_7C15) ^ key[1]
    hash = (hash &* 0x9E37_79B9_7F4A_7C15) ^ key[2]
    hash = hash &* 0x9E37_79B9_7F4A_7C15
    let place = Int(hash >> 56)
    if slots[place].key == key, let known = slots[place].value { return known }
    let value = make(token)
    slots[place] = Slot(key: key, value: value)
    return value
  }
}
