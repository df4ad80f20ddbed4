import LoggistModel
import Terminal

/// One entry whole: every field, its original, and what was said about it.
struct EntryListing {
  private let entry: EffectiveEntry
  private let session: Session

  init(_ entry: EffectiveEntry, _ session: Session) {
    (self.entry, self.session) = (entry, session)
  }

  var json: JSONValue {
    let reach = session.reach(of: entry.ref)?.jsonMembers ?? []
    return .object([JSONMember("v", .integer(1))] + entry.jsonMembers + reach)
  }

  func text(on paper: Paper) -> String {
    let place = entry.incident.map { " of \($0)" } ?? ", of the desk"
    var text = paper.paint("\(entry.ref)  \(entry.kind.name)\(place)", .title) + "\n"
    text += fields(of: entry.entry, isWhole: true).text(on: paper)
    if let strike = entry.strike {
      text += "\n" + said("Struck", strike.ref, strike.author, strike.logged, strike.reason, paper)
    }
    for correction in entry.corrections {
      text +=
        "\n"
        + said(
          "Corrected", correction.ref, correction.author, correction.logged, correction.reason,
          paper)
      var columns = Columns(.wrap)
      for change in correction.changes {
        let value = change.value == .null ? "(taken out)" : EntryListing.words(change.value)
        columns.add([.init(change.name, .muted), .init(value)])
      }
      text += columns.text(on: paper, indent: 2)
    }
    if !entry.corrections.isEmpty {
      text += "\n" + paper.paint("As it was recorded", .title) + "\n"
      text += fields(of: entry.record.entry, isWhole: false).text(on: paper)
    }
    if let redaction = entry.redaction {
      text += "\n" + paper.paint("Redacted by \(redaction)", .warning) + "\n"
    }
    return text
  }

  private func said(
    _ what: String, _ ref: EntryRef, _ author: String, _ logged: Instant, _ reason: String,
    _ paper: Paper
  ) -> String {
    paper.paint("\(what) by \(ref), \(author), \(session.style.dateAndTime(logged))", .title)
      + paper.paint(": \(reason)") + "\n"
  }

  private func fields(of entry: Entry, isWhole: Bool) -> Columns {
    var columns = Columns(.wrap)
    func add(_ name: String, _ value: String) {
      columns.add([.init(name, .muted), .init(value)])
    }
    let style = session.style
    let about = entry.precision == .approximate ? "about " : ""
    add("at", "\(about)\(style.dateAndTime(entry.at.instant)) (\(entry.at))")
    if let until = entry.until { add("until", "\(style.dateAndTime(until.instant)) (\(until))") }
    if isWhole {
      let record = self.entry.record
      let lateness = record.logged - entry.at.instant
      let late = self.entry.isLate ? ", \(lateness.spoken) later" : ""
      add(
        "logged", "\(style.dateAndTime(record.logged))\(late) (\(Timestamp.utcText(record.logged)))"
      )
      add("by", entry.author.map { "\($0), account \(record.by)" } ?? record.by)
      add("via", record.via.rawValue)
      if let reach = session.reach(of: record.ref) { add("kept", reach.phrase) }
      if record.version > Record.version {
        add("version", "\(record.version), written by a newer Loggist")
      }
    }
    if let text = entry.text { add("text", text) }
    for member in entry.fields { add(member.name, EntryListing.words(member.value)) }
    if !entry.tags.isEmpty { add("tags", entry.tags.map { "#\($0)" }.joined(separator: " ")) }
    if !entry.refs.isEmpty { add("refs", entry.refs.map(\.description).joined(separator: " ")) }
    return columns
  }

  private static func words(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .bool(let flag): flag ? "yes" : "no"
    default: value.text
    }
  }
}
