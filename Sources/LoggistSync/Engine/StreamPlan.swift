import LoggistModel
import LoggistStore

/// A stream as it should be on the servers that a machine talks to: kept for ever and purged by nobody; single messages can
/// be taken out, which is what a redaction needs.
struct StreamPlan: Sendable, Hashable {
  let name: String
  /// Whose messages it takes; none where it only gathers what other streams have.
  let subjects: [String]
  let sources: [Source]
  let replicas: Int

  /// A stream of which it takes everything; with a domain that of other servers.
  struct Source: Sendable, Hashable {
    let name: String
    let domain: String?

    var json: JSONValue {
      var members = [JSONMember("name", .string(name))]
      if let domain {
        let external = JSONValue.object([JSONMember("api", .string("$JS.\(domain).API"))])
        members.append(JSONMember("external", external))
      }
      return .object(members)
    }
  }

  /// In nanoseconds: the time in which the engine drops a second message of the same name.
  static let window = 24 * 3600 * 1_000_000_000

  /// First the one that takes this machine's lines, last the one that has everybody's.
  ///
  /// A hub gathers what each site's machines say. A site gathers that, and what its own machines say, which a stream of its
  /// own takes: so nothing goes in a circle.
  static func all(_ settings: Configuration.Sync, _ subjects: Subjects) -> [StreamPlan] {
    let (said, all, count) = (subjects.siteStream, subjects.stream, settings.replicas)
    guard let hub = settings.hub else {
      let sources = settings.sites.map { Source(name: said, domain: $0) }
      return [
        StreamPlan(name: all, subjects: [subjects.allLogs], sources: sources, replicas: count)
      ]
    }
    let sources = [Source(name: said, domain: nil), Source(name: all, domain: hub)]
    return [
      StreamPlan(name: said, subjects: [subjects.allLogs], sources: [], replicas: count),
      StreamPlan(name: all, subjects: [], sources: sources, replicas: count),
    ]
  }

  var configuration: JSONValue {
    var members = [
      JSONMember("name", .string(name)), JSONMember("retention", .string("limits")),
      JSONMember("storage", .string("file")), JSONMember("discard", .string("new")),
      JSONMember("num_replicas", .integer(replicas)), JSONMember("max_consumers", .integer(-1)),
      JSONMember("max_msgs", .integer(-1)), JSONMember("max_bytes", .integer(-1)),
      JSONMember("max_age", .integer(0)), JSONMember("max_msg_size", .integer(-1)),
      JSONMember("deny_delete", .bool(false)), JSONMember("deny_purge", .bool(true)),
      JSONMember("duplicate_window", .integer(StreamPlan.window)),
    ]
    if !subjects.isEmpty {
      members.append(JSONMember("subjects", .array(subjects.map { .string($0) })))
    }
    if !sources.isEmpty { members.append(JSONMember("sources", .array(sources.map(\.json)))) }
    return .object(members)
  }

  /// What of a stream is not as it should be, in words; empty where all is.
  func differences(of stream: JSONValue) -> [String] {
    let found = stream["config"]
    let checked = [
      "retention", "storage", "discard", "num_replicas", "max_age", "max_msgs", "max_bytes",
      "deny_purge", "duplicate_window",
    ]
    let wanted = (configuration.members ?? []).filter { checked.contains($0.name) }
    var words = wanted.filter { found?[$0.name] != $0.value }
      .map {
        "\($0.name) is \(printable(found?[$0.name]?.text ?? "missing")), not \($0.value.text)"
      }
    for (name, wanted, found) in [
      ("subjects", subjects, found?["subjects"]?.array?.compactMap(\.string) ?? []),
      ("sources", sources.map(\.words), found?["sources"]?.array?.map(Source.words) ?? []),
    ] where Set(wanted) != Set(found) {
      let list = { (words: [String]) in
        words.isEmpty ? "none" : printable(words.sorted().joined(separator: ", "))
      }
      words.append("\(name): \(list(found)), not \(list(wanted))")
    }
    return words
  }
}

extension StreamPlan.Source {
  /// `LOGGIST_CARE_SITE of NORTH`.
  fileprivate var words: String { domain.map { "\(name) of \($0)" } ?? name }

  fileprivate static func words(_ source: JSONValue) -> String {
    let name = source["name"]?.string ?? "?"
    guard let api = source["external"]?["api"]?.string else { return name }
    let parts = api.split(separator: ".", omittingEmptySubsequences: false)
    let isDomain = parts.count == 3 && parts[0] == "$JS" && parts[2] == "API"
    return "\(name) of \(isDomain ? String(parts[1]) : api)"
  }
}
