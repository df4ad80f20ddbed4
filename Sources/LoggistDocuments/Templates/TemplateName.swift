/// A document that has templates.
package enum TemplateName: String, Sendable, CaseIterable {
  case postmortem, timeline, handover
}

/// A form that is laid out by a template; its name is the file's suffix.
package enum TemplateFormat: String, Sendable, CaseIterable {
  case md, html
}

/// Something that a template can name: `{{window}}`.
package struct TemplateTag: Sendable, Hashable {
  package let name: String
  /// What stands there.
  package let summary: String

  fileprivate init(_ name: String, _ summary: String) {
    (self.name, self.summary) = (name, summary)
  }
}

extension TemplateName {
  /// Everything that a template of this document can name in that format.
  package func tags(_ format: TemplateFormat) -> [TemplateTag] {
    let own =
      switch self {
      case .postmortem: TemplateName.incident + TemplateName.postMortem
      case .timeline: TemplateName.incident + TemplateName.timelineParts
      case .handover: TemplateName.handoverParts
      }
    return TemplateName.every + (format == .html ? TemplateName.page : []) + own
  }

  private static let every = [
    TemplateTag("title", "the document's title"),
    TemplateTag("header", "everything above the first section: the facts about document and log"),
    TemplateTag("desk", "the desk's name"),
    TemplateTag("as_of", "the moment of the document"),
    TemplateTag("zone", "the zone of that moment"),
    TemplateTag("heads", "each node's chain head"),
    TemplateTag("version", "Loggist's version"),
    TemplateTag("rehearsal", "in a rehearsal store, that it is one"),
  ]

  private static let page = [
    TemplateTag("style", "the style sheet: Loggist's, or the store's templates/style.css"),
    TemplateTag(
      "policy", "a Content-Security-Policy that admits this style sheet and nothing else"),
  ]

  private static let incident = [
    TemplateTag("incident", "its name, INC-12"),
    TemplateTag("incident_title", "its title"),
    TemplateTag("class", "real, drill, …"),
    TemplateTag("status", "open, restored, …"),
    TemplateTag("priority", "P1 to P4"),
    TemplateTag("major", "of a major incident, that it is one"),
    TemplateTag("service", "what was affected"),
    TemplateTag("place", "where"),
    TemplateTag("owner", "whose it is"),
    TemplateTag("entries", "how many entries it has, and how many late, corrected, struck"),
    TemplateTag("window", "from when to when"),
    TemplateTag("duration", "how long"),
    TemplateTag("affected", "who was affected"),
    TemplateTag("complaints", "how many, and the first of them"),
    TemplateTag("detection", "how it was found"),
    TemplateTag("cause", "the first line of the root cause"),
    TemplateTag("timeline", "the timeline, a table a day"),
    TemplateTag("course", "HTML: the incident drawn on an axis of time; Markdown: nothing"),
    TemplateTag("key_figures", "every clock with what it was computed from"),
  ]

  private static let postMortem = [
    TemplateTag("issue_summary", "section: summary, window, duration, cause, key figures"),
    TemplateTag("cause_and_resolution", "section: root cause to reopenings"),
    TemplateTag("measures", "section: corrective and preventive measures"),
    TemplateTag("full_log", "section: every entry in the order of recording"),
    TemplateTag("data_quality", "section: what is odd or missing"),
    TemplateTag("sign_offs", "section: who signed"),
    TemplateTag("summary", "the summary alone"),
    TemplateTag("impact", "the impact as a table"),
    TemplateTag("phases", "the phases as a table"),
    TemplateTag("root_cause", "the root cause with its category"),
    TemplateTag("factors", "contributing factors"),
    TemplateTag("ruled_out", "what was ruled out"),
    TemplateTag("changed", "what was changed"),
    TemplateTag("resolution", "the resolution"),
    TemplateTag("verification", "who or what made sure"),
    TemplateTag("reopened", "each time that it was reopened"),
    TemplateTag("corrective_measures", "corrective measures as a table"),
    TemplateTag("preventive_measures", "preventive measures as a table"),
  ]

  private static let timelineParts = [
    TemplateTag("phases", "section: the course, and the phases as a table")
  ]

  private static let handoverParts = [
    TemplateTag("shift", "from when to when"),
    TemplateTag("open_incidents", "section: what is open, as a table"),
    TemplateTag("waiting", "section: who waits for what"),
    TemplateTag("ended", "section: what came to an end"),
    TemplateTag("acceptance", "section: how to accept it, or who did"),
  ]
}
