import LoggistImport
import LoggistModel

/// Zones without a tz database: what they are is no part of what is tried.
private func zone(_ name: String) -> Zone? {
  switch name {
  case "UTC": .utc
  case "Africa/Lagos": Zone(name: name, offsetMinutes: 60, abbreviation: "WAT")
  default: nil
  }
}

/// A source read whole and in pieces of a prime length: the same incidents, entries, doubts and refusals. What comes out
/// is an entry that the log can hold.
private func read(_ bytes: [UInt8], _ make: () -> any ForeignReader) {
  let (whole, pieces) = (
    harvest(bytes, make(), pieces: max(1, bytes.count)), harvest(bytes, make(), pieces: 13)
  )
  hold(whole == pieces, "the same, however the source comes")
}

private func harvest(_ bytes: [UInt8], _ reader: any ForeignReader, pieces size: Int) -> [String] {
  var (reader, said) = (reader, [String]())
  do {
    var start = 0
    while start < bytes.count {
      let end = min(start + size, bytes.count)
      try bytes[start..<end].withUnsafeBytes { try reader.read($0) }
      start = end
    }
    try reader.finish { incident in
      said.append(incident.id)
      for foreign in incident.entries {
        let json = foreign.entry.json
        hold((try? Entry(json: json))?.json == json, "an entry reads back as it was: \(json.text)")
        said.append(json.text)
      }
    }
  } catch {
    said.append("\(error)")
  }
  said += reader.harvest.doubts.map { "\($0.line): \($0.sentence)" }
  said += reader.harvest.rejects.map { "\($0.line): \($0.column ?? "") \($0.reason)" }
  return said
}

/// The first line may be the map, behind `map:`; then the table.
let fuzzTable: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32 = { bytes, count in
  let bytes = input(bytes, count)
  let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
  var map: ImportMap?
  if parts.count == 2 {
    map = try? ImportMap.read(
      String(decoding: parts[0], as: UTF8.self), file: "map.yaml", zone: zone)
  }
  read(Array(parts.last ?? [])) {
    TableReader(map: map, source: "table", zone: .utc, isZoneAssumed: true)
  }
  return 0
}

let fuzzStatusPage: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32 = { bytes, count in
  read(input(bytes, count)) { StatusPageReader(map: nil, zone: .utc, isZoneAssumed: true) }
  return 0
}

let fuzzLogFile: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32 = { bytes, count in
  read(input(bytes, count)) { LogFileReader() }
  return 0
}

let fuzzTimeline: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32 = { bytes, count in
  let bytes = input(bytes, count)
  _ = SourceFormat.recognised(bytes, name: "notes.md")
  read(bytes) {
    WrittenTimelineReader(name: "2022-01-05.md", incident: "notes", zone: nil, zones: zone)
  }
  return 0
}
