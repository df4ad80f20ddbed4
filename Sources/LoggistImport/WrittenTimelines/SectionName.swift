/// What the name of a section says about the lines below it.
enum SectionName: Hashable {
  case timeline
  /// Other people's business, never a timeline: action items, figures, lessons.
  case foreign
  /// Not a timeline where the document has one: its summary, its impact.
  case prose
  case neutral

  init(_ heading: [UInt8]) {
    guard heading.count <= 150 else {
      self = .neutral
      return
    }
    let found = SectionName.book.groups(in: heading[...])
    self =
      found & 1 != 0 ? .timeline : found & 2 != 0 ? .foreign : found & 4 != 0 ? .prose : .neutral
  }

  private static let book = PhraseBook([timelines, foreigners, passages])

  private static let timelines = [
    "timeline", "timelines", "time line", "chronology", "chronological", "sequence of events",
    "course of events", "event log", "incident log", "log of events", "events log",
  ]

  private static let foreigners = [
    "action", "actions", "action items", "action item", "remediation", "remediations", "next steps",
    "follow up", "follow ups", "followup", "followups", "lessons", "lesson", "learned", "learnt",
    "learnings", "went well", "went wrong", "got lucky", "measures", "corrective", "preventive",
    "preventative", "prevention", "metrics", "stats", "statistics", "figures", "recommendations",
    "improvements", "todo", "todos", "to do", "tasks", "agenda", "attendees", "participants",
    "authors", "references", "glossary", "appendix", "supporting information", "changelog",
    "release notes", "version history", "revision history", "schedule", "opening hours",
  ]

  private static let passages = [
    "summary", "impact", "background", "overview", "root cause", "root causes", "contributing",
    "factors", "trigger", "introduction", "context", "detection", "resolution", "status",
    "severity",
    "analysis", "causes", "cause", "conclusion",
  ]
}
