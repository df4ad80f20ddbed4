internal import LoggistModel

/// A zone as a document states it.
enum DocumentZone: Hashable {
  /// An offset or an abbreviation, and how it was written.
  case written(WrittenZone, String)
  /// The rules of the tz database: `Europe/London`, `Pacific time`.
  case rules(Zone, String)

  /// How it was written.
  var name: String {
    switch self {
    case .written(_, let name), .rules(_, let name): name
    }
  }
}

/// Finds out which zone some words mean.
final class ZoneBook {
  /// Where the reader of the document sits: gives abbreviations their meaning there.
  let own: Zone
  private let lookUp: (String) -> Zone?
  private var known: [String: Zone?] = [:]

  init(own: Zone, _ lookUp: @escaping (String) -> Zone?) {
    (self.own, self.lookUp) = (own, lookUp)
  }

  func rules(of name: String) -> Zone? {
    if let zone = known[name] { return zone }
    let zone = lookUp(name)
    known[name] = .some(zone)
    return zone
  }

  /// Words for the clocks of a country's part, which change twice a year.
  private static let regions: [String: String] = [
    "PT": "America/Los_Angeles", "Pacific": "America/Los_Angeles", "MT": "America/Denver",
    "Mountain": "America/Denver", "CT": "America/Chicago", "Central": "America/Chicago",
    "ET": "America/New_York", "Eastern": "America/New_York",
  ]

  /// Abbreviations of clocks that change, and where they hold: to see whether they fit the day.
  static let homes: [String: String] = [
    "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "MST": "America/Denver",
    "MDT": "America/Denver", "CDT": "America/Chicago", "EST": "America/New_York",
    "EDT": "America/New_York", "CET": "Europe/Paris", "CEST": "Europe/Paris",
    "EET": "Europe/Helsinki", "EEST": "Europe/Helsinki", "BST": "Europe/London",
    "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney", "NZST": "Pacific/Auckland",
    "NZDT": "Pacific/Auckland",
  ]
}

extension ZoneBook {
  /// Reads the zone that stands at a place of `words`, in which brackets and the like are blank.
  func read(_ cursor: inout LineCursor) -> DocumentZone? {
    // A capital opens every name of a zone, a sign every offset; most words have neither.
    guard let first = cursor.byte, first & 0xE0 == 0x40 || first < 0x40 || first >= 0x80 else {
      return nil
    }
    let (bytes, start) = (cursor.bytes, cursor.place)
    func text(_ end: Int) -> String { Array(bytes[start..<end]).text }
    if let zone = WrittenZone.read(&cursor, own: own) {
      return .written(zone, text(cursor.place))
    }
    return cursor.attempt { cursor in
      while let byte = cursor.byte, byte.isLetter || byte.isDigit || "/_+-".utf8.contains(byte) {
        cursor.place += 1
      }
      let name = text(cursor.place)
      guard !name.isEmpty, name.utf8.count <= 40, cursor.endsTime else { return nil }
      if name.utf8.contains(UInt8(ascii: "/")) {
        if let zone = rules(of: name) { return .rules(zone, name) }
        // `UC/Pacific`, mistyped: the region is what matters.
        let region = String(name.split(separator: "/").last ?? "")
        return ZoneBook.regions[region].flatMap(rules(of:)).map { .rules($0, name) }
      }
      guard let zone = ZoneBook.regions[name].flatMap(rules(of:)) else { return nil }
      _ = cursor.attempt { $0.skipSpaces() && $0.take(anyOf: "time", "Time") ? true : nil }
      return .rules(zone, name)
    }
  }

  /// The first zone that stands anywhere in a line: `(times in CEST)`.
  func stated(in line: [UInt8]) -> DocumentZone? {
    let words = ZoneBook.words(line.count > 4000 ? Array(line.prefix(4000)) : line)
    for place in words.indices
    where words[place].isLetter && (place == 0 || words[place - 1].isBlank) {
      let length = words[place...].prefix { !$0.isBlank }.count
      guard length > 1 else { continue }
      // `Central server` is a server: a region's word speaks of time here.
      var cursor = LineCursor(words, at: place)
      guard let zone = read(&cursor) else { continue }
      if case .rules(_, let name) = zone, !name.utf8.contains(UInt8(ascii: "/")),
        name.utf8.count > 2, !words[place...].starts(with: "\(name) ".utf8),
        cursor.place < words.count
      {
        continue
      }
      return zone
    }
    return nil
  }

  /// A line in which what stands around a word is blank.
  static func words(_ line: [UInt8]) -> [UInt8] {
    line.map { byte in
      switch byte {
      case 0x28, 0x29, 0x5B, 0x5D, 0x3B, 0x7C, 0x2A, 0x60: 0x20
      default: byte
      }
    }
  }

  /// True where a line speaks of the times of others: `All times in UTC`.
  static func speaksOfTimes(_ line: [UInt8]) -> Bool {
    guard line.count <= 300 else { return false }
    return words(line).split(whereSeparator: { !$0.isLetter }).contains { word in
      switch String(decoding: word.map { $0 | 0x20 }, as: UTF8.self) {
      case "time", "times", "timestamps", "timezone", "tz", "zone": true
      default: false
      }
    }
  }
}
