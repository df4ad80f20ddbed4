extension Entry {
  /// The entries that open an incident from a call: `opened` in front, its title the call's first line, then the
  /// complaint and whatever came with it. All without an incident: the writer gives them its number.
  ///
  /// A tag or the place of the call becomes the incident's service where it is the name of one.
  package static func opening(from call: [Entry], services: [Vocabulary.Name]) -> [Entry] {
    guard let complaint = call.first else { return [] }
    let line = (complaint.text ?? "").split(whereSeparator: \.isNewline).first.map(String.init)
    var opened = Entry(.opened, at: complaint.at)
    opened.precision = complaint.precision
    opened.author = complaint.author
    opened[.title] = .string(line ?? "Call without words")
    let words = complaint.tags + [complaint.string(.place)].compactMap { $0 }
    opened[.service] = words.lazy.compactMap { Vocabulary.name($0, among: services) }
      .first.map { .string($0) }
    opened[.place] = complaint[.place]
    // Its title is what the caller said: it may be seen by whom the call may.
    opened[.visibility] = complaint[.visibility]
    return [opened] + call
  }

  /// The members of the `entry` object that differ in `wanted`; null where it has none. What a `corrected` sets.
  package func changes(to wanted: Entry) -> [JSONMember] {
    let old = json.members ?? []
    let new = wanted.json.members ?? []
    let skipped: Set<String> = ["salt", "kind", "incident"]
    let changed = new.filter { member in
      !skipped.contains(member.name) && !old.contains(member)
    }
    let removed = old.filter { member in
      !skipped.contains(member.name) && !new.contains { $0.name == member.name }
    }
    return changed + removed.map { JSONMember($0.name, .null) }
  }
}
