// The way to the disk without a value tree in between: an import writes a hundred thousand entries a second. What it
// writes is what `json` holds; a test keeps the two together.

extension Entry {
  /// Writes the `entry` object as `json` has it.
  package func write(into writer: inout JSONWriter) {
    writeKind(into: &writer)
    if let incident { writer.writeMember(incident) }
    writeBody(into: &writer)
    if let salt { write("salt", salt, &writer) }
    writer.raw("}")
  }

  /// `{"kind":"note"`: what stands in front of the incident.
  func writeKind(into writer: inout JSONWriter) {
    writer.raw("{\"kind\":")
    writer.write(kind.name)
  }

  /// What stands between the incident and the salt.
  func writeBody(into writer: inout JSONWriter) {
    writer.raw(",\"at\":")
    writer.write(at)
    if precision != .exact { write("precision", precision.rawValue, &writer) }
    if let zone { write("zone", zone, &writer) }
    if let until {
      writer.raw(",\"until\":")
      writer.write(until)
    }
    if let text { write("text", text, &writer) }
    let rules = kind.rule.fields
    var written = 0
    if !fields.isEmpty {
      for rule in rules {
        let name = rule.field.rawValue
        if let place = fields.indices.first(where: { fields[$0].name == name }) {
          write(fields[place], &writer)
          written += 1
        }
      }
    }
    if !tags.isEmpty { write(JSONMember("tags", .array(tags.map { .string($0) })), &writer) }
    if !refs.isEmpty {
      write(JSONMember("refs", .array(refs.map { .string($0.description) })), &writer)
    }
    if let author { write("author", author, &writer) }
    if written < fields.count {
      for member in fields where !rules.contains(where: { $0.field.rawValue == member.name }) {
        write(member, &writer)
      }
    }
  }

  private func write(_ name: String, _ text: String, _ writer: inout JSONWriter) {
    writer.raw(",")
    writer.write(name)
    writer.raw(":")
    writer.write(text)
  }

  private func write(_ member: JSONMember, _ writer: inout JSONWriter) {
    writer.raw(",")
    writer.write(member.name)
    writer.raw(":")
    writer.write(member.value)
  }

  /// This entry as it will be read from what is written of it: its fields in the order of the format, each once.
  package var asRead: Entry {
    let rules = kind.rule.fields
    var places: [Int] = []
    places.reserveCapacity(fields.count)
    for index in fields.indices {
      let name = fields[index].name
      let place = rules.firstIndex { $0.field.rawValue == name } ?? rules.count
      let isDoubled = fields[..<index].contains { $0.name == name }
      // A field under the name of another place, or twice: what is read of it only reading says.
      if isDoubled || place == rules.count && Entry.commonNames.contains(name) {
        return (try? Entry(json: json)) ?? self
      }
      places.append(place)
    }
    if zip(places, places.dropFirst()).allSatisfy({ $0 <= $1 }) { return self }
    var entry = self
    entry.fields = zip(places, fields).sorted { $0.0 < $1.0 }.map(\.1)
    return entry
  }

  private static let commonNames: Set<String> = [
    "kind", "incident", "at", "precision", "zone", "until", "text", "tags", "refs", "author",
    "salt",
  ]
}

extension JSONWriter {
  /// `,"incident":"INC-12"`, as `IncidentID.description` has it.
  package mutating func writeMember(_ incident: IncidentID) {
    raw(",\"incident\":\"")
    incident.node.withLetters { raw($0) }
    raw("-")
    write(incident.number)
    raw("\"")
  }

  /// RFC 3339 in quotes, as `Timestamp.description` has it.
  package mutating func write(_ time: Timestamp) {
    raw("\"")
    civil(time.civil)
    let fraction = Int(time.instant.milliseconds - time.instant.seconds * 1000)
    if fraction != 0 {
      raw(".")
      digits(fraction, 3)
    }
    let minutes = abs(time.offsetMinutes)
    raw(time.offsetMinutes < 0 ? "-" : "+")
    digits(minutes / 60, 2)
    raw(":")
    digits(minutes % 60, 2)
    raw("\"")
  }

  /// In quotes, as `Timestamp.utcText` has it.
  package mutating func write(utc instant: Instant) {
    raw("\"")
    civil(Timestamp(instant).civil)
    raw(".")
    digits(Int(instant.milliseconds - instant.seconds * 1000), 3)
    raw("Z\"")
  }

  private mutating func civil(_ civil: CivilDateTime) {
    if (0...9999).contains(civil.date.year) {
      digits(civil.date.year, 4)
      raw("-")
      digits(civil.date.month, 2)
      raw("-")
      digits(civil.date.day, 2)
    } else {
      raw(civil.date.description)
    }
    raw("T")
    digits(civil.hour, 2)
    raw(":")
    digits(civil.minute, 2)
    raw(":")
    digits(civil.second, 2)
  }
}
