/// What a kind of entry is made of: the one table that the codec, the entry line, the screens, completion and the
/// documentation read.
package struct KindRule: Sendable, Hashable {
  package let kind: Kind
  /// What it says, in a few words, for help and completion.
  package let summary: String
  package let fields: [FieldRule]
  /// The field that an `@person` in the entry line fills; `nil`: the entry's author.
  package let person: Field?
  /// Without text such an entry would say nothing.
  package let needsText: Bool
  /// May stand without an incident.
  package let isDeskWide: Bool

  init(
    _ kind: Kind, _ summary: String, _ fields: [FieldRule] = [], person: Field? = nil,
    needsText: Bool = false, isDeskWide: Bool = false
  ) {
    (self.kind, self.summary, self.fields) = (kind, summary, fields)
    (self.person, self.needsText, self.isDeskWide) = (person, needsText, isDeskWide)
  }

  package func rule(for field: Field) -> FieldRule? {
    fields.first { $0.field == field } ?? KindRule.common.first { $0.field == field }
  }

  package func has(_ field: Field) -> Bool { rule(for: field) != nil }
}

extension Kind {
  private static let rules = Dictionary(
    uniqueKeysWithValues: KindRule.table.map { ($0.kind, $0) })

  /// The rule of this kind; an unknown kind has no fields of its own.
  package var rule: KindRule {
    Kind.rules[self] ?? KindRule(self, "kept from another version of Loggist", isDeskWide: true)
  }
}

/// Words that several kinds share.
private enum Words {
  static let incidentClass = FieldType.choice(["real", "drill", "false_alarm", "planned"])
  static let channel = FieldType.suggestion(["phone", "desk", "mail", "walk-in", "portal"])
  static let level = FieldType.choice(["high", "medium", "low"])
}

extension KindRule {
  /// The fields that every kind has besides its own.
  package static let common = [
    FieldRule.optional(.visibility, .choice(["public", "internal"]))
  ]

