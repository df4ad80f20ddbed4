/// Finds known names in texts and puts something else in their place.
///
/// A name is found as whole words, in any case, whatever stands between its words (`Terence Waller`,
/// `terence.waller@…`), and by each of its parts that is written with a capital (`Terence`, `Mr Waller`). Words for what
/// somebody is (`nurse`, `desk`) are no names. In scripts without spaces between words a name is found anywhere.
struct NameFinder {
  /// By their first word; the longest first.
  private var names: [String: [Name]] = [:]
  /// Of scripts that do not part words, or that write others to them.
  private var pieces: [(scalars: [Unicode.Scalar], label: String)] = []

  private struct Name {
    var words: [String]
    var label: String
  }

  init(_ people: [(text: String, label: String)]) {
    for (text, label) in people { add(whole: text, label) }
    for (text, label) in people { add(partsOf: text, label) }
    for key in names.keys { names[key]?.sort { $0.words.count > $1.words.count } }
    pieces.sort { $0.scalars.count > $1.scalars.count }
  }

  private static let mostWords = 6

  private mutating func add(whole text: String, _ label: String) {
    let scalars = Array(text.unicodeScalars)
    let words = NameFinder.words(scalars).map { $0.text }
    guard (1...NameFinder.mostWords).contains(words.count),
      !words.allSatisfy(NameFinder.notNames.contains)
    else { return }
    if scalars.contains(where: { $0.value >= 0x0590 && $0.properties.isAlphabetic }) {
      if scalars.count > 1 { pieces.append((scalars, label)) }
    } else if words.count > 1 || words[0].unicodeScalars.count > 1 {
      add(Name(words: words, label: label))
    }
  }

  /// A part of two people's names is neither's.
  private mutating func add(partsOf text: String, _ label: String) {
    let words = NameFinder.words(Array(text.unicodeScalars))
    guard (2...NameFinder.mostWords).contains(words.count) else { return }
    for word in words where word.isCapitalized && word.text.unicodeScalars.count > 2 {
      if !NameFinder.notNames.contains(word.text) { add(Name(words: [word.text], label: label)) }
    }
  }

  private mutating func add(_ name: Name) {
    let first = name.words[0]
    guard let known = names[first]?.firstIndex(where: { $0.words == name.words }) else {
      names[first, default: []].append(name)
      return
    }
    if names[first]?[known].label != name.label { names[first]?[known].label = "a person" }
  }

  /// What callers and those who answer them are called beside their names.
  private static let notNames: Set<String> = [
    "a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with", "dr", "mr",
    "mrs", "ms",
    "miss", "prof", "sir", "sr", "jr", "nurse", "sister", "matron", "doctor", "pharmacist",
    "pharmacy",
    "registrar", "registration", "reception", "receptionist", "ward", "clinic", "theatre", "lab",
    "laboratory", "desk", "help", "service", "support", "front", "it", "team", "staff", "user",
    "users", "caller", "patient", "officer", "manager", "head", "chief", "director", "lead", "duty",
    "call", "night", "day", "shift", "vendor", "network", "server", "database", "security",
    "monitoring", "admin", "administrator", "hospital", "department", "unit", "station", "office",
    "everybody", "somebody", "nobody", "all", "level", "second", "first", "line", "engineer",
  ]
}

// MARK: - Looking

extension NameFinder {
  /// The text with everybody's label for their names.
  func replaced(_ text: String) -> String {
    if names.isEmpty && pieces.isEmpty { return text }
    var scalars = Array(text.unicodeScalars)
    for piece in pieces { NameFinder.replace(piece.scalars, with: piece.label, in: &scalars) }
    let words = NameFinder.words(scalars)
    var replaced = String.UnicodeScalarView()
    var (copied, place) = (0, 0)
    var last: String?
    while place < words.count {
      guard let (name, count) = name(at: place, words, in: scalars) else {
        place += 1
        continue
      }
      let between = scalars[copied..<words[place].range.lowerBound]
      // Two parts of a name side by side are one person still.
      if name.label != last || !between.allSatisfy(NameFinder.joinsNames) {
        replaced.append(contentsOf: between)
        replaced.append(contentsOf: name.label.unicodeScalars)
      }
      place += count
      (copied, last) = (words[place - 1].range.upperBound, name.label)
    }
    replaced.append(contentsOf: scalars[copied...])
    return String(replaced)
  }

  private func name(
    at place: Int, _ words: [Word], in scalars: [Unicode.Scalar]
  ) -> (Name, Int)? {
    for name in names[words[place].text] ?? [] where place + name.words.count <= words.count {
      let found = words[place..<place + name.words.count]
      let gaps = zip(found, found.dropFirst()).map { $0.range.upperBound..<$1.range.lowerBound }
      if zip(found, name.words).allSatisfy({ $0.text == $1 }),
        gaps.allSatisfy({ scalars[$0].allSatisfy(NameFinder.joinsNames) })
      {
        return (name, name.words.count)
      }
    }
    return nil
  }

  /// What may stand between the words of one name.
  private static func joinsNames(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "." || scalar == "-" || scalar == "_" || scalar.properties.isWhitespace
  }

  private static func replace(
    _ piece: [Unicode.Scalar], with label: String, in scalars: inout [Unicode.Scalar]
  ) {
    var place = 0
    while place + piece.count <= scalars.count {
      if scalars[place] == piece[0], scalars[place..<place + piece.count].elementsEqual(piece) {
        scalars.replaceSubrange(place..<place + piece.count, with: label.unicodeScalars)
        place += label.unicodeScalars.count
      } else {
        place += 1
      }
    }
  }
}

// MARK: - Words

extension NameFinder {
  fileprivate struct Word {
    var range: Range<Int>
    /// In small letters.
    var text: String
    var isCapitalized: Bool
  }

  /// Runs of letters, their marks, and digits.
  fileprivate static func words(_ scalars: [Unicode.Scalar]) -> [Word] {
    var words: [Word] = []
    var start: Int?
    for place in 0...scalars.count {
      let isInside = place < scalars.count && isOfWord(scalars[place])
      if isInside {
        start = start ?? place
      } else if let begin = start {
        let text = String(String.UnicodeScalarView(scalars[begin..<place]))
        words.append(
          Word(
            range: begin..<place, text: text.lowercased(),
            isCapitalized: scalars[begin].properties.isUppercase))
        start = nil
      }
    }
    return words
  }

  private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
        || ("0"..."9").contains(scalar)
    }
    let properties = scalar.properties
    if properties.isAlphabetic { return true }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber: return true
    default: return false
    }
  }
}
