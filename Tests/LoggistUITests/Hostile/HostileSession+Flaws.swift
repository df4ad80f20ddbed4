import LoggistModel
import Terminal

@testable import LoggistUI

// What must hold whatever has happened; each says in words what does not.

extension HostileSession {
  /// What is wrong with the state or its frame.
  func flaw() -> String? {
    if state.screens.isEmpty { return "no screen is open" }
    if let editor = state.composer?.editor, !(0...editor.characters.count).contains(editor.cursor) {
      return "the editor's cursor is outside of its text"
    }
    return selectionFlaw() ?? HostileSession.flaw(of: render(state), size: state.size)
  }

  static func flaw(of frame: Frame, size: Size) -> String? {
    if frame.size != size { return "a frame of \(frame.size) on a screen of \(size)" }
    if let cursor = frame.cursor {
      let isInside =
        (0..<size.rows).contains(cursor.row) && (0..<size.columns).contains(cursor.column)
      if !isInside { return "the cursor stands outside, at \(cursor)" }
    }
    for row in 0..<size.rows {
      let cells = frame.cells(row: row)
      var openWide = false
      for cell in cells {
        if cell.glyph.isEmpty {
          if !openWide { return "half of a wide glyph in row \(row)" }
          openWide = false
          continue
        }
        if openWide { return "a wide glyph without its other half in row \(row)" }
        if let byte = cell.glyph.utf8.first, cell.glyph.utf8.count == 1 {
          if byte < 0x20 || byte == 0x7F { return "a control character in row \(row)" }
          continue
        }
        let isControl = cell.glyph.unicodeScalars.contains {
          $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) || isDirection($0.value)
        }
        if isControl { return "a control character in row \(row)" }
        openWide = CellWidth.of(cell.glyph) == 2
      }
      if openWide { return "a wide glyph is cut in row \(row)" }
    }
    return nil
  }

  /// Controls that turn the direction of what follows.
  private static func isDirection(_ scalar: UInt32) -> Bool {
    (0x202A...0x202E).contains(scalar) || (0x2066...0x2069).contains(scalar)
  }

  /// What is selected exists, where there is anything to select.
  private func selectionFlaw() -> String? {
    switch state.screen {
    case .board(let board):
      let list = state.boardList(board)
      if list.count > 0, board.selected.flatMap({ list.row(of: $0) }) == nil {
        return "the board's selected incident is not on it"
      }
    case .incident(let screen):
      let rows = screen.rows(state.journal)
      if !rows.isEmpty, !rows.contains(where: { $0.ref == screen.selected }) {
        return "the selected entry is not in the timeline"
      }
    case .callbacks(let calls):
      if !calls.calls.isEmpty, !calls.calls.contains(where: { $0 == calls.selected }) {
        return "the selected call is not in the list"
      }
    case .pasted(let pasted):
      if !pasted.lines.indices.contains(pasted.selected) { return "no pasted line is selected" }
    case .search(let search):
      if search.hits.isEmpty ? search.place != 0 : !search.hits.indices.contains(search.place) {
        return "the selected hit is not among the hits"
      }
    case .review(let review):
      if !review.rows.isEmpty, !review.rows.indices.contains(review.selected) {
        return "the review's selected row is not there"
      }
    case .help(let help):
      let count = state.helpRows(help).count
      if help.selected != 0, help.selected >= count {
        return "the help's selected row is not there"
      }
    case .metrics, .measures, .handover, .past, .firstRun, .output: break
    }
    return nil
  }
}