  static let table: [KindRule] = [
    KindRule(
      .opened, "makes the incident",
      [
        .required(.title), .optional(.class, Words.incidentClass), .optional(.service),
        .optional(.place),
      ]),
    KindRule(
      .noticed, "somebody or something saw it first",
      [.optional(.how, .choice(["monitoring", "staff", "vendor", "chance"]))]),
    KindRule(
      .impact, "who is hit and how hard, from when to when",
      [
        .required(.change, .choice(["started", "changed", "ended"])), .optional(.scope),
        .optional(.degree, .choice(["full", "degraded", "risk"])),
      ]),
    KindRule(
      .complaint, "a caller's report",
      [
        .optional(.caller), .optional(.place), .optional(.channel, Words.channel),
        .optional(.contact), .optional(.callback, .flag), .optional(.formOpened, .timestamp),
      ], person: .caller, isDeskWide: true),
    KindRule(.acknowledged, "somebody owns it", [.optional(.who)], person: .who),
    KindRule(
      .escalated, "called the on-call officer, a team, a vendor",
      [
        .required(.to), .optional(.team), .optional(.reachedBy), .optional(.level),
        .optional(.reason),
      ],
      person: .to),
    KindRule(.engaged, "they answered the escalation", [.required(.ref, .entry)]),
    KindRule(.unanswered, "they did not answer the escalation", [.required(.ref, .entry)]),
    KindRule(
      .observation, "what was seen", [.optional(.target), .optional(.result)], needsText: true),
    KindRule(
      .check, "what was tried or looked at", [.optional(.target), .optional(.result)],
      needsText: true),
    KindRule(
      .change, "what was altered", [.optional(.target), .optional(.result)], needsText: true),
    KindRule(
      .diagnosis, "what is thought to be the cause",
      [.required(.verdict, .choice(["suspected", "ruled_out", "confirmed"]))], needsText: true),
    KindRule(
      .decision, "what was decided", [.optional(.decidedBy), .optional(.options)],
      person: .decidedBy, needsText: true),
    KindRule(
      .mitigation, "what was done to end the harm",
      [.required(.outcome, .choice(["pending", "held", "partial", "failed", "reverted"]))]),
    KindRule(
      .restored, "the service is back for the people who use it", [.optional(.verifiedBy)],
      person: .verifiedBy),
    KindRule(
      .resolved, "the work is done",
      [.optional(.how, .choice(["fix", "workaround", "no_fault", "duplicate"]))]),
    KindRule(.reopened, "it was not over", [.required(.reason)]),
    KindRule(.closed, "the paperwork is done", [.optional(.reason)]),
    KindRule(.cancelled, "it was no incident", [.optional(.reason)]),
    KindRule(.note, "anything", needsText: true, isDeskWide: true),
    KindRule(
      .comms, "what was told to whom",
      [.required(.audience), .optional(.channel, Words.channel), .optional(.nextDue, .timestamp)]),
    KindRule(.informed, "the caller was called back", [.required(.ref, .entry)]),
    KindRule(
      .evidence, "a file kept with the store, or a link",
      [.optional(.path), .optional(.url), .optional(.sha256), .optional(.mediaType)]),
    KindRule(
      .set, "changes a property of the incident",
      [
        .optional(.title), .optional(.class, Words.incidentClass), .optional(.service),
        .optional(.place), .optional(.impact, Words.level), .optional(.urgency, Words.level),
        .optional(.priority, .priority), .optional(.major, .flag), .optional(.reason),
      ]),
    KindRule(
      .role, "assigns a role, or clears it",
      [
        .required(.role, .suggestion(["lead", "scribe", "on_call", "owner", "comms"])),
        .optional(.who),
      ], person: .who),
    KindRule(
      .paused, "a clock stands still",
      [.required(.clock, .suggestion(["ack", "fix"])), .optional(.reason)]),
    KindRule(
      .resumed, "a clock runs again",
      [.required(.clock, .suggestion(["ack", "fix"])), .optional(.reason)]),
    KindRule(.summary, "the post-mortem's summary", needsText: true),
    KindRule(.rootCause, "why it happened", [.optional(.category)], needsText: true),
    KindRule(.factor, "what helped it to happen", needsText: true),
    KindRule(.resolution, "how it was solved", needsText: true),
    KindRule(
      .measure, "a corrective or preventive action item",
      [
        .required(.type, .choice(["corrective", "preventive"])), .optional(.owner),
        .optional(.due, .day),
      ], person: .owner, needsText: true),
    KindRule(
      .measureUpdate, "how far a measure is",
      [
        .required(.ref, .entry),
        .required(.state, .choice(["open", "doing", "done", "dropped"])),
      ]),
    KindRule(.attached, "the complaint belongs to this incident", [.required(.ref, .entry)]),
    KindRule(.detached, "the complaint does not belong to it", [.required(.ref, .entry)]),
    KindRule(
      .merged, "this incident is the same as another",
      [.required(.into, .incident)]),
    KindRule(.unmerged, "it was not the same after all", [.required(.ref, .entry)]),
    KindRule(
      .linked, "stands beside another incident",
      [
        .required(.other, .incident),
        .required(.relation, .choice(["related", "caused_by", "duplicate_of"])),
      ]),
    KindRule(
      .corrected, "the entry should read otherwise",
      [.required(.ref, .entry), .required(.set, .json), .required(.reason)], isDeskWide: true),
    KindRule(
      .struck, "the entry does not count", [.required(.ref, .entry), .required(.reason)],
      isDeskWide: true),
    KindRule(
      .unstruck, "the entry counts again", [.required(.ref, .entry), .required(.reason)],
      isDeskWide: true),
    KindRule(
      .redacted, "the entry's text was taken out", [.required(.ref, .entry), .required(.reason)],
      isDeskWide: true),
    KindRule(
      .handover, "the shift's end",
      [.optional(.from), .optional(.to), .optional(.open, .json), .optional(.heads, .json)],
      person: .to, isDeskWide: true),
    KindRule(
      .accepted, "the next shift's start", [.required(.ref, .entry)], isDeskWide: true),
    KindRule(
      .signed, "the post-mortem was reviewed",
      [.optional(.role), .optional(.openHints, .integer), .optional(.heads, .json)]),
    KindRule(.ioError, "the disk failed; the log goes on in a new segment", isDeskWide: true),
  ]
}
