/// What a file looks like by its first bytes. A note for people: nothing is opened or run because of it.
package enum MediaType {
  /// `application/octet-stream` where nothing is recognised.
  package static func of(_ bytes: [UInt8]) -> String {
    for (offset, magic, type) in table where bytes.dropFirst(offset).starts(with: magic) {
      return type
    }
    return isText(bytes) ? "text/plain" : "application/octet-stream"
  }

  private static let table: [(offset: Int, magic: [UInt8], type: String)] = [
    (0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
    (0, [0xFF, 0xD8, 0xFF], "image/jpeg"),
    (0, Array("GIF87a".utf8), "image/gif"),
    (0, Array("GIF89a".utf8), "image/gif"),
    (8, Array("WEBP".utf8), "image/webp"),
    (0, Array("%PDF-".utf8), "application/pdf"),
    (0, [0x50, 0x4B, 0x03, 0x04], "application/zip"),
    (0, [0x1F, 0x8B], "application/gzip"),
    (0, [0x28, 0xB5, 0x2F, 0xFD], "application/zstd"),
    (0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "application/x-xz"),
    (0, [0x7F, 0x45, 0x4C, 0x46], "application/x-elf"),
    (0, [0xD4, 0xC3, 0xB2, 0xA1], "application/vnd.tcpdump.pcap"),
    (0, [0xA1, 0xB2, 0xC3, 0xD4], "application/vnd.tcpdump.pcap"),
    (0, [0x0A, 0x0D, 0x0D, 0x0A], "application/x-pcapng"),
    (4, Array("ftyp".utf8), "video/mp4"),
    (0, Array("OggS".utf8), "application/ogg"),
    (257, Array("ustar".utf8), "application/x-tar"),
  ]

  /// UTF-8 without control characters; the last character may be cut.
  private static func isText(_ bytes: [UInt8]) -> Bool {
    guard bytes.allSatisfy({ $0 >= 0x20 || [0x09, 0x0A, 0x0C, 0x0D, 0x1B].contains($0) }) else {
      return false
    }
    return (0...min(3, bytes.count)).contains {
      String(validating: bytes.dropLast($0), as: UTF8.self) != nil
    }
  }
}
