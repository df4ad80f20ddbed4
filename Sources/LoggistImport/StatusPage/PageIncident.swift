import LoggistModel

/// One incident of a status page on its way to being entries.
struct PageIncident {
  let id: String
  let value: JSONValue
  let line: Int
  let bytes: [UInt8]
  private var entries: [ForeignEntry] = []

  init(id: String, value: JSONValue, line: Int, bytes: [UInt8]) {
    (self.id, self.value, self.line, self.bytes) = (id, value, line, bytes)
  }

  struct Problem: Error {
    let field: String?
    let reason: RejectReason
  }

  /// One thing that the page told, at the time at which it says so.
  private struct Told {
    var at: Timestamp
    var status: String
    var text: String
    var record: String
    /// An item of a list that is not the last one tells of what came before the update's status.
    var isEarlier = false
  }

  mutating func entries(
    _ times: inout TimeReader, _ map: ImportMap?
  ) -> Result<[ForeignEntry], Problem> {
    var told: [Told] = []
    for (place, update) in (value["incident_updates"]?.array ?? []).enumerated() {
      switch self.told(by: update, place: place, &times) {
      case .success(let items): told += items
      case .failure(let problem): return .failure(problem)
      }
    }
    let order = told.indices.sorted {
      (told[$0].at.instant, told[$0].isEarlier ? 0 : 1, $1)
        < (told[$1].at.instant, told[$1].isEarlier ? 0 : 1, $0)
    }
    let ordered = order.map { told[$0] }
    let fields = ["started_at", "scheduled_for", "created_at"]
    var start: Timestamp?
    if let field = fields.first(where: { value[$0]?.string != nil }) {
      switch time(value, field, &times) {
      case .success(let time): start = time
      case .failure(let problem): return .failure(problem)
      }
    }
    guard let begin = start ?? ordered.first?.at else {
      return .failure(Problem(field: "started_at", reason: .noTime))
    }
    open(at: begin)
    let chosen = map?.milestones ?? []
    for (place, item) in ordered.enumerated() { log(item, place, ordered, chosen) }
    for milestone in chosen where milestone.shape.kind != .opened {
      if let problem = add(milestone, &times) { return .failure(problem) }
    }
    if let milestone = chosen.first(where: { $0.shape.kind == .opened }) {
      switch time(value, milestone.column.name, &times) {
      case .success(let at): entries[0].entry.at = at
      case .failure(let problem): return .failure(problem)
      }
    } else if chosen.isEmpty, !entries.contains(where: { $0.entry.kind == .resolved }),
      value["resolved_at"]?.string != nil
    {
      if let problem = end(&times) { return .failure(problem) }
    }
    let head = entries.removeFirst()
    let sorted = entries.indices.sorted {
      (entries[$0].entry.at.instant, $0) < (entries[$1].entry.at.instant, $1)
    }
    return .success([head] + sorted.map { entries[$0] })
  }

  // MARK: - Times

  private func time(
    _ object: JSONValue, _ field: String, _ times: inout TimeReader
  ) -> Result<Timestamp, Problem> {
    guard let text = object[field]?.string else {
      return .failure(Problem(field: field, reason: .lacks(field)))
    }
    return times.read(text, line: line).mapError { Problem(field: field, reason: $0) }
  }

