private import CLibcrypto

/// SHA-256 (FIPS 180-4) by libcrypto, which uses the processor's instructions for it.
package enum SHA256 {
  package static func digest(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    let hasher = SHA256Hasher()
    let contiguous: Void? = bytes.withContiguousStorageIfAvailable {
      hasher.add(UnsafeRawBufferPointer($0))
    }
    if contiguous == nil { Array(bytes).withUnsafeBytes { hasher.add($0) } }
    return hasher.digest()
  }

  package static func digest(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    let hasher = SHA256Hasher()
    hasher.add(bytes)
    return hasher.digest()
  }

  package static func base64URL(_ bytes: some Sequence<UInt8>) -> String {
    LoggistStore.base64URL(digest(bytes))
  }

  /// Characters of a digest as base64url.
  static let textLength = 43

  /// Writes a digest as base64url into as many bytes as `textLength` says.
  static func write(
    base64URLOf bytes: UnsafeRawBufferPointer, into text: UnsafeMutableRawBufferPointer
  ) {
    precondition(text.count == textLength)
    guard let start = bytes.baseAddress, let target = text.baseAddress else { return }
    withUnsafeTemporaryAllocation(byteCount: 32, alignment: 1) { digest in
      guard let raw = digest.baseAddress else { return }
      loggist_sha256_text(start, bytes.count, raw, target)
    }
  }

  package static func hex(_ bytes: some Sequence<UInt8>) -> String {
    LoggistStore.hex(digest(bytes))
  }
}

/// A SHA-256 under way over bytes that come in pieces. Not for two threads at once.
package final class SHA256Hasher {
  private let state: OpaquePointer

  package init() {
    guard let state = loggist_sha256_new(), loggist_sha256_begin(state) == 0 else {
      preconditionFailure("libcrypto has no SHA-256")
    }
    self.state = state
  }

  deinit { loggist_sha256_free(state) }

  package func add(_ bytes: UnsafeRawBufferPointer) {
    let status = loggist_sha256_add(state, bytes.baseAddress, bytes.count)
    precondition(status == 0, "libcrypto's SHA-256 failed")
  }

  package func add(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { add($0) }
  }

  /// The digest of all that was added; the next addition begins anew.
  package func digest() -> [UInt8] {
    let digest = [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      count = 32
      guard let start = buffer.baseAddress else { return }
      let status = loggist_sha256_end(state, start)
      precondition(status == 0, "libcrypto's SHA-256 failed")
    }
    let status = loggist_sha256_begin(state)
    precondition(status == 0, "libcrypto's SHA-256 failed")
    return digest
  }

  package func base64URL() -> String { LoggistStore.base64URL(digest()) }
}
