package import LoggistModel

extension DocumentContext {
  /// What a document that does not show everything says about that, for its head; empty where it does.
  ///
  /// - Parameter incident: the one that it is about; nil: all.
  package func withheldFacts(about incident: IncidentID? = nil) -> [Fact] {
    var facts: [Fact] = []
    if withheld.disclosure.isPublic {
      let count = leftOut(about: incident)
      let entries = count == 1 ? "1 entry that is" : "\(count) entries that are"
      facts.append(
        Fact(
          "Left out",
          Prose(
            "\(entries) not public; states and figures are those of the public entries alone")))
    }
    if withheld.disclosure.hidesNames {
      facts.append(
        Fact(
          "Names",
          Prose(
            "replaced: people are shown as roles, in texts too, where an entry or the configuration knows them as a "
              + "person")))
    }
    return facts
  }

  private func leftOut(about incident: IncidentID?) -> Int {
    incident.map { withheld.entries[$0] ?? 0 } ?? withheld.count
  }

  /// The member of JSON documents that says the same; nil where everything is shown.
  func withheldMember(about incident: IncidentID? = nil) -> JSONMember? {
    if withheld.disclosure == .everything { return nil }
    return JSONMember(
      "withheld",
      .object([
        JSONMember("public_only", .bool(withheld.disclosure.isPublic)),
        JSONMember("entries_left_out", .integer(leftOut(about: incident))),
        JSONMember("names_replaced", .bool(withheld.disclosure.hidesNames)),
      ]))
  }

  /// The cells of every CSV that say the same.
  func withheldCells(about incident: IncidentID? = nil) -> [String: CSVTable.Cell] {
    [
      "left_out": withheld.disclosure.isPublic ? .number(leftOut(about: incident)) : .empty,
      "names": .text(withheld.disclosure.hidesNames ? "replaced" : "as recorded"),
    ]
  }
}
