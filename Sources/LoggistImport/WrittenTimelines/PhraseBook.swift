/// Finds known phrases in a passage, word by word: case and punctuation do not matter.
///
/// Cost: one look-up a word, however many phrases it knows.
struct PhraseBook {
  /// By the first word of a phrase: the words behind it, and whose phrase it is.
  private var phrases: [UInt64: [(rest: [UInt64], group: Int)]] = [:]

  /// - groups: lists of phrases; a phrase found sets the bit of its list.
  init(_ groups: [[String]]) {
    for (group, list) in groups.enumerated() {
      for phrase in list {
        let words = PhraseBook.words(Array(phrase.utf8)[...])
        guard let first = words.first else { continue }
        phrases[first, default: []].append((Array(words.dropFirst()), group))
      }
    }
  }

  /// The groups whose phrases stand in a passage, one bit each.
  func groups(in passage: ArraySlice<UInt8>) -> UInt64 {
    let words = PhraseBook.words(passage)
    var found: UInt64 = 0
    for (index, word) in words.enumerated() {
      for phrase in phrases[word] ?? []
      where words[(index + 1)...].starts(with: phrase.rest) {
        found |= 1 << UInt64(phrase.group)
      }
    }
    return found
  }

  /// The words of a passage as numbers (FNV-1a of their bytes in lower case).
  private static func words(_ passage: ArraySlice<UInt8>) -> [UInt64] {
    let seed: UInt64 = 0xCBF2_9CE4_8422_2325
    var (words, word): ([UInt64], UInt64) = ([], seed)
    for byte in passage {
      if byte.isWordPart {
        word = (word ^ UInt64(byte.lowercase)) &* 0x100_0000_01B3
      } else if word != seed {
        words.append(word)
        word = seed
      }
    }
    return word == seed ? words : words + [word]
  }
}
