package import Terminal

/// A line of text being typed, with the keys that hands know from readline.
///
/// It may hold line breaks that came in by a paste; it never submits by itself.
package struct LineEditor: Sendable, Hashable {
  package private(set) var characters: [Character] = []
  /// The place in front of which the next character goes, 0 to `characters.count`.
  package private(set) var cursor = 0
  private var killed: [Character] = []

  package init(_ text: String = "", cursor: Int? = nil) {
    characters = Array(text)
    self.cursor = min(max(cursor ?? characters.count, 0), characters.count)
  }

  package var text: String { String(characters) }
  package var isEmpty: Bool { characters.isEmpty }

  /// Typed or pasted text. A combining mark joins the letter in front of it.
  package mutating func insert(_ text: String) {
    let before = String(characters[..<cursor]) + text
    let front = Array(before)
    let back = characters[cursor...]
    characters = Array(String(front) + String(back))
    cursor = min(front.count, characters.count)
  }

  /// Does what a key says; false where it is no editing key.
  package mutating func edit(_ key: Key) -> Bool {
    if key.modifiers == .control { return editControl(key.code) }
    if key.modifiers == .alt { return editAlt(key.code) }
    switch key.code {
    case .character(let character): insert(String(character))
    case .backspace: remove(max(cursor - 1, 0)..<cursor)
    case .delete: remove(cursor..<min(cursor + 1, characters.count))
    case .left: cursor = max(cursor - 1, 0)
    case .right: cursor = min(cursor + 1, characters.count)
    case .home: cursor = 0
    case .end: cursor = characters.count
    default: return false
    }
    return true
  }

  private mutating func editControl(_ code: Key.Code) -> Bool {
    switch code {
    case .character("a"): cursor = 0
    case .character("e"): cursor = characters.count
    case .character("b"): cursor = max(cursor - 1, 0)
    case .character("f"): cursor = min(cursor + 1, characters.count)
    case .character("d"): remove(cursor..<min(cursor + 1, characters.count))
    case .character("h"): remove(max(cursor - 1, 0)..<cursor)
    case .character("k"): kill(cursor..<characters.count)
    case .character("u"): kill(0..<cursor)
    case .character("w"): kill(wordStart(isWord: { !$0.isWhitespace })..<cursor)
    case .character("y"): insert(String(killed))
    case .left: cursor = wordStart(isWord: LineEditor.isWord)
    case .right: cursor = wordEnd
    default: return false
    }
    return true
  }

  private mutating func editAlt(_ code: Key.Code) -> Bool {
    switch code {
    case .character("b"): cursor = wordStart(isWord: LineEditor.isWord)
    case .character("f"): cursor = wordEnd
    case .character("d"): kill(cursor..<wordEnd)
    case .backspace: kill(wordStart(isWord: LineEditor.isWord)..<cursor)
    default: return false
    }
    return true
  }

  private mutating func remove(_ range: Range<Int>) {
    characters.removeSubrange(range)
    cursor = range.lowerBound
  }

  private mutating func kill(_ range: Range<Int>) {
    if range.isEmpty { return }
    killed = Array(characters[range])
    remove(range)
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber
  }

  private func wordStart(isWord: (Character) -> Bool) -> Int {
    var place = cursor
    while place > 0, !isWord(characters[place - 1]) { place -= 1 }
    while place > 0, isWord(characters[place - 1]) { place -= 1 }
    return place
  }

  private var wordEnd: Int {
    var place = cursor
    while place < characters.count, !LineEditor.isWord(characters[place]) { place += 1 }
    while place < characters.count, LineEditor.isWord(characters[place]) { place += 1 }
    return place
  }
}
