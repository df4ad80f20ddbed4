import LoggistModel

/// Reads how an entry should read.
struct Correction {
  private let original: Entry
  private let session: Session

  init(_ original: Entry, _ session: Session) {
    (self.original, self.session) = (original, session)
  }

  /// The entry as the words say it should be.
  func wanted(_ words: [Verbatim]) throws -> Entry {
    let assignments = words.compactMap { EntryWords.assignment($0.description) }
    let names = original.kind.assignable
    if !words.isEmpty, assignments.count == words.count {
      if let stranger = assignments.first(where: { !names.contains($0.name) }) {
        throw Failure(.notAnAssignment(stranger.name, original.kind))
      }
      return try assignments.reduce(into: original) { entry, assignment in
        try set(assignment.name, assignment.value, &entry)
      }
    }
    let line = try EntryWords.line(words, as: original.kind)
    if line.isEmpty { throw Failure(.nothingToLog) }
    return try read(line)
  }

  /// What a line says is changed; what it does not say stays as it was.
  private func read(_ line: String) throws -> Entry {
    let preview = try session.reading(line, as: original.kind, isAgreed: false)
    if let change = preview.changes.first {
      throw Failure(
        "\(change.name) is set by an entry of its own: loggist add \(original.incident?.description ?? "INC-12") "
          + "set \(change.name)=…", .usage)
    }
    var entry = original
    if preview.hasTime {
      (entry.at, entry.precision, entry.until) = (preview.at, preview.precision, preview.until)
    } else if let until = preview.until {
      entry.until = until
    }
    entry.text = preview.text ?? entry.text
    entry.author = preview.author ?? entry.author
    if !preview.tags.isEmpty { entry.tags = preview.tags }
    for member in preview.fields { entry.set(member) }
    return entry
  }

  private func set(_ name: String, _ value: String, _ entry: inout Entry) throws {
    switch name {
    case "text": entry.text = value.isEmpty ? nil : value
    case "author": entry.author = value.isEmpty ? nil : value
    case "tags":
      entry.tags = value.split { $0 == "," || $0 == " " }.map { String($0.drop { $0 == "#" }) }
    case "at":
      let preview = try session.reading(value, as: entry.kind, isAgreed: false)
      guard preview.hasTime, preview.text == nil else {
        throw Failure(.notATime(value, option: "at="))
      }
      (entry.at, entry.precision) = (preview.at, preview.precision)
      entry.until = preview.until ?? entry.until
    case _ where value.isEmpty:
      if name == "until" { entry.until = nil } else { entry.fields.removeAll { $0.name == name } }
    default:
      let preview = try session.reading(
        "\(entry.at) \(name)=\(EntryWords.inQuotes(value))", as: entry.kind, isAgreed: true)
      if name == "until", let until = preview.until {
        entry.until = until
      } else if let member = preview.fields.first {
        entry.set(member)
      } else {
        throw Failure(.notATime(value, option: "\(name)="))
      }
    }
  }
}

extension Entry {
  fileprivate mutating func set(_ member: JSONMember) {
    if let place = fields.firstIndex(where: { $0.name == member.name }) {
      fields[place] = member
    } else {
      fields.append(member)
    }
  }
}

extension Kind {
  /// What `loggist correct` can set on an entry of this kind.
  var assignable: [String] {
    let own = (rule.fields + KindRule.common).filter { $0.type != .json }.map(\.field.rawValue)
    return ["at", "until", "text"] + own + ["tags", "author"]
  }
}
