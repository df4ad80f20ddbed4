import LoggistMetrics
import LoggistModel

extension Clock {
  /// One clock of `loggist metrics INC-12 --format json`.
  func json(_ metrics: IncidentMetrics) -> JSONValue {
    var members = [
      JSONMember("id", .string(id.rawValue)), JSONMember("seconds", .optional(seconds)),
    ]
    if let subject { members.append(JSONMember("subject", .string(subject))) }
    if isOpen { members.append(JSONMember("open", .bool(true))) }
    if id == .late {
      members.append(JSONMember("late", .integer(metrics.lateness.late)))
      members.append(JSONMember("entries", .integer(metrics.lateness.entries)))
    } else {
      members.append(JSONMember("from", from?.json ?? .null))
      members.append(JSONMember("to", to?.json ?? .null))
    }
    members.append(JSONMember("flags", .array(flags.map { .string($0.description) })))
    return .object(members)
  }
}

extension Summary {
  /// One metric of `loggist metrics --format json`; `by` and `group` are null for the whole population.
  var json: JSONValue {
    var members = [
      JSONMember("id", .string(id.rawValue)), JSONMember("by", .optional(group?.by.rawValue)),
      JSONMember("group", .optional(group?.title)), JSONMember("n", .integer(count)),
      JSONMember("missing", .integer(missing)), JSONMember("fallback", .integer(fallback)),
      JSONMember("open", .integer(open.count)), JSONMember("negative", .integer(negative)),
    ]
    // The metrics that an incident can rightly stand outside of, and the one that has a share.
    if id == .tte || id == .tto { members.append(JSONMember("outside", .integer(outside))) }
    if let late { members.append(JSONMember("late", .integer(late))) }
    for (name, value) in [("p50", p50), ("p90", p90), ("p95", p95), ("max", max)] {
      members.append(JSONMember("\(name)_s", .optional(value?.seconds)))
      members.append(JSONMember("\(name)_incident", .optional(value?.incident.description)))
    }
    return .object(members)
  }
}

extension Summary.Group {
  /// The group's name, as a document prints it.
  var title: String { name ?? "not recorded" }
}

extension PeriodMetrics {
  /// As docs/schemas/metrics.json describes it.
  func json(_ context: DocumentContext) -> JSONValue {
    let excluded = population.excluded
    return .object(
      [
        JSONMember("v", .integer(1)),
        JSONMember("as_of", context.json(at: asOf)),
      ] + (context.withheldMember().map { [$0] } ?? []) + [
        JSONMember(
          "period",
          .object([
            JSONMember("from", period.from.json), JSONMember("to", period.to.json),
            JSONMember("zone", .string(period.zone.name)),
          ])),
        JSONMember(
          "population",
          .object([
            JSONMember("incidents", .integer(population.members.count)),
            JSONMember(
              "excluded", .object(excluded.counts.map { JSONMember($0.name, .integer($0.count)) })),
          ])),
        JSONMember(
          "first_attempt",
          .object([
            JSONMember("n", .integer(endedAtFirstAttempt)), JSONMember("of", .integer(ended)),
          ])),
        JSONMember("metrics", .array(summaries.map(\.json))),
      ])
  }
}

extension Population.Excluded {
  var counts: [(name: String, count: Int)] {
    [
      ("drill", drill), ("false_alarm", falseAlarm), ("planned", planned), ("merged", merged),
      ("cancelled", cancelled), ("undated", undated), ("backfill", backfill),
    ]
  }
}
