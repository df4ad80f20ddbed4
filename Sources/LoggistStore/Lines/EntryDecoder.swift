internal import CSimdJSON
internal import LoggistModel

/// Makes entries of tokens; keeps the names that come again and again, so that each is one string in memory.
final class EntryDecoder {
  private var names: [UInt64: String] = [:]

  /// A short text that many lines share: a user, a way in.
  func name(_ token: JSONToken) -> String {
    guard token.length <= 7 else { return token.string }
    // The bytes and their number in one word: equal keys are equal names.
    var key = UInt64(token.length)
    for byte in token.bytes { key = key << 8 | UInt64(byte) }
    if let known = names[key] { return known }
    let name = token.string
    names[key] = name
    return name
  }

  /// The entry at a token. What is no entry becomes a note that keeps its fields, and the reason is given.
  func entry(
    _ tape: JSONTape, at token: Int, logged: Instant
  ) -> (Entry, Entry.DecodingFailure?) {
    let json = tape.value(token)
    do throws(Entry.DecodingFailure) {
      return (try Entry(json: json), nil)
    } catch {
      return (EntryDecoder.note(of: json, logged: logged), error)
    }
  }

  /// An unknown kind's entry with all fields as they came, at the time when it was recorded.
  private static func note(of json: JSONValue, logged: Instant) -> Entry {
    var note = Entry(.unknown(json["kind"]?.string ?? ""), at: Timestamp(logged))
    note.incident = json["incident"]?.string.flatMap { IncidentID($0) }
    note.text = json["text"]?.string
    let taken = ["kind", note.incident == nil ? "" : "incident", note.text == nil ? "" : "text"]
    note.fields = (json.members ?? []).filter { !taken.contains($0.name) }
    return note
  }
}
