private import CLibcrypto
package import LoggistModel

/// What can be read in a PEM file without trusting it.
package enum Certificate {
  /// Until when its first certificate is valid; nil where there is none.
  package static func end(of path: String) -> Instant? {
    let seconds = loggist_certificate_end(path)
    return seconds < 0 ? nil : Instant(milliseconds: seconds * 1000)
  }
}
