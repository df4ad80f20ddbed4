import LoggistMetrics
import LoggistModel

extension JSONValue {
  static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
  static func optional(_ number: Int?) -> JSONValue { number.map { .integer($0) } ?? .null }
  static func ref(_ ref: EntryRef) -> JSONValue { .string(ref.description) }
}

extension Timestamp {
  var json: JSONValue { .string(description) }
}

extension Clock.Mark {
  /// `{"ref":"INC.1","at":"…"}`.
  var json: JSONValue { .object([JSONMember("ref", .ref(ref)), JSONMember("at", at.json)]) }
}

extension DocumentContext {
  func json(at instant: Instant) -> JSONValue { style.zone.timestamp(instant).json }

  /// Who made it, when, from what and without what: the head of every JSON document but the bare metrics.
  func jsonMembers(about incident: IncidentID? = nil) -> [JSONMember] {
    [
      JSONMember("as_of", json(at: asOf)),
      JSONMember("zone", .string(style.zone.name)),
      JSONMember("desk", .optional(deskName)),
      JSONMember("loggist", .string(version)),
      JSONMember("rehearsal", .bool(isRehearsal)),
      JSONMember(
        "heads",
        .array(
          heads.map {
            .object([
              JSONMember("node", .string($0.node.description)),
              JSONMember("head", .string($0.text)),
            ])
          })),
    ] + (withheldMember(about: incident).map { [$0] } ?? [])
  }
}

extension CaseFile {
  /// The members that every JSON document about one incident begins with.
  func jsonHead(_ document: String) -> [JSONMember] {
    [JSONMember("v", .integer(1)), JSONMember("document", .string(document))]
      + context.jsonMembers(about: incident.id) + [
        JSONMember("incident", incidentJSON),
        JSONMember(
          "counts",
          .object([
            JSONMember("entries", .integer(counts.entries)),
            JSONMember("late", .integer(counts.late)),
            JSONMember("corrected", .integer(counts.corrected)),
            JSONMember("struck", .integer(counts.struck)),
            JSONMember("redacted", .integer(counts.redacted)),
          ])),
      ]
  }

  private var incidentJSON: JSONValue {
    let roles = incident.roles.sorted { $0.key < $1.key }
    return .object([
      JSONMember("id", .string(incident.id.description)),
      JSONMember("title", .string(incident.title)),
      JSONMember("class", .string(incident.class.rawValue)),
      JSONMember("status", .string(incident.status.rawValue)),
      JSONMember("priority", .optional(incident.priority?.description)),
      JSONMember("major", .bool(incident.isMajor)),
      JSONMember("service", .optional(incident.service)),
      JSONMember("place", .optional(incident.place)),
      JSONMember("owner", .optional(incident.owner)),
      JSONMember("roles", .object(roles.map { JSONMember($0.key, .string($0.value)) })),
      JSONMember("merged_into", .optional(incident.mergedInto?.description)),
      JSONMember("merged_from", .array(incident.sources.map { .string($0.description) })),
    ])
  }

  var phasesJSON: JSONValue {
    .array(
      metrics.phases.map { phase in
        .object([
          JSONMember("phase", .string(phase.name.rawValue)),
          JSONMember("from", phase.from.json), JSONMember("to", phase.to?.json ?? .null),
          JSONMember(
            "seconds",
            .integer(((phase.to?.at.instant ?? metrics.asOf) - phase.from.at.instant).seconds)),
        ])
      })
  }

  var correctionsJSON: JSONValue {
    .array(
      entries.flatMap { entry in
        entry.corrections.map { correction in
          .object([
            JSONMember("ref", .ref(entry.ref)), JSONMember("by", .ref(correction.ref)),
            JSONMember("author", .string(correction.author)),
            JSONMember("logged", .string(Timestamp.utcText(correction.logged))),
            JSONMember("reason", .string(correction.reason)),
            JSONMember("set", .object(correction.changes)),
          ])
        }
      })
  }

  /// An entry where a document names one: reference, time, who, words.
  func json(_ entry: EffectiveEntry) -> JSONValue {
    .object([
      JSONMember("ref", .ref(entry.ref)), JSONMember("at", entry.entry.at.json),
      JSONMember("who", .string(entry.who)), JSONMember("text", .optional(entry.text)),
    ])
  }

  /// The full log: each line as it was recorded, unknown fields and all, and what it says now where that differs.
  var entriesJSON: JSONValue {
    .array(log.map { $0.logJSON })
  }
}

extension EffectiveEntry {
  fileprivate var logJSON: JSONValue {
    var members = [
      JSONMember("ref", .ref(ref)),
      JSONMember("logged", .string(Timestamp.utcText(record.logged))),
      JSONMember("by", .string(record.by)), JSONMember("via", .string(record.via.rawValue)),
    ]
    if let strike {
      // A struck entry is out of every export but for the fact that it was struck.
      let bare = Entry(record.entry.kind, record.entry.incident, at: record.entry.at)
      members.append(JSONMember("entry", bare.json))
      members.append(
        JSONMember(
          "struck",
          .object([
            JSONMember("by", .ref(strike.ref)), JSONMember("author", .string(strike.author)),
            JSONMember("reason", .string(strike.reason)),
          ])))
    } else {
      members.append(JSONMember("entry", record.entry.json))
      if !corrections.isEmpty { members.append(JSONMember("effective", entry.json)) }
    }
    return .object(members)
  }
}

extension TimelineRows {
  func json(_ file: CaseFile) -> JSONValue {
    .array(
      rows.map { row in
        .object([
          JSONMember("ref", .ref(row.entry.ref)), JSONMember("at", row.entry.entry.at.json),
          JSONMember("approximate", .bool(row.entry.entry.precision == .approximate)),
          JSONMember("logged", .string(Timestamp.utcText(row.entry.record.logged))),
          JSONMember("late", .bool(row.entry.isLate)),
          JSONMember("elapsed_s", .integer(row.elapsed.seconds)),
          JSONMember("who", .string(row.entry.who)),
          JSONMember("kind", .string(row.entry.kind.name)),
          JSONMember("text", .optional(row.entry.text)),
          JSONMember("words", .string(row.entry.words(file.style))),
          JSONMember("incident", .optional(row.entry.incident?.description)),
          JSONMember("corrected", .bool(row.note != nil)),
        ])
      })
  }

  func silencesJSON(_ file: CaseFile) -> JSONValue {
    .array(
      silences.map { silence in
        .object([
          JSONMember("from", silence.from.json), JSONMember("to", silence.to?.json ?? .null),
          JSONMember(
            "seconds",
            .integer(
              ((silence.to?.at.instant ?? file.metrics.asOf) - silence.from.at.instant).seconds)),
        ])
      })
  }
}
