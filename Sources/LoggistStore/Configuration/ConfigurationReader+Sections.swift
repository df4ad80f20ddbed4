internal import LoggistModel
internal import Yams

extension ConfigurationReader {
  mutating func readPeople(_ node: Node) {
    configuration.people = []
    eachMember(of: node, at: "people") { reader, id, value in
      var person = Configuration.Person(id: id)
      let path = "people.\(id)"
      if value.mapping == nil {
        person.name = reader.text(value, path)
      } else {
        let known = ["name", "role", "phone", "mail"]
        reader.eachMember(of: value, at: path, known: known) { reader, key, value in
          let text = reader.text(value, "\(path).\(key)")
          switch key {
          case "name": person.name = text
          case "role": person.role = text
          case "phone": person.phone = text
          default: person.mail = text
          }
        }
      }
      reader.configuration.people.append(person)
    }
  }

  mutating func readOnCall(_ node: Node) {
    configuration.onCall = []
    guard let sequence = node.sequence else { return expected("a list", node, "on_call") }
    let known = ["team", "weekly", "starts", "handover", "ics", "override", "from", "to"]
    for (index, element) in sequence.enumerated() {
      let path = "on_call[\(index)]"
      var parts: [String: Node] = [:]
      eachMember(of: element, at: path, known: known) { _, key, value in parts[key] = value }
      guard element.mapping != nil else { continue }
      if let rule = onCallRule(parts, element, path) { configuration.onCall.append(rule) }
    }
  }

  private mutating func onCallRule(
    _ parts: [String: Node], _ node: Node, _ path: String
  ) -> Configuration.OnCallRule? {
    guard let team = parts["team"].flatMap({ text($0, "\(path).team") }) else {
      expected("a team", node, path)
      return nil
    }
    if let file = parts["ics"] {
      return text(file, "\(path).ics").map { .calendar(team: team, path: $0) }
    }
    if let person = parts["override"].flatMap({ text($0, "\(path).override") }) {
      guard let from = parts["from"].flatMap({ civil($0, "\(path).from") }),
        let to = parts["to"].flatMap({ civil($0, "\(path).to") }), from < to
      else {
        expected("\"from\" and a later \"to\"", node, path)
        return nil
      }
      return .override(team: team, person: person, from: from, to: to)
    }
    guard let people = parts["weekly"].flatMap({ texts($0, "\(path).weekly") }), !people.isEmpty,
      let starts = parts["starts"].flatMap({ civil($0, "\(path).starts") })
    else {
      expected("\"weekly\" with \"starts\", \"ics\" or \"override\"", node, path)
      return nil
    }
    var handover = (starts.date.weekday, starts.secondOfDay)
    if let node = parts["handover"] {
      guard let read = node.scalar.flatMap({ ConfigurationReader.handover($0.string) }) else {
        expected("a weekday and a time (monday 08:00)", node, "\(path).handover")
        return nil
      }
      handover = read
    }
    return .weekly(
      team: team, people: people, starts: starts, handover: handover.0, secondOfDay: handover.1)
  }

  mutating func readPriority(_ node: Node) {
    let levels = PriorityMatrix.levels
    eachMember(of: node, at: "priority", known: ["matrix"]) { reader, _, matrix in
      reader.eachMember(of: matrix, at: "priority.matrix", known: levels) { reader, impact, row in
        let path = "priority.matrix.\(impact)"
        reader.eachMember(of: row, at: path, known: levels) { reader, urgency, value in
          guard let priority = value.scalar.flatMap({ Priority($0.string) }) else {
            return reader.expected("P1 to P4", value, "\(path).\(urgency)")
          }
          reader.configuration.priorities.byImpact[impact, default: [:]][urgency] = priority
        }
      }
    }
  }

  mutating func readTargets(_ node: Node) {
    configuration.targets = [:]
    eachPriority(of: node, at: "targets") { reader, priority, value in
      let path = "targets.\(priority)"
      var target = Configuration.ServiceTarget()
      reader.eachMember(of: value, at: path, known: ["ack", "fix", "calendar"]) {
        reader, key, value in
        switch key {
        case "ack": target.ack = reader.span(value, "\(path).ack")
        case "fix": target.fix = reader.span(value, "\(path).fix")
        default: target.calendar = reader.text(value, "\(path).calendar")
        }
      }
      reader.configuration.targets[priority] = target
    }
  }

  private mutating func eachPriority(
    of node: Node, at path: String,
    _ body: (inout ConfigurationReader, Priority, Node) -> Void
  ) {
    eachMember(of: node, at: path, known: Priority.allCases.map(\.description)) {
      reader, name, value in
      if let priority = Priority(name) { body(&reader, priority, value) }
    }
  }

  mutating func readCalendars(_ node: Node) {
    configuration.calendars = [:]
    eachMember(of: node, at: "calendars") { reader, name, value in
      let path = "calendars.\(name)"
      var calendar = Configuration.WorkCalendar()
      reader.eachMember(of: value, at: path) { reader, key, value in
        switch key {
        case "zone": calendar.zone = reader.zone(value, "\(path).zone")
        case "holidays":
          guard let days = value.sequence else {
            return reader.expected("a list", value, "\(path).holidays")
          }
          for (index, day) in days.enumerated() {
            if let date = reader.day(day, "\(path).holidays[\(index)]") {
              calendar.holidays.insert(date)
            }
          }
        default:
          guard let days = ConfigurationReader.weekdays(key) else {
            return reader.mistake(.unknownKey(near: nil), value, "\(path).\(key)")
          }
          guard let texts = reader.texts(value, "\(path).\(key)") else { return }
          let hours = texts.compactMap { ConfigurationReader.hours($0) }
          guard hours.count == texts.count else {
            return reader.expected("hours (08:00-17:00)", value, "\(path).\(key)")
          }
          for day in days { calendar.hours[day] = hours }
        }
      }
      reader.configuration.calendars[name] = calendar
    }
  }

  mutating func readReminders(_ node: Node) {
    var reminders = Configuration.Reminders()
    let known = ["silence", "unanswered", "next_update"]
    eachMember(of: node, at: "remind", known: known) { reader, key, value in
      switch key {
      case "silence":
        reader.eachPriority(of: value, at: "remind.silence") { reader, priority, value in
          reminders.silence[priority] = reader.span(value, "remind.silence.\(priority)")
        }
      case "unanswered": reminders.unanswered = reader.span(value, "remind.unanswered")
      default: reminders.nextUpdate = reader.flag(value, "remind.next_update") ?? false
      }
    }
    configuration.reminders = reminders
  }

  /// Names that one part of the file uses of another.
  mutating func checkNames(_ root: Node) {
    for priority in Priority.allCases {
      guard let calendar = configuration.targets[priority]?.calendar,
        configuration.calendars[calendar] == nil
      else { continue }
      let node = root["targets"]?["\(priority)"]?["calendar"] ?? root
      mistake(.unknownName(calendar, of: "calendars"), node, "targets.\(priority).calendar")
    }
    let people = Set(configuration.people.map(\.id))
    for (index, rule) in configuration.onCall.enumerated() {
      let named: [String] =
        switch rule {
        case .weekly(_, let people, _, _, _): people
        case .override(_, let person, _, _): [person]
        case .calendar: []
        }
      for name in named where !people.contains(name) {
        let node = root["on_call"] ?? root
        let rules = node.sequence.map(Array.init) ?? []
        mistake(
          .unknownName(name, of: "people"), index < rules.count ? rules[index] : node,
          "on_call[\(index)]")
      }
    }
  }
}
