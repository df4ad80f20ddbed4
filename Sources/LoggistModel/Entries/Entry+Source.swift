/// Where an imported entry came from: `"source":{"system":"servicenow","incident":"INC0000057","record":"9f2c…"}`.
///
/// The record names what the entry was made from, in no words: it stays when the entry is redacted, or the next import
/// would bring the text back.
extension Entry {
  package static let sourceName = "source"

  /// What was imported with it; nil for an entry that was logged here.
  package var source: JSONValue? {
    fields.indices.first { fields[$0].name == Entry.sourceName }.map { fields[$0].value }
  }

  /// The name that its incident has where it comes from.
  package var foreignIncident: String? { source?["incident"]?.string }

  /// The part of the source by which it is known again.
  var sourceOnRedaction: JSONMember? {
    guard let members = source?.members else { return nil }
    let kept = members.filter { ["system", "incident", "record"].contains($0.name) }
    return kept.isEmpty ? nil : JSONMember(Entry.sourceName, .object(kept))
  }
}
