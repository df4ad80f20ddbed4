internal import LoggistModel

/// What to look for in the bytes of a log, so that every line that can matter for a search is found, and few others.
///
/// An entry is found that has all the words, in itself or in the title of its incident. So it has the one word that is
/// looked for everywhere, or its incident's title has that; and what a title has of the other words stands in a line
/// with a title.
struct WordSearch: Sendable {
  /// A line with one of these is read.
  let everywhere: [BytePattern]
  /// A line with a title and one of these is read.
  let inTitles: [BytePattern]
  /// In small letters, where entries may have the word in their names: `inc.8`, `81`.
  let partOfName: String?
  /// The word that is looked for everywhere.
  let word: String?

  /// Nothing but what every pass finds.
  static let nothing = WordSearch()

  private init(_ everywhere: [BytePattern] = []) {
    (self.everywhere, inTitles, partOfName, word) = (everywhere, [], nil, nil)
  }

  /// Entries of some kinds, and whatever else has one of their names for a value.
  init(_ kinds: [Kind]) {
    self.init(kinds.map { BytePattern("\"\($0.name)\"".utf8) })
  }

  /// Nil where a word has no letter of which all spellings are known.
  init?(_ search: Search, nodes: [NodeCode]) {
    var parts: [(word: String, patterns: [BytePattern])] = []
    for word in search.words {
      let patterns = WordSearch.patterns(word)
      if patterns.isEmpty { return nil }
      parts.append((word, patterns))
    }
    // The longest is likely to be the rarest.
    guard
      let chosen = parts.indices.max(by: {
        WordSearch.length(parts[$0].patterns) < WordSearch.length(parts[$1].patterns)
      })
    else { return nil }
    let word = parts[chosen].word
    (self.word, everywhere) = (word, parts[chosen].patterns)
    partOfName = nodes.contains { WordSearch.mayName(word, $0) } ? word : nil
    parts.remove(at: chosen)
    inTitles = parts.flatMap(\.patterns)
  }
}

// MARK: - Patterns of a word

extension WordSearch {
  /// All spellings of the longest part of a word of which they are known.
  private static func patterns(_ word: String) -> [BytePattern] {
    let letters = word.map { Spellings($0) }
    var best: [BytePattern] = []
    for start in letters.indices {
      let patterns = patterns(letters[start...])
      if length(patterns) > length(best) { best = patterns }
    }
    return best
  }

  /// Those of the letters at the front, as many as there are few spellings of.
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

  /// Of the shortest of them, as far as more of it helps.
  private static func length(_ patterns: [BytePattern]) -> Int {
    min(patterns.map(\.count).min() ?? 0, 24)
  }

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
