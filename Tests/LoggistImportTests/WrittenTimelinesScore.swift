import Foundation
import LoggistModel
import Testing

@testable import LoggistImport

/// Reads a folder of written timelines and prints what came of them: `LOGGIST_TIMELINES=folder swift test --filter
/// WrittenTimelinesScore`. With an `expected.json` beside them each entry is compared; without one they are printed.
@Suite("Written timelines of a folder", .enabled(if: FolderOfTimelines.path != nil))
struct WrittenTimelinesScore {
  /// `file=Zone,…` for documents that state no zone, as a person would give them with `--zone`.
  static let asked: [String: String] = Dictionary(
    uniqueKeysWithValues: (ProcessInfo.processInfo.environment["LOGGIST_TIMELINE_ZONES"] ?? "")
      .split(separator: ",").map { pair in
        let parts = pair.split(separator: "=")
        return (String(parts[0]), String(parts[1]))
      })

  struct Expected: Decodable {
    struct Document: Decodable {
      let file: String
      let events: [Event]
    }
    struct Event: Decodable {
      let n: Int
      let t: String?
      let raw: String
      let text: String
    }
    let documents: [Document]
  }

  @Test("every document is read")
  func read() throws {
    let folder = try #require(FolderOfTimelines.path)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".md") || $0.hasSuffix(".txt") }.sorted()
    let expected = (try? Data(contentsOf: URL(fileURLWithPath: folder + "/expected.json")))
      .flatMap { try? JSONDecoder().decode(Expected.self, from: $0) }
    let isLoud = ProcessInfo.processInfo.environment["LOGGIST_TIMELINE_LOUD"] != nil
    for name in names {
      let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
      let zone = Self.asked.first { name.hasPrefix($0.key) }.flatMap { Self.zone($0.value) }
      let timeline = WrittenTimeline(text, name: name, zone: zone, zones: Self.zone)
      if let document = expected?.documents.first(where: { $0.file == name }) {
        compare(timeline, document)
      } else {
        print("\(name): \(timeline.entries.count) entries")
      }
      if isLoud {
        for entry in timeline.entries {
          print(
            "  \(entry.line): \(entry.at.map(\.description) ?? "-") \(entry.precision)"
              + " until=\(entry.until.map(\.description) ?? "-") [\(entry.written)] {\(entry.kind.name)}"
              + " \(entry.text.replacingOccurrences(of: "\n", with: "⏎").prefix(110))"
              + (entry.hint.map { " — \($0)" } ?? ""))
        }
      }
      for doubt in timeline.doubts { print("    ? \(doubt.line): \(doubt.sentence)") }
    }
  }

  private func compare(_ timeline: WrittenTimeline, _ document: Expected.Document) {
    var (right, wrong, missed): (Int, [String], [String]) = (0, [], [])
    var rest = timeline.entries
    for event in document.events {
      guard let index = rest.firstIndex(where: { bare($0.text).hasPrefix(bare(event.text)) }) else {
        missed.append("\(event.n) \(event.raw) \(event.text)")
        continue
      }
      let entry = rest.remove(at: index)
      let isRight =
        event.t.map {
          Timestamp($0)?.instant == entry.at?.instant
            && Timestamp($0)?.offsetMinutes == entry.at?.offsetMinutes
        } ?? (entry.at == nil)
      if isRight {
        right += 1
      } else {
        wrong.append(
          "\(event.n) \(event.raw): \(entry.at.map(\.description) ?? "-") not \(event.t ?? "-")")
      }
    }
    print(
      "\(document.file) | \(document.events.count) | \(right) | \(wrong.count) | \(missed.count) | \(rest.count)"
    )
    for line in wrong { print("    wrong: \(line)") }
    for line in missed { print("    missed: \(line)") }
    for entry in rest { print("    invented: \(entry.line) \(entry.text.prefix(80))") }
  }

  private func bare(_ text: String) -> String {
    text.replacingOccurrences(of: "\n", with: " ")
  }

  static func zone(_ name: String) -> Zone? {
    guard let zone = TimeZone(identifier: name) else { return nil }
    var at = Date(timeIntervalSince1970: 0)
    var periods = [period(zone, at, from: .min)]
    while let next = zone.nextDaylightSavingTimeTransition(after: at),
      next.timeIntervalSince1970 < 2e9
    {
      at = next
      periods.append(period(zone, at, from: Int64(next.timeIntervalSince1970 * 1000)))
    }
    return Zone(name: name, periods: periods)
  }

  private static func period(_ zone: TimeZone, _ at: Date, from: Int64) -> Zone.Period {
    Zone.Period(
      start: Instant(milliseconds: from), offsetMinutes: zone.secondsFromGMT(for: at) / 60,
      abbreviation: zone.abbreviation(for: at) ?? "?")
  }
}

private enum FolderOfTimelines {
  static let path = ProcessInfo.processInfo.environment["LOGGIST_TIMELINES"]
}
