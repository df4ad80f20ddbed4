import LoggistModel

/// Where an imported entry came from, as its field `source` says.
struct Origin {
  /// Empty: of no incident.
  var incident: String
  var record: RecordName
  /// Of a line of Loggist's own.
  var head: JSONValue?

  init(incident: String, record: RecordName, head: JSONValue?) {
    (self.incident, self.record, self.head) = (incident, record, head)
  }

  /// Nil where an entry was not imported, or from another system.
  init?(_ record: Record, system: String) {
    guard record.via == .import, let source = record.entry.source,
      source["system"]?.string == system,
      let name = source["record"]?.string.flatMap({ RecordName($0) })
    else { return nil }
    self.init(
      incident: source["incident"]?.string ?? "", record: name, head: source["head"])
  }

  var digest: String? { head?["digest"]?.string }

  func json(system: String) -> JSONValue {
    var source = [JSONMember("system", .string(system))]
    if !incident.isEmpty { source.append(JSONMember("incident", .string(incident))) }
    source.append(JSONMember("record", .string(record.text)))
    if let head { source.append(JSONMember("head", head)) }
    return .object(source)
  }
}
