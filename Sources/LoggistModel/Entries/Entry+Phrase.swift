extension Entry {
  /// What it says in one line without its time, author and kind: `→ Terence Waller, by phone: rang twice`.
  ///
  /// The one wording that lists, timelines and documents share. Line breaks of the text are kept.
  package var phrase: String {
    if isRedacted { return "[redacted]" }
    let lead = lead
    guard let text, !text.isEmpty else { return lead }
    return lead.isEmpty ? text : "\(lead): \(text)"
  }

  /// What the fields say, in front of the text.
  private var lead: String {
    switch kind {
    case .opened, .set: properties
    case .noticed: string(.how).map { "by \($0)" } ?? ""
    case .impact: joined([string(.change), string(.degree), string(.scope)])
    case .complaint: joined([string(.caller), string(.place)])
    case .acknowledged: string(.who).map { "by \($0)" } ?? ""
    case .escalated:
      joined([
        "→ " + (string(.to) ?? "?") + (string(.team).map { " (\($0))" } ?? ""),
        string(.level).map { "level \($0)" },
        string(.reachedBy).map { "by \($0)" }, string(.reason),
      ])
    case .engaged: "answered " + reference
    case .unanswered: "no answer to " + reference
    case .observation, .check, .change: joined([string(.target), string(.result)])
    case .diagnosis: spaced(string(.verdict))
    case .decision: string(.decidedBy).map { "by \($0)" } ?? ""
    case .mitigation: string(.outcome) ?? ""
    case .restored: string(.verifiedBy).map { "verified by \($0)" } ?? ""
    case .resolved: spaced(string(.how))
    case .reopened, .closed, .cancelled: string(.reason) ?? ""
    case .comms:
      joined([
        "to " + (string(.audience) ?? "?"), string(.channel).map { "by \($0)" },
        string(.nextDue).map { "next due \($0)" },
      ])
    case .informed: "called back " + reference
    case .evidence: joined([string(.path), string(.url)])
    case .role: "\(spaced(string(.role))) \(string(.who) ?? "–")"
    case .paused, .resumed: joined([string(.clock).map { "\($0) clock" }, string(.reason)])
    case .rootCause: string(.category) ?? ""
    case .measure:
      joined([
        string(.type), string(.owner).map { "owner \($0)" }, string(.due).map { "due \($0)" },
      ])
    case .measureUpdate: reference + " " + (string(.state) ?? "")
    case .attached, .detached, .unmerged, .accepted: reference
    case .merged: "into " + (string(.into) ?? "?")
    case .linked: spaced(string(.relation)) + " " + (string(.other) ?? "?")
    case .corrected: joined([reference, changes, string(.reason)])
    case .struck, .unstruck, .redacted: joined([reference, string(.reason)])
    case .handover: joined([string(.from), string(.to).map { "to \($0)" }])
    case .signed: string(.role) ?? ""
    case .unknown(let kind): kind.name
    case .note, .summary, .factor, .resolution, .ioError: ""
    }
  }

  private var reference: String { string(.ref) ?? "?" }

  /// `priority P1, service pharmacy`, and a reason behind them.
  private var properties: String {
    let names: [Field] = [
      .title, .class, .priority, .impact, .urgency, .service, .place,
    ]
    var parts = names.compactMap { name in
      string(name).map { "\(name.rawValue) \($0)" }
    }
    if let isMajor = self[.major]?.bool { parts.append(isMajor ? "major" : "not major") }
    if kind == .opened, let title = string(.title) { parts[0] = title }
    return joined(parts + [string(.reason)])
  }

  /// `at 20:50 → …` of a correction: the fields and their new values.
  private var changes: String {
    (self[.set]?.members ?? []).map { "\($0.name) \($0.value.string ?? $0.value.text)" }
      .joined(separator: ", ")
  }

  private func joined(_ parts: [String?]) -> String {
    parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  private func spaced(_ word: String?) -> String {
    (word ?? "").split(separator: "_").joined(separator: " ")
  }
}
