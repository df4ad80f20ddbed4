import LoggistModel

@testable import LoggistImport

/// What a reader makes of a text, handed over in pieces of so many bytes.
struct Reading {
  var incidents: [ForeignIncident] = []
  var harvest = Harvest()

  init(_ reader: any ForeignReader, _ bytes: [UInt8], pieces size: Int = 7) throws {
    var reader = reader
    var start = 0
    while start < bytes.count {
      let end = min(start + size, bytes.count)
      try bytes[start..<end].withUnsafeBytes { try reader.read($0) }
      start = end
    }
    try reader.finish { incidents.append($0) }
    harvest = reader.harvest
  }

  /// Each entry in a line: `7: 2016-02-29T01:23:00+00:00 opened by Ama, title "A"`.
  var lines: [String] {
    incidents.flatMap { incident in
      incident.entries.map { foreign in
        var entry = foreign.entry
        let by = entry.author.map { " by \($0)" } ?? ""
        entry.author = nil
        let rest = entry.json.members?.filter { !["kind", "at"].contains($0.name) } ?? []
        let fields = rest.map { " \($0.name)=\($0.value.string ?? $0.value.text)" }.joined()
        return "\(incident.id) \(entry.at) \(entry.kind.name)\(by)\(fields)"
      }
    }
  }

  var doubts: [String] { harvest.doubts.map { "\($0.line): \($0.sentence)" } }

  var rejects: [String] {
    harvest.rejects.map { "\($0.line): " + ($0.column.map { "\($0): " } ?? "") + "\($0.reason)" }
  }

  /// A table with a map.
  static func table(
    _ text: String, map: String? = nil, zone: Zone = .utc, isZoneAssumed: Bool = false,
    pieces: Int = 7
  ) throws -> Reading {
    try table(Array(text.utf8), map: map, zone: zone, isZoneAssumed: isZoneAssumed, pieces: pieces)
  }

  static func table(
    _ bytes: [UInt8], map: String? = nil, zone: Zone = .utc, isZoneAssumed: Bool = false,
    pieces: Int = 7
  ) throws -> Reading {
    let read = try map.map { try ImportMap.read($0, file: "map.yaml", zone: Zones.named) }
    return try Reading(
      TableReader(map: read, source: "table", zone: zone, isZoneAssumed: isZoneAssumed), bytes,
      pieces: pieces)
  }
}

/// Zones without a tz database.
enum Zones {
  static func named(_ name: String) -> Zone? {
    switch name {
    case "UTC": .utc
    case "Europe/Lisbon": lisbon
    case "Africa/Lagos": Zone(name: name, offsetMinutes: 60, abbreviation: "WAT")
    default: nil
    }
  }

  /// Of 2016: an hour forward on 27 March, back on 30 October, at 01:00 UTC.
  static let lisbon = Zone(
    name: "Europe/Lisbon",
    periods: [
      .init(start: Instant(milliseconds: .min), offsetMinutes: 0, abbreviation: "WET"),
      .init(start: Instant(seconds: 1_459_040_400), offsetMinutes: 60, abbreviation: "WEST"),
      .init(start: Instant(seconds: 1_477_789_200), offsetMinutes: 0, abbreviation: "WET"),
    ])
}
