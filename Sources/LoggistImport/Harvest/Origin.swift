import LoggistModel

/// Where an imported entry came from, as its field `source` says.
struct Origin {
  /// Empty: of no incident.
  var incident: String
  var record: RecordName
  /// Of a line of Loggist's own.
  var head: ForeignHead?

  init(incident: String, record: RecordName, head: ForeignHead?) {
    (self.incident, self.record, self.head) = (incident, record, head)
  }

  /// Nil where an entry was not imported, or from another system.
  init?(_ record: Record, system: String) {
    guard record.via == .import, let source = record.entry.source,
      source["system"]?.string == system,
      let name = source["record"]?.string.flatMap({ RecordName($0) })
    else { return nil }
    let head = source["head"].map { ForeignHead(json: $0.text, digest: $0["digest"]?.string) }
    self.init(incident: source["incident"]?.string ?? "", record: name, head: head)
  }

  /// The member `source` of an entry, with a comma in front.
  func write(system: String, into writer: inout JSONWriter) {
    writer.raw(",\"source\":{\"system\":")
    writer.write(system)
    if !incident.isEmpty {
      writer.raw(",\"incident\":")
      writer.write(incident)
    }
    writer.raw(",\"record\":")
    record.write(into: &writer)
    if let head {
      writer.raw(",\"head\":")
      writer.raw(head.json)
    }
    writer.raw("}")
  }
}
