/// The forms of foreign files.
package enum SourceFormat: String, Sendable, CaseIterable {
  case csv
  case statusPage = "status-page"
  case loggist
  /// A timeline in Markdown or plain text.
  case text

  /// What a file is, by its first bytes and its name; the bytes decide where they can.
  ///
  /// - Parameter head: its first lines, the more the surer.
  package static func recognised(_ head: [UInt8], name: String) -> SourceFormat {
    var start = 0
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    while start < head.count, head[start] <= 0x20 { start += 1 }
    let rest = head[start...]
    if let first = rest.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      return isStatusPage(rest) ? .statusPage : .loggist
    }
    let suffix = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    if suffix == "md" || suffix == "markdown" || suffix == "txt" { return .text }
    if suffix == "csv" || suffix == "tsv" || suffix == "psv" || suffix == "tab" { return .csv }
    return isTable(rest) ? .csv : .text
  }

  private static func isStatusPage(_ bytes: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: bytes.prefix(65_536), as: UTF8.self)
    // A log whose texts are about a status page is a log.
    if text.utf8.contains(Array("\"entry\":{".utf8)) { return false }
    return [
      "\"incident_updates\"", "\"incidents\"", "\"display_at\"", "\"scheduled_maintenances\"",
    ]
    .contains { text.utf8.contains(Array($0.utf8)) }
  }

  /// The second line has as many of some separator as the first.
  private static func isTable(_ bytes: ArraySlice<UInt8>) -> Bool {
    let lines = bytes.prefix(65_536).split(separator: 0x0A, maxSplits: 2)
    guard lines.count > 1 else { return false }
    return Separator.candidates.contains { candidate in
      let first = lines[0].count { $0 == candidate }
      return first > 0 && first == lines[1].count { $0 == candidate }
    }
  }
}

extension Collection where Element == UInt8 {
  fileprivate func contains(_ pattern: [UInt8]) -> Bool {
    guard let first = pattern.first else { return true }
    var place = startIndex
    while place < endIndex {
      if self[place] == first, self[place...].starts(with: pattern) { return true }
      place = index(after: place)
    }
    return false
  }
}
