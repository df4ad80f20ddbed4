import LoggistModel
import Terminal

/// The board in columns, a line an incident.
struct BoardListing {
  private let board: Board
  private let session: Session
  private let includesEarlier: Bool
  private let earlier: [Incident]

  init(_ journal: Journal, _ session: Session, includesEarlier: Bool) {
    board = Board(journal, now: session.moment, zone: session.zone)
    (self.session, self.includesEarlier) = (session, includesEarlier)
    earlier = includesEarlier ? board.earlier.compactMap { journal.incidents[$0] } : []
  }

  private var groups: [(title: String, name: String, incidents: [Incident])] {
    [("Open", "open", board.open), ("Over today", "over_today", board.resolvedToday)]
      + (includesEarlier ? [("Earlier", "earlier", earlier)] : [])
  }

  func text(on paper: Paper) -> String {
    var columns = Columns(.cut)
    let titles = ["INCIDENT", "PRIO", "STATUS", "SINCE", "AGE", "CALLS", "OWNER", "TITLE"]
    columns.add(titles.map { .init($0, .header) })
    let shown = groups.flatMap(\.incidents)
    for incident in shown { columns.add(row(incident)) }
    var text = shown.isEmpty ? "" : columns.text(on: paper)
    if shown.isEmpty { text = "Nothing is open.\n" }
    if !board.unattached.isEmpty {
      text += "\n" + paper.paint("Complaints without an incident", .title) + "\n"
      var columns = Columns(.cut)
      for entry in board.unattached {
        columns.add([
          .init(entry.ref.description, .key),
          .init(LogLine.moment(entry.entry, session.style, now: session.moment), isRight: true),
          .init(entry.entry.phrase),
        ])
      }
      text += columns.text(on: paper)
    }
    return text
  }

  private func row(_ incident: Incident) -> [Columns.Cell] {
    let style = session.style
    let isOpen = incident.status.isOpen
    let since = incident.begin.map { begin in
      style.date(begin) == style.date(session.moment)
        ? style.time(begin) : style.shortDay(begin, seenFrom: session.moment)
    }
    let age = incident.begin.map { (isOpen ? session.moment : incident.lastEntry?.at ?? $0) - $0 }
    let waiting = incident.callbacks.count
    let calls = incident.complaints.count
    let details = [incident.service, incident.place].compactMap { $0 }
    return [
      .init(incident.id.description, .key),
      .init(priority(incident), priorityRole(incident)),
      .init(incident.status.rawValue, isOpen ? .normal : .good),
      .init(since ?? "", isRight: true),
      .init(age?.clock ?? "", isRight: true),
      .init(
        waiting > 0 ? "\(calls) (\(waiting) to call)" : "\(calls)", waiting > 0 ? .warning : .normal
      ),
      .init(incident.owner ?? "-", incident.owner == nil && isOpen ? .warning : .normal),
      .init(incident.title + (details.isEmpty ? "" : " (\(details.joined(separator: ", ")))")),
    ]
  }

  private func priority(_ incident: Incident) -> String {
    incident.isMajor ? "MAJOR" : incident.priority?.description ?? "-"
  }

  private func priorityRole(_ incident: Incident) -> Role {
    if incident.isMajor { return .critical }
    return switch incident.priority {
    case .p1: .critical
    case .p2: .high
    case .p3: .medium
    case .p4, nil: .low
    }
  }
}

extension BoardListing {
  var json: JSONValue {
    .object(
      [
        JSONMember("v", .integer(1)),
        JSONMember("as_of", .string(session.zone.timestamp(session.moment).description)),
      ]
        + groups.map { group in
          JSONMember(group.name, .array(group.incidents.map { .object($0.jsonMembers) }))
        }
        + [JSONMember("unattached", .array(board.unattached.map(\.json)))])
  }
}
