import Terminal

/// The part of a line being typed that fits, and where its cursor stands in it.
struct EditorView {
  let text: String
  let cursor: Int

  /// Scrolls so that the cursor is always seen; `…` tells that there is more to the left.
  init(_ editor: LineEditor, width: Int) {
    let room = max(width, 1)
    let characters = editor.characters
    // Only what can be on the screen is looked at: a paste may hold a megabyte.
    let front = Array(characters[max(0, editor.cursor - room)..<editor.cursor])
    let back = characters[editor.cursor..<min(characters.count, editor.cursor + room)]
    var before = displaySafe(String(front))
    var isCut = editor.cursor > room
    while CellWidth.of(before) > room - 1, !before.isEmpty {
      before.removeFirst()
      isCut = true
    }
    if isCut, !before.isEmpty, room > 2 {
      before.removeFirst()
      before = "…" + before
    }
    cursor = CellWidth.of(before)
    text = truncate(before + displaySafe(String(back)), to: room)
  }
}
