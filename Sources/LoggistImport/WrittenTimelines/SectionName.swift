internal import LoggistModel

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
    let words = heading.split(whereSeparator: { !$0.isWordPart })
      .map { String(decoding: $0.map(\.lowercase), as: UTF8.self) }
    let name = " " + words.joined(separator: " ") + " "
    func holds(_ phrases: [String]) -> Bool { phrases.contains { name.hasPhrase($0) } }
    if holds(SectionName.timelines) {
      self = .timeline
    } else if holds(SectionName.foreigners) {
      self = .foreign
    } else if holds(SectionName.passages) {
      self = .prose
    } else {
      self = .neutral
    }
  }

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
    "factors", "trigger", "introduction", "context", "detection", "resolution", "status", "severity",
    "analysis", "causes", "cause", "conclusion",
  ]
}

extension String {
  fileprivate func hasPhrase(_ phrase: String) -> Bool {
    let (name, wanted) = (Array(utf8), Array(" \(phrase) ".utf8))
    guard name.count >= wanted.count else { return false }
    return name.indices.dropLast(wanted.count - 1).contains {
      name[$0..<($0 + wanted.count)].elementsEqual(wanted)
    }
  }
}
