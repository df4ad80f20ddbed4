internal import LoggistModel

/// What to look for in the bytes of a log, so that every line with something of a word in it is found, and few others.
struct WordSearch: Sendable {
  /// A line that matters holds one of them. Empty: only what every pass finds is looked for.
  let patterns: [BytePattern]
  /// In small letters, where entries may have the word in their names: `inc.8`, `81`.
  let partOfName: String?

  /// Nothing but what every pass finds.
  static let none = WordSearch(patterns: [], partOfName: nil)

  private init(patterns: [BytePattern], partOfName: String?) {
    (self.patterns, self.partOfName) = (patterns, partOfName)
  }

  /// Looks for the longest part of a word of which all spellings are known; nil where there is none.
  init?(_ word: String, nodes: [NodeCode]) {
    let letters = word.map { Spellings($0) }
    var best: [BytePattern] = []
    for start in letters.indices {
      let patterns = WordSearch.patterns(letters[start...])
      if WordSearch.length(patterns) > WordSearch.length(best) { best = patterns }
    }
    if best.isEmpty { return nil }
    patterns = best
    partOfName = nodes.contains { WordSearch.mayName(word, $0) } ? word : nil
  }

  /// All ways to spell the letters at the front, as many letters as there are few ways for.
  private static func patterns(_ letters: ArraySlice<Spellings?>) -> [BytePattern] {
    var patterns: [BytePattern] = []
    for letter in letters {
      guard let letter else { break }
      if patterns.isEmpty {
        patterns = letter.patterns
        continue
      }
      let longer = patterns.flatMap { front in letter.patterns.map { front + $0 } }
      if longer.count > patternLimit { break }
      patterns = longer
    }
    return patterns
  }

  private static let patternLimit = 8

  /// How much there is to go by.
  var length: Int { WordSearch.length(patterns) }

  /// Of the shortest of them, as far as more of it helps.
  private static func length(_ patterns: [BytePattern]) -> Int {
    min(patterns.map(\.count).min() ?? 0, lengthLimit)
  }

  private static let lengthLimit = 24

  /// Whether a word in small letters can stand in a name like `INC.812`.
  private static func mayName(_ word: String, _ node: NodeCode) -> Bool {
    let code = node.description.lowercased()
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    switch parts.count {
    case 1: return code.contains(word) || parts[0].allSatisfy(isDigit)
    case 2: return code.hasSuffix(parts[0]) && parts[1].allSatisfy(isDigit)
    default: return false
    }
  }

  private static func isDigit(_ letter: Character) -> Bool { ("0"..."9").contains(letter) }
}
