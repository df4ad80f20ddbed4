import LoggistModel
import Terminal

/// A canned text that the line names or that its word may become.
struct CannedRow: Sendable, Hashable {
  let name: String
  let text: String
  /// The one that stands in the line now.
  let isChosen: Bool
}

extension Composer {
  /// Rows for canned texts under the line.
  static let cannedRoom = 5

  /// The word in front of the cursor, where it begins as a canned text's name does.
  var cannedPrefix: String? {
    if let completion { return completion.prefix.first == ";" ? completion.prefix : nil }
    let text = editor.characters
    var start = editor.cursor
    while start > 0, !text[start - 1].isWhitespace { start -= 1 }
    guard start < editor.cursor, text[start] == ";" else { return nil }
    return String(text[start..<editor.cursor])
  }
}

extension State {
  /// While a word that begins with `;` is typed, the texts that it may become; else those that stand in the line.
  ///
  /// Cost: none in a line without `;`, else the configured texts.
  func cannedRows(_ composer: Composer) -> [CannedRow] {
    guard !desk.canned.isEmpty, composer.editor.characters.contains(";") else { return [] }
    let words = composer.editor.text.split(whereSeparator: \.isWhitespace)
    if let prefix = composer.cannedPrefix {
      let wanted = prefix.dropFirst().lowercased()
      let names = desk.canned.keys.sorted().filter { $0.lowercased().hasPrefix(wanted) }
      if !names.isEmpty { return names.map { cannedRow($0, words) } }
    }
    return desk.canned.keys.sorted().map { cannedRow($0, words) }.filter(\.isChosen)
  }

  private func cannedRow(_ name: String, _ words: [Substring]) -> CannedRow {
    let mark = ";\(name)".lowercased()
    return CannedRow(
      name: name, text: desk.canned[name] ?? "",
      isChosen: words.contains { $0.lowercased() == mark })
  }
}

extension Composer {
  /// `;wifi  Asked the caller to …`; the one that stands in the line is marked.
  func renderCanned(
    _ canned: [CannedRow], _ rows: Range<Int>, _ width: Int, into frame: inout Frame
  ) {
    let chosen = canned.firstIndex(where: \.isChosen) ?? 0
    let top = max(0, min(chosen - rows.count + 1, canned.count - rows.count))
    for (row, line) in zip(rows, canned[min(top, canned.count)...]) {
      frame.put(line.isChosen ? "▌" : " ", row: row, column: 1, style: .prompt)
      let text = "\(pad(displaySafe(";\(line.name)"), to: 10)) \(displaySafe(line.text))"
      frame.put(
        truncate(text, to: max(width - 4, 0)), row: row, column: 3,
        style: line.isChosen ? Style(.normal, isSelected: true) : .normal)
    }
  }
}
