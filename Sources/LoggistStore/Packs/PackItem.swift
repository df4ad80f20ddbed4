internal import LoggistModel

/// One line of a pack.
enum PackItem {
  case header(PackHeader)
  /// Bytes that are no line and stand in front of the line of that number.
  case gap(before: EntryRef, bytes: [UInt8])
  case line(ForeignLine)
  case evidence(EvidencePiece)
  case end(PackEnd)
}

/// A part of a file: `{"evidence":"<sha256>","size":123,"at":0,"data":"<base64>"}`.
struct EvidencePiece {
  let name: EvidenceName
  /// Of the whole file.
  let size: Int
  let offset: Int
  let bytes: [UInt8]

  /// So many bytes go into one line: it stays short enough for any tool.
  static let limit = 192 << 10

  init(name: EvidenceName, size: Int, offset: Int, bytes: [UInt8]) {
    (self.name, self.size, self.offset, self.bytes) = (name, size, offset, bytes)
  }

  init?(_ json: JSONValue) {
    guard let name = json["evidence"]?.string.flatMap({ EvidenceName($0) }),
      let size = json["size"]?.integer, size > 0, let offset = json["at"]?.integer, offset >= 0,
      let bytes = json["data"]?.string.flatMap({ Base64.bytes(Array($0.utf8)) }), !bytes.isEmpty,
      offset <= size - bytes.count
    else { return nil }
    self.init(name: name, size: size, offset: offset, bytes: bytes)
  }

  var json: JSONValue {
    .object([
      JSONMember("evidence", .string(name.description)), JSONMember("size", .integer(size)),
      JSONMember("at", .integer(offset)), JSONMember("data", .string(Base64.text(bytes[...]))),
    ])
  }
}

/// The last line: `{"end":true,"lines":112,"files":2,"sha256":"<of all bytes above>"}`. It finds what was cut off or
/// damaged on the way; what somebody altered on purpose is found by the chain.
struct PackEnd: Equatable {
  var lines: Int
  var files: Int
  var sum: String

  init(lines: Int, files: Int, sum: String) {
    (self.lines, self.files, self.sum) = (lines, files, sum)
  }

  init?(_ json: JSONValue) {
    guard let lines = json["lines"]?.integer, let files = json["files"]?.integer,
      let sum = json["sha256"]?.string
    else { return nil }
    self.init(lines: lines, files: files, sum: sum)
  }

  var json: JSONValue {
    .object([
      JSONMember("end", .bool(true)), JSONMember("lines", .integer(lines)),
      JSONMember("files", .integer(files)), JSONMember("sha256", .string(sum)),
    ])
  }
}

/// The other lines that begin like this; everything else is a line of a log, as it is.
enum PackLineStart {
  static let header = Array("{\"pack\":".utf8)
  static let gap = Array("{\"gap\":".utf8)
  static let evidence = Array("{\"evidence\":".utf8)
  static let end = Array("{\"end\":".utf8)
}
