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
    if let target { members.append(JSONMember("target_s", .integer(target.seconds))) }
    if let isWithinTarget { members.append(JSONMember("within_target", .bool(isWithinTarget))) }
    members.append(JSONMember("flags", .array(flags.map { .string($0.description) })))
    return .object(members)
  }
}

extension Summary {
  /// One metric of `loggist metrics --format json`; `by` and `group` are null for the whole population.
  func json(_ extras: FigureExtras) -> JSONValue {
    var members = [
      JSONMember("id", .string(id.rawValue)), JSONMember("by", .optional(group?.by.rawValue)),
      JSONMember("group", .optional(group?.title)), JSONMember("n", .integer(count)),
      JSONMember("missing", .integer(missing)), JSONMember("fallback", .integer(fallback)),
      JSONMember("open", .integer(open.count)), JSONMember("negative", .integer(negative)),
    ]
    // The metrics that an incident can rightly stand outside of, and the one that has a share.
    if id == .tte || id == .tto { members.append(JSONMember("outside", .integer(outside))) }
    if let late { members.append(JSONMember("late", .integer(late))) }
    for (name, value) in percentiles {
      members.append(JSONMember("\(name)_s", .optional(value?.seconds)))
      members.append(JSONMember("\(name)_incident", .optional(value?.incident.description)))
      members.append(JSONMember("\(name)_from", .optional(value?.from?.description)))
      members.append(JSONMember("\(name)_to", .optional(value?.to?.description)))
    }
    members += [
      JSONMember("km_p50_s", .optional(kaplanMeier?.seconds)),
      JSONMember("target_s", .optional(held?.target?.seconds)),
      JSONMember("within_target", .optional(held?.within)),
      JSONMember("missed_target", .optional(held?.missed)),
      JSONMember("undecided", .optional(held?.undecided)),
    ]
    if extras.contains(.mean) { members.append(JSONMember("mean_s", .optional(mean))) }
    if extras.contains(.values) {
      members.append(JSONMember("values", .array(values.map(\.json))))
      members.append(JSONMember("still_open", .array(open.map(\.json))))
    }
    return .object(members)
  }

  /// The figures that are a real incident's, by their names in JSON and CSV.
  var percentiles: [(name: String, value: Value?)] {
    [("p50", p50), ("p90", p90), ("p95", p95), ("max", max)]
  }
}

extension Summary.Value {
  var json: JSONValue {
    .object([
      JSONMember("incident", .string(incident.description)),
      JSONMember("seconds", .integer(seconds)),
      JSONMember("from", .optional(from?.description)),
      JSONMember("to", .optional(to?.description)),
    ])
  }
}

extension ServiceIntervals {
  /// The dates stand beside the figures, since below five of them they are all there is.
  func json(_ extras: FigureExtras) -> JSONValue {
    let reports = reports.map {
      JSONValue.object([
        JSONMember("incident", .string($0.incident.description)), JSONMember("at", $0.at.json),
        JSONMember("ref", .string($0.ref.description)),
      ])
    }
    return .object(
      (summary.json(extras).members ?? []) + [JSONMember("reports", .array(reports))])
  }
}

extension Summary.Group {
  /// The group's name, as a document prints it.
  var title: String { name ?? "not recorded" }
}

extension PeriodMetrics {
  /// As docs/schemas/metrics.json describes it.
  func json(_ context: DocumentContext, _ extras: FigureExtras) -> JSONValue {
    let excluded = population.excluded
    let head = [
      JSONMember("v", .integer(1)), JSONMember("as_of", context.json(at: asOf)),
    ]
    let rest = [
      JSONMember("period", period.json),
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
      JSONMember("targets", .array(targets.sorted { $0.key < $1.key }.map { $1.json($0) })),
      JSONMember(
        "metrics", .array(summaries.map { $0.json(extras) } + services.map { $0.json(extras) })),
    ]
    return .object(head + (context.withheldMember().map { [$0] } ?? []) + rest)
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

extension Period {
  var json: JSONValue {
    .object([
      JSONMember("from", from.json), JSONMember("to", to.json),
      JSONMember("zone", .string(zone.name)),
    ])
  }
}

extension Deadline.Target {
  fileprivate func json(_ priority: Priority) -> JSONValue {
    .object([
      JSONMember("priority", .string(priority.description)),
      JSONMember("ack_s", .optional(acknowledge?.seconds)),
      JSONMember("fix_s", .optional(fix?.seconds)),
      JSONMember("calendar", .optional(hours?.name)),
    ])
  }
}

extension PeriodComparison {
  /// Of `loggist metrics --compare`.
  var json: JSONValue {
    .object([
      JSONMember("period", earlier.json),
      JSONMember("resamples", .integer(MedianDifference.resamples)),
      JSONMember("metrics", .array(rows.map(\.json))),
    ])
  }
}

extension PeriodComparison.Row {
  fileprivate var json: JSONValue {
    .object([
      JSONMember("id", .string(id.rawValue)), JSONMember("by", .optional(group?.by.rawValue)),
      JSONMember("group", .optional(group?.title)),
      JSONMember("n_before", .integer(earlier.count)), JSONMember("n", .integer(later.count)),
      JSONMember("p50_before_s", .optional(earlier.p50?.seconds)),
      JSONMember("p50_s", .optional(later.p50?.seconds)),
      JSONMember("difference_s", .optional(difference?.seconds)),
      JSONMember("low_s", .optional(difference?.low)),
      JSONMember("high_s", .optional(difference?.high)),
      JSONMember("distinguishable", difference.map { .bool($0.isDistinguishable) } ?? .null),
    ])
  }
}