  /// What an update tells: one thing, or as many as its list has items.
  private func told(
    by update: JSONValue, place: Int, _ times: inout TimeReader
  ) -> Result<[Told], Problem> {
    let field = update["display_at"]?.string == nil ? "created_at" : "display_at"
    let at: Timestamp
    switch time(update, field, &times) {
    case .success(let time): at = time
    case .failure(let problem): return .failure(problem)
    }
    let status = update["status"]?.string ?? ""
    let body = update["body"]?.string ?? ""
    let name = update["id"]?.string ?? "update \(place + 1)"
    let whole = Told(at: at, status: status, text: HTMLText.plain(body), record: name)
    guard let (items, around) = HTMLText.list(in: body) else { return .success([whole]) }
    var read: [(time: Timestamp, text: String)] = []
    var last = at
    for item in items {
      let (mark, rest) = ListItem.split(HTMLText.plain(item))
      switch mark.flatMap({ ListItem.time($0, after: last, at, &times, line: line) }) {
      case let time?:
        last = time
        read.append((time, rest))
      case nil where mark == nil && read.isEmpty:
        // A list of things, not of times.
        return .success([whole])
      case nil:
        times.say(
          Doubt(line: line, "an item of the list in \(name) of \(id) has no time: taken as \(last)")
        )
        read.append((last, HTMLText.plain(item)))
      }
    }
    var told = read.enumerated().map { place, item in
      Told(
        at: item.time, status: status, text: item.text, record: "\(name).\(place + 1)",
        isEarlier: true)
    }
    // The update's status holds for what was told last.
    if let end = told.indices.max(by: { (told[$0].at.instant, $0) < (told[$1].at.instant, $1) }) {
      told[end].isEarlier = false
    }
    if !around.isEmpty {
      told.append(Told(at: at, status: "", text: around, record: name, isEarlier: true))
    }
    return .success(told)
  }

  // MARK: - Entries

  private mutating func open(at begin: Timestamp) {
    var opened = Entry(.opened, at: begin)
    opened[.title] = .string(value["name"]?.string ?? id)
    if value["scheduled_for"]?.string != nil { opened[.class] = .string("planned") }
    let components = (value["components"]?.array ?? []).compactMap { $0["name"]?.string }
    if components.count == 1 { opened[.service] = .string(components[0]) }
    var parts: [String] = []
    if components.count > 1 { parts.append("Affected: " + components.joined(separator: ", ")) }
    if let link = value["shortlink"]?.string { parts.append(link) }
    if !parts.isEmpty { opened.text = parts.joined(separator: "\n") }
    entries = [ForeignEntry(opened, record: .opened, line: line)]
    guard let impact = value["impact"]?.string, let priority = PageIncident.priorities[impact]
    else {
      return
    }
    var set = Entry(.set, at: begin)
    set[.priority] = .string(priority.description)
    set[.reason] = .string("impact \(impact) on the status page")
    entries.append(ForeignEntry(set, record: RecordName(madeFrom: "impact"), line: line))
  }

  private static let priorities: [String: Priority] = [
    "critical": .p1, "major": .p2, "minor": .p3, "none": .p4,
  ]

  private mutating func log(
    _ told: Told, _ place: Int, _ all: [Told], _ chosen: [ImportMap.Milestone]
  ) {
    var kind = told.isEarlier ? .comms : kind(of: told, place, all)
    if chosen.contains(where: { $0.shape.kind == kind }) { kind = .comms }
    var entry = Entry(kind, at: told.at, text: told.text.isEmpty ? told.status : told.text)
    switch kind {
    case .comms:
      entry[.audience] = .string("public")
      entry[.channel] = .string("status page")
    case .diagnosis: entry[.verdict] = .string("confirmed")
    case .mitigation:
      entry[.outcome] = .string(PageIncident.outcome(after: all[(place + 1)...].map(\.status)))
    case .reopened:
      entry[.reason] = .string(entry.text ?? told.status)
      entry.text = nil
    default: break
    }
    entries.append(ForeignEntry(entry, record: RecordName(madeFrom: told.record), line: line))
  }

  /// A status that was there before is one more message to the public; one that goes back from the end reopens.
  private func kind(of told: Told, _ place: Int, _ all: [Told]) -> Kind {
    let before = all[..<place].filter { !$0.isEarlier && !$0.status.isEmpty }.map(\.status)
    let ends: Set<String> = ["resolved", "completed", "postmortem"]
    if let last = before.last, ends.contains(last), !ends.contains(told.status) { return .reopened }
    let isRepeated = before.last == told.status
    switch told.status {
    case "resolved", "completed": return isRepeated ? .comms : .resolved
    case "postmortem": return .summary
    case "investigating", "in_progress":
      return before.contains(told.status) ? .comms : .acknowledged
    case "identified": return isRepeated ? .comms : .diagnosis
    case "monitoring", "verifying": return isRepeated ? .comms : .mitigation
    default: return .comms
    }
  }

  /// What became of a fix, by the statuses behind it.
  private static func outcome(after statuses: [String]) -> String {
    for status in statuses {
      switch status {
      case "resolved", "completed": return "held"
      case "investigating", "identified": return "failed"
      default: break
      }
    }
    return "pending"
  }

