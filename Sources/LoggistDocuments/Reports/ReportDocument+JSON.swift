import LoggistMetrics
package import LoggistModel

extension ReportDocument {
  /// As docs/schemas/report.json describes it: what `loggist metrics --by priority` gives, and behind it what only a
  /// report counts.
  package var json: JSONValue {
    .object(
      (figures.json.members ?? []) + [
        JSONMember("desk", .optional(context.deskName)),
        JSONMember("volume", volumeJSON),
        JSONMember("breaches", .array(facts.breaches.map(\.json))),
        JSONMember("reopened", reopenedJSON),
        JSONMember("repeats", .array(facts.repeats.map(\.json))),
        JSONMember("postmortems", .array(facts.postMortems.map { $0.json(context) })),
        JSONMember("measures", .array(facts.owners.map(\.json))),
        JSONMember("record", facts.record.json),
        JSONMember("data_quality", dataQualityJSON),
        JSONMember(
          "heads", .object(context.heads.map { JSONMember($0.node.description, .string($0.text)) })),
      ])
  }

  private var volumeJSON: JSONValue {
    func shares(_ shares: [ReportFacts.Share]) -> JSONValue {
      .array(
        shares.map {
          .object([
            JSONMember("name", .string($0.name)), JSONMember("incidents", .integer($0.incidents)),
            JSONMember("complaints", .integer($0.complaints)),
          ])
        })
    }
    return .object([
      JSONMember("complaints", .integer(facts.complaints)),
      JSONMember("by_priority", shares(facts.byPriority)),
      JSONMember("by_service", shares(facts.byService)),
      JSONMember("by_place", shares(facts.byPlace)),
      JSONMember("bucket", .string(facts.bucketUnit)),
      JSONMember(
        "buckets",
        .array(
          facts.buckets.map { bucket in
            .object([
              JSONMember("label", .string(bucket.label)),
              JSONMember("incidents", .integer(bucket.counts.reduce(0, +))),
            ])
          })),
      JSONMember(
        "weekday_hours",
        .array(
          (0..<7).map { day in .array((0..<24).map { .integer(facts.hours[day, $0]) }) })),
    ])
  }

  private var reopenedJSON: JSONValue {
    .array(
      members.filter { $0.reopenings > 0 }.map {
        .object([
          JSONMember("incident", .string($0.incident.id.description)),
          JSONMember("times", .integer($0.reopenings)),
        ])
      })
  }

  private var dataQualityJSON: JSONValue {
    func findings(_ findings: [PeriodMetrics.Finding]) -> JSONValue {
      .array(
        findings.map { finding in
          .object([
            JSONMember("incident", .string(finding.incident.description)),
            JSONMember("id", .string(finding.clock.id.rawValue)),
            JSONMember("from", .optional(finding.clock.from?.ref.description)),
            JSONMember("to", .optional(finding.clock.to?.ref.description)),
          ])
        })
    }
    return .object([
      JSONMember("negative", findings(metrics.negatives)),
      JSONMember("unanswered", findings(metrics.unanswered)),
    ])
  }
}

extension ReportFacts.Breach {
  fileprivate var json: JSONValue {
    .object([
      JSONMember("incident", .string(incident.description)),
      JSONMember("priority", .optional(priority?.description)),
      JSONMember("id", .string(clock.id.rawValue)), JSONMember("seconds", .optional(clock.seconds)),
      JSONMember("target_s", .optional(clock.target?.seconds)),
      JSONMember("open", .bool(clock.isOpen)), JSONMember("phase", .optional(phase?.rawValue)),
      JSONMember("phase_s", .optional(phaseSpan?.seconds)),
    ])
  }
}

extension Repeat {
  fileprivate var json: JSONValue {
    .object([
      JSONMember("incident", .string(incident.description)),
      JSONMember("before", .string(before.description)), JSONMember("service", .string(service)),
      JSONMember("category", .string(category)), JSONMember("between_s", .integer(between.seconds)),
    ])
  }
}

extension ReportFacts.PostMortemState {
  fileprivate func json(_ context: DocumentContext) -> JSONValue {
    .object([
      JSONMember("incident", .string(incident.description)),
      JSONMember("ended", ended.map { context.json(at: $0) } ?? .null),
      JSONMember("written", .bool(isWritten)), JSONMember("signed", .bool(isSigned)),
    ])
  }
}

extension ReportFacts.OwnedMeasures {
  fileprivate var json: JSONValue {
    .object([
      JSONMember("owner", .optional(owner)), JSONMember("open", .integer(open)),
      JSONMember("overdue", .integer(overdue)),
      JSONMember(
        "items",
        .array(
          items.map { id, measure, isOverdue in
            .object([
              JSONMember("incident", .string(id.description)),
              JSONMember("ref", .string(measure.ref.description)),
              JSONMember("type", .string(measure.isCorrective ? "corrective" : "preventive")),
              JSONMember("text", .string(measure.text)), JSONMember("due", .optional(measure.due)),
              JSONMember("state", .string(measure.state)), JSONMember("overdue", .bool(isOverdue)),
            ])
          })),
    ])
  }
}

extension RecordQuality {
  fileprivate var json: JSONValue {
    .object([
      JSONMember("entries", .integer(entries)), JSONMember("corrected", .integer(corrected)),
      JSONMember("struck", .integer(struck)), JSONMember("redacted", .integer(redacted)),
      JSONMember("callbacks_asked", .integer(callBacksAsked)),
      JSONMember("callbacks_made", .integer(callBacksMade)),
      JSONMember("escalations", .integer(escalations)), JSONMember("answered", .integer(answered)),
    ])
  }
}
