extension PasteReader {
  /// The entries as previews, their days found.
  ///
  /// A time without a day belongs to the last day that was named, or to the day after it where it is smaller than
  /// the time before it. Where no day was named the last line is taken to be the last such time before now, and
  /// the others to lead up to it. A step back of an hour at most stays on its day: people append what they forgot.
  func previews(as kind: Kind, readingTokens: Bool) -> [EntryLinePreview] {
    var clock = PasteClock(context: context)
    for item in items {
      switch item {
      case .zone(let zone): clock.zone = zone
      case .day(let day): clock.begin(day)
      case .entry(let entry): clock.add(entry, as: kind)
      }
    }
    clock.anchorPending()
    return zip(clock.previews, items.compactMap(\.entry)).map {
      fill($0, from: $1, readingTokens: readingTokens)
    }
  }
}

extension PasteReader {
  private func fill(
    _ preview: EntryLinePreview, from entry: PastedEntry, readingTokens: Bool
  ) -> EntryLinePreview {
    if readingTokens {
      var reader = EntryLineReader(entry.text, after: preview, in: context)
      var read = entry.lead == nil ? reader.read() : reader.readText()
      read.spans = []
      return read
    }
    var preview = preview
    let text = entry.text.trimmed
    preview.text = text.isEmpty ? nil : text.text
    return preview
  }
}

extension PasteReader.Item {
  fileprivate var entry: PasteReader.PastedEntry? {
    if case .entry(let entry) = self { entry } else { nil }
  }
}