  private mutating func add(
    _ milestone: ImportMap.Milestone, _ times: inout TimeReader
  ) -> Problem? {
    guard value[milestone.column.name]?.string != nil else { return nil }
    switch time(value, milestone.column.name, &times) {
    case .success(let at):
      var entry = Entry(milestone.shape.kind, at: at)
      if entry.kind.rule.rule(for: .reason)?.isRequired == true {
        entry[.reason] = .string(milestone.column.name)
      }
      entries.append(
        ForeignEntry(entry, record: RecordName(madeFrom: milestone.column.name), line: line))
      return nil
    case .failure(let problem): return problem
    }
  }

  private mutating func end(_ times: inout TimeReader) -> Problem? {
    switch time(value, "resolved_at", &times) {
    case .success(let at):
      entries.append(
        ForeignEntry(
          Entry(.resolved, at: at), record: RecordName(madeFrom: "resolved_at"), line: line))
      return nil
    case .failure(let problem): return problem
    }
  }
}

/// An item of a list of times: `2010-02-09 07:00:00 - Small outage just now`, `15:14 - Investigating`.
enum ListItem {
  /// The time in front, and what stands behind it; no time where none does.
  static func split(_ item: String) -> (time: String?, rest: String) {
    let bytes = Array(item.utf8)
    var end = 0
    var hasColon = false
    while end < bytes.count, isOfTime(bytes[end]), !isDash(bytes[end...]) {
      if bytes[end] == UInt8(ascii: ":") { hasColon = true }
      end += 1
    }
    var mark = String(decoding: bytes[..<end], as: UTF8.self).trimmedText
    // `07:00: Small outage`, `07:00 The server`.
    while let last = mark.last, last == ":" || last == "T" || last == " " { mark.removeLast() }
    guard hasColon, mark.utf8.first.map({ (0x30...0x39).contains($0) }) == true else {
      return (nil, item)
    }
    var rest = String(decoding: bytes[mark.utf8.count...], as: UTF8.self).trimmedText
    for zone in ["UTC", "GMT"] where rest.hasPrefix(zone) {
      mark += "Z"
      rest.removeFirst(3)
    }
    let dashes: Set<Character> = ["-", "–", "—", ":", " ", "\n"]
    return (mark, String(rest.drop { dashes.contains($0) }).trimmedText)
  }

  /// A dash behind a blank stands between a time and what happened: `07:00 - 2 servers`.
  private static func isDash(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.starts(with: [0x20, 0x2D, 0x20])
  }

  private static func isOfTime(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || " :-/.+TZ".utf8.contains(byte)
  }

  /// A time of an item: a whole one in the offset of the update, or a time of day at or behind the one before.
  static func time(
    _ mark: String, after last: Timestamp, _ update: Timestamp, _ times: inout TimeReader, line: Int
  ) -> Timestamp? {
    let formats = [
      "yyyy-M-d H:mm:ssX", "yyyy-M-d H:mmX", "yyyy-M-d H:mm:ss", "yyyy-M-d H:mm",
      "yyyy/M/d H:mm:ss", "yyyy/M/d H:mm", "iso",
    ].compactMap { TimeFormat($0) }
    let zone = Zone(
      name: "the page's", offsetMinutes: update.offsetMinutes, abbreviation: update.offsetText)
    var reader = TimeReader(formats: formats, zone: zone, isZoneAssumed: false)
    if case .success(let time) = reader.read(mark, line: line) { return time }
    let day = last.civil.date.description
    var ofDay = TimeReader(
      formats: ["yyyy-MM-dd H:mm:ssX", "yyyy-MM-dd H:mmX", "yyyy-MM-dd H:mm:ss", "yyyy-MM-dd H:mm"]
        .compactMap { TimeFormat($0) }, zone: zone, isZoneAssumed: false)
    guard case .success(var time) = ofDay.read("\(day) \(mark)", line: line) else { return nil }
    // The clock of a list goes round past midnight, never back.
    if time.instant < last.instant { time.instant = time.instant + .days(1) }
    return time
  }
}
