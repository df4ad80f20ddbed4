import LoggistModel

/// What columns are commonly called, for tables without a map.
enum ColumnNames {
  private static let incident = [
    "incident", "incident_id", "incident_number", "number", "ticket", "ticket_id", "ticket_number",
    "case", "case_id", "case:concept:name", "issue", "id", "key",
  ]
  private static let at = [
    "at", "time", "timestamp", "time:timestamp", "date_time", "datetime", "date", "occurred",
    "occurred_at", "when", "sys_updated_at", "sys_updated_on", "updated_at", "updated",
    "created_at",
    "created",
  ]
  private static let text = [
    "text", "message", "description", "short_description", "summary", "comment", "comments", "note",
    "notes", "entry", "event", "what", "subject", "title",
  ]
  private static let kind = ["kind", "type", "entry_type", "event_type"]
  private static let state = [
    "state", "status", "incident_state", "concept:name", "ticket_status", "case_status",
  ]
  private static let by = [
    "by", "author", "who", "user", "logged_by", "sys_updated_by", "updated_by", "agent",
    "org:resource", "reporter", "name",
  ]
  private static let opened = ["opened", "opened_at", "open_time", "created", "created_at"]
  private static let resolved = ["resolved", "resolved_at", "resolved_time", "solved_at"]
  private static let closed = ["closed", "closed_at", "close_time", "closed_time"]
  private static let reopened = ["reopened", "reopened_at", "reopen_time"]

  /// Words of other systems that mean a kind.
  static let states: [String: Kind] = [
    "new": .opened, "open": .opened, "created": .opened, "solved": .resolved, "fixed": .resolved,
    "done": .resolved, "completed": .resolved, "canceled": .cancelled, "cancelled": .cancelled,
    "acknowledged": .acknowledged, "resolved": .resolved, "closed": .closed, "opened": .opened,
    "reopened": .reopened, "restored": .restored,
  ]

  /// The map that a header suggests; nil where no column of times is among its columns.
  static func map(for header: [String]) -> ImportMap? {
    func column(_ names: [String], _ key: String) -> ImportMap.Column? {
      for name in names {
        if let found = header.first(where: { plain($0) == name }) {
          return ImportMap.Column(found, key: key)
        }
      }
      return nil
    }
    var map = ImportMap()
    map.missing = MissingMarks(["?", "-", "NULL", "null", "N/A", "n/a"])
    map.incident = column(incident, "incident")
    map.by = column(by, "by")
    map.at = column(at, "at")
    let milestones: [(Kind, ImportMap.Column?)] = [
      (.opened, column(opened, "milestones.opened")),
      (.reopened, column(reopened, "milestones.reopened")),
      (.resolved, column(resolved, "milestones.resolved")),
      (.closed, column(closed, "milestones.closed")),
    ]
    // Columns of an opening and an end and no time of its own: a row is an incident.
    let found = milestones.filter { $0.1 != nil }
    let isRowOfEvent = column(Array(at.dropLast(4)), "at") != nil
    if !isRowOfEvent, map.incident != nil, milestones[0].1 != nil, found.count > 1 {
      map.at = nil
      map.milestones = found.compactMap { kind, column in
        column.map { ImportMap.Milestone(shape: .init(kind: kind), column: $0) }
      }
    }
    if map.at == nil, map.milestones.isEmpty { return nil }
    if let text = column(text, "text") { map.text = .init(pieces: [.column(text)]) }
    if let column = column(kind, "kind") ?? column(state, "kind"), map.at != nil {
      let isState = state.contains(plain(column.name))
      map.kind = ImportMap.KindChoice(
        column: column, values: [:], otherwise: .init(kind: .note), repeated: nil,
        takesKindNames: true)
      if isState { map.reopen = .init(from: [], to: nil) }
    }
    if let priority = column(["priority"], "set.priority") {
      map.sets.append(.init(field: .priority, column: priority, values: nil))
    }
    if let service = column(["service", "cmdb_ci", "application"], "set.service") {
      map.sets.append(.init(field: .service, column: service, values: nil))
    }
    return map
  }

  /// `Open Time` → `open_time`.
  private static func plain(_ name: String) -> String {
    String(name.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
  }

  /// Formats of times that need no map; the day stands first in the former of the doubtful ones.
  static let dayFirst = formats(["d", "M"])
  static let monthFirst = formats(["M", "d"])
  static let sure = [
    "iso", "yyyy/M/d H:mm:ss", "yyyy/M/d H:mm", "yyyy.M.d H:mm", "d MMM yyyy H:mm:ss",
    "d MMM yyyy H:mm", "d-MMM-yyyy H:mm:ss", "d-MMM-yyyy H:mm", "MMM d, yyyy H:mm",
    "MMM d, yyyy h:mm a", "d MMM yyyy h:mm a",
  ].compactMap { TimeFormat($0) }

  private static func formats(_ order: [String]) -> [TimeFormat] {
    var formats: [TimeFormat] = []
    for mark in ["/", "-", "."] {
      for end in [" H:mm:ss", " H:mm", " h:mm:ss a", " h:mm a", ", H:mm", ""] {
        formats += [TimeFormat((order + ["yyyy"]).joined(separator: mark) + end)].compactMap(\.self)
      }
    }
    return formats
  }
}
