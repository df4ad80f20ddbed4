import LoggistModel
import Terminal

/// An incident's properties and its entries under their days.
struct IncidentListing {
  private let incident: Incident
  private let session: Session
  private let includesStruck: Bool

  init(_ incident: Incident, _ session: Session, includesStruck: Bool) {
    (self.incident, self.session, self.includesStruck) = (incident, session, includesStruck)
  }

  private var entries: [EffectiveEntry] { includesStruck ? incident.all : incident.entries }

  var json: JSONValue {
    .object(
      [
        JSONMember("v", .integer(1)),
        JSONMember("as_of", .string(session.zone.timestamp(session.moment).description)),
      ] + incident.jsonMembers.filter { $0.name != "entries" } + [
        JSONMember("entries", .array(entries.map(\.json))),
        JSONMember("hints", .array(incident.hints.map { .string("\($0)") })),
      ])
  }

  func text(on paper: Paper) -> String {
    var text = paper.paint("\(incident.id)  \(incident.title)", .title) + "\n"
    text += facts.text(on: paper)
    text += log(on: paper)
    if !incident.measures.isEmpty {
      text += "\n" + paper.paint("Measures", .title) + "\n" + measures.text(on: paper)
    }
    let hints = incident.hints
    if !hints.isEmpty {
      var columns = Columns(.wrap)
      var refs: [String: [EntryRef]] = [:]
      for hint in hints { refs["\(hint)", default: []] += hint.refs }
      for hint in hints {
        guard let own = refs.removeValue(forKey: "\(hint)") else { continue }
        let names = own.isEmpty ? "" : " (\(own.map(\.description).joined(separator: ", ")))"
        columns.add([.init("\(hint)\(names)")])
      }
      text += "\n" + paper.paint("Worth a look", .title) + "\n" + columns.text(on: paper)
    }
    return text
  }

  // MARK: - Properties

  private var facts: Columns {
    var columns = Columns(.wrap)
    func add(_ name: String, _ value: String?, _ role: Role = .normal) {
      guard let value, !value.isEmpty else { return }
      columns.add([.init(name, .muted), .init(value, role)])
    }
    let status = incident.mergedInto.map { "merged into \($0)" } ?? incident.status.rawValue
    let level = incident.isMajor ? "major incident" : nil
    add(
      "Status",
      [status, incident.priority?.description, level].compactMap { $0 }.joined(separator: ", "))
    if incident.class != .real { add("Class", words(incident.class.rawValue), .warning) }
    add("Service", incident.service)
    add("Place", incident.place)
    add("Impact", incident.impact)
    add("Urgency", incident.urgency)
    add("Owner", incident.owner)
    for role in incident.roles.sorted(by: { $0.key < $1.key }) where role.value != incident.owner {
      add(words(role.key).capitalizedFirst, role.value)
    }
    if let report = incident.firstReport {
      add("Reported", "\(session.style.dateAndTime(report.at)), \(report.kind.name)")
    }
    let waiting = incident.callbacks.map(\.ref.description)
    let calls = incident.complaints.count
    add(
      "Calls",
      calls == 0
        ? nil : "\(calls)" + (waiting.isEmpty ? "" : ", to be called back: \(list(waiting))"))
    add("Imported", list(foreignNames))
    add("Merged in", list(incident.sources.map(\.description)))
    add("Reopened", incident.reopenings == 0 ? nil : "\(incident.reopenings) times", .warning)
    return columns
  }

  /// `INC0000057 (servicenow)`: what it is called where it was imported from.
  private var foreignNames: [String] {
    var names: [String] = []
    for entry in incident.entries {
      guard let foreign = entry.entry.foreignIncident else { continue }
      let system = entry.entry.source?["system"]?.string.map { " (\($0))" } ?? ""
      if !names.contains(foreign + system) { names.append(foreign + system) }
    }
    return names
  }

  private func words(_ name: String) -> String {
    name.split(separator: "_").joined(separator: " ")
  }

  private var measures: Columns {
    var columns = Columns(.wrap)
    for measure in incident.measures {
      columns.add([
        .init(measure.ref.description, .key),
        .init(measure.state, measure.state == "done" ? .good : .normal),
        .init(measure.isCorrective ? "corrective" : "preventive"), .init(measure.owner ?? "-"),
        .init(measure.due ?? "-"), .init(measure.text),
      ])
    }
    return columns
  }

  // MARK: - Entries

  private func log(on paper: Paper) -> String {
    var text = ""
    var days: [(day: CivilDate, entries: [EffectiveEntry])] = []
    for entry in entries {
      let day = session.style.date(entry.at)
      if days.last?.day == day {
        days[days.count - 1].entries.append(entry)
      } else {
        days.append((day, [entry]))
      }
    }
    for (_, entries) in days {
      guard let first = entries.first else { continue }
      let heading = session.style.dayHeading(first.at)
      let zone = session.style.zoneAndOffset(first.at)
      text += "\n" + paper.paint("\(heading), \(zone)", .title) + "\n"
      var columns = Columns(.wrap)
      for entry in entries { columns.add(row(entry)) }
      text += columns.text(on: paper)
    }
    return text
  }

  private func row(_ entry: EffectiveEntry) -> [Columns.Cell] {
    let style = session.style
    let about = entry.entry.precision == .approximate ? "~" : ""
    let until = entry.entry.until.map { "–\(style.time($0.instant))" } ?? ""
    var remarks: [String] = []
    if entry.isLate { remarks.append("logged \(logged(entry))") }
    if !entry.corrections.isEmpty {
      remarks.append("corrected by \(list(entry.corrections.map(\.ref.description)))")
    }
    if let strike = entry.strike { remarks.append("struck by \(strike.ref): \(strike.reason)") }
    let tags = entry.entry.tags.map { " #\($0)" }.joined()
    let end = remarks.isEmpty ? "" : " (\(remarks.joined(separator: "; ")))"
    let role: Role = entry.isStruck ? .struck : .normal
    return [
      .init(entry.ref.description, .key),
      .init(about + style.time(entry.at) + until, entry.isLate ? .late : role, isRight: true),
      .init(words(entry.kind.name), role), .init(entry.author, role),
      .init(entry.entry.phrase + tags + end, role),
    ]
  }

  private func logged(_ entry: EffectiveEntry) -> String {
    let style = session.style
    let logged = entry.record.logged
    let isSameDay = style.date(logged) == style.date(entry.at)
    return isSameDay
      ? style.time(logged) : "\(style.shortDay(logged, seenFrom: entry.at)) \(style.time(logged))"
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
