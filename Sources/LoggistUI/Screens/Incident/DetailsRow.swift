import LoggistModel
import Terminal

/// One row of an incident's details: a property, a complaint, a measure, or the heading above some.
struct DetailsRow: Sendable, Hashable {
  /// What it is: `Priority`, `20:50`; empty in a heading.
  let label: String
  let text: String
  var role = Role.normal
  /// The entry behind it.
  var ref: EntryRef?
  var isHeading = false

  static func heading(_ text: String) -> DetailsRow {
    DetailsRow(label: "", text: text, role: .header, isHeading: true)
  }
}

extension DetailsRow {
  /// Cost: linear in the incident's entries.
  static func rows(_ incident: Incident, clock: ClockStyle, now: Instant) -> [DetailsRow] {
    properties(incident, clock) + complaints(incident, clock) + measures(incident, clock, now)
  }

  private static func properties(_ incident: Incident, _ clock: ClockStyle) -> [DetailsRow] {
    var rows = [heading("Properties")]
    func add(_ label: String, _ text: String?, role: Role = .normal, ref: EntryRef? = nil) {
      rows.append(
        DetailsRow(
          label: label, text: text ?? "not recorded", role: text == nil ? .muted : role, ref: ref))
    }
    let ended = incident.ended.map { " \(clock.time($0))" } ?? ""
    add("Status", incident.status.rawValue + ended)
    let major = incident.isMajor ? "major" : nil
    let priority = [incident.priority?.description, major].compactMap(\.self)
    add(
      "Priority", priority.isEmpty ? nil : priority.joined(separator: ", "),
      role: style(of: incident.isMajor ? .p1 : incident.priority).role)
    add("Impact", incident.impact)
    add("Urgency", incident.urgency)
    add("Class", spaced(incident.class.rawValue))
    add("Service", incident.service)
    add("Place", incident.place)
    add("Owner", incident.owner)
    for (role, who) in incident.roles.sorted(by: { $0.key < $1.key }) {
      add(String(spaced(role).prefix(1)).uppercased() + spaced(role).dropFirst(), who)
    }
    if let into = incident.mergedInto {
      add("Merged into", into.description, ref: incident.latest(.merged)?.ref)
    }
    if !incident.sources.isEmpty {
      add("Merged in", incident.sources.map(\.description).joined(separator: ", "))
    }
    for link in incident.entries(of: .linked) {
      let relation = spaced(link.entry.string(.relation) ?? "related")
      add("Link", "\(relation) \(link.entry.string(.other) ?? "?")", ref: link.ref)
    }
    return rows
  }

  private static func complaints(_ incident: Incident, _ clock: ClockStyle) -> [DetailsRow] {
    if incident.complaints.isEmpty { return [heading("No complaints")] }
    let waiting = incident.callbacks.count
    let count = incident.complaints.count
    let title = count == 1 ? "1 complaint" : "\(count) complaints"
    let rows = incident.complaints.map { complaint in
      let entry = complaint.entry
      let state: String? =
        complaint.informed.map { "called back (\($0))" }
        ?? (entry.flag(.callback) ? "☎ call back" : nil)
      let who = [entry.string(.caller), entry.string(.place), entry.string(.contact), state]
      let head = who.compactMap(\.self).joined(separator: ", ")
      let words = [head, entry.isRedacted ? "[redacted]" : entry.text ?? ""]
      return DetailsRow(
        label: clock.time(complaint.at),
        text: words.filter { !$0.isEmpty }.joined(separator: ": "),
        role: complaint.informed == nil && entry.flag(.callback) ? .warning : .normal,
        ref: complaint.ref)
    }
    return [heading(waiting == 0 ? title : "\(title), \(waiting) to call back")] + rows
  }

  private static func measures(
    _ incident: Incident, _ clock: ClockStyle, _ now: Instant
  ) -> [DetailsRow] {
    if incident.measures.isEmpty { return [heading("No measures")] }
    return [true, false].flatMap { isCorrective -> [DetailsRow] in
      let measures = incident.measures.filter { $0.isCorrective == isCorrective }
      if measures.isEmpty { return [] }
      let kind = isCorrective ? "corrective" : "preventive"
      let title = "\(measures.count) \(kind) \(measures.count == 1 ? "measure" : "measures")"
      return [heading(title)] + measures.map { row($0, clock, now) }
    }
  }

  private static func row(
    _ measure: Incident.Measure, _ clock: ClockStyle, _ now: Instant
  ) -> DetailsRow {
    let isLate = measure.isOverdue(on: clock.date(now), at: now)
    let parts = [
      measure.owner, measure.due.map { "due \($0)\(isLate ? ", overdue" : "")" },
    ].compactMap(\.self)
    let lead = parts.isEmpty ? "" : parts.joined(separator: ", ") + ": "
    return DetailsRow(
      label: measure.state, text: lead + measure.text,
      role: !measure.isOpen ? .muted : isLate ? .warning : .normal, ref: measure.ref)
  }
}
