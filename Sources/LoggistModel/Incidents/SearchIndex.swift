/// Tells quickly in which stretches of a journal words cannot occur, so that a search over a million entries looks at
/// few of them.
///
/// Entries stand in blocks of 64 by place. A block has a set of the short sequences of letters (grams) that occur in
/// its entries, hashed into 16,384 bits: three ASCII letters in a row, or two letters of a script that knows no
/// combined forms. A block without one of a word's grams has no entry with that word; every other may have one.
/// Some 32 MB for a million entries.
package struct SearchIndex: Sendable {
  package static let blockSize = 64
  private static let bits = 16_384
  private var blocks: [[UInt64]] = []

  package init() {}
}

// MARK: - Filling it

extension SearchIndex {
  mutating func add(_ grams: [UInt16], at place: Int) {
    let block = place / SearchIndex.blockSize
    while blocks.count <= block {
      blocks.append([UInt64](repeating: 0, count: SearchIndex.bits / 64))
    }
    for gram in grams { blocks[block][Int(gram) >> 6] |= 1 << UInt64(gram & 63) }
  }

  /// The grams of a text, some of them more than once.
  static func grams(of text: String, into grams: inout [UInt16]) {
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      asciiGrams(of: text, into: &grams)
    } else {
      var window = Window()
      for scalar in text.lowercased().unicodeScalars {
        if let gram = window.take(scalar) { grams.append(gram) }
      }
    }
  }

  /// By far the most texts: no letter is looked at twice.
  private static func asciiGrams(of text: String, into grams: inout [UInt16]) {
    let bytes = text.utf8.span
    if bytes.count < 3 { return }
    var (first, second) = (lowercase(bytes[0]), lowercase(bytes[1]))
    for place in 2..<bytes.count {
      let third = lowercase(bytes[place])
      grams.append(hash(first, second, third))
      (first, second) = (second, third)
    }
  }

  private static func lowercase(_ byte: UInt8) -> UInt32 {
    UInt32((0x41...0x5A).contains(byte) ? byte + 0x20 : byte)
  }

  private static func hash(_ first: UInt32, _ second: UInt32, _ third: UInt32) -> UInt16 {
    let mixed = (first &* 0x9E37_79B1) ^ (second &* 0x85EB_CA77) ^ (third &* 0xC2B2_AE3D)
    return UInt16(truncatingIfNeeded: (mixed ^ (mixed >> 15)) & UInt32(bits - 1))
  }

  /// The letters before the one that comes.
  private struct Window {
    private var first: UInt32?
    private var second: UInt32?

    mutating func take(_ scalar: Unicode.Scalar) -> UInt16? {
      let value = scalar.value
      guard value < 0x80 else {
        let before = second.flatMap { $0 >= 0x80 ? $0 : nil }
        (first, second) = (nil, SearchIndex.isAtomic(value) ? value : nil)
        guard let before, let second else { return nil }
        return SearchIndex.hash(before, second, 0)
      }
      defer { (first, second) = (second.flatMap { $0 < 0x80 ? $0 : nil }, value) }
      guard let first, let second, second < 0x80 else { return nil }
      return SearchIndex.hash(first, second, value)
    }
  }

  /// Letters that exist in one form alone: a composed ù and one of two parts would have different grams.
  private static func isAtomic(_ value: UInt32) -> Bool {
    switch value {
    case 0x0430...0x044F: value != 0x0439
    case 0x0627...0x063A, 0x0641...0x064A, 0x4E00...0x9FFF, 0x05D0...0x05EA: true
    default: false
    }
  }
}

// MARK: - Asking it

extension SearchIndex {
  /// What must stand in a block that has an entry with all words of a search.
  package struct Query: Sendable, Hashable {
    fileprivate let grams: [UInt16]

    package init(_ search: Search) {
      var grams: Set<UInt16> = []
      for word in search.words { grams.formUnion(Query.grams(of: word)) }
      self.grams = Array(grams)
    }

    /// A letter that what comes behind may still change is left out.
    private static func grams(of word: String) -> [UInt16] {
      let scalars = Array(word.unicodeScalars)
      var (window, grams): (Window, [UInt16]) = (Window(), [])
      for (place, scalar) in scalars.enumerated() {
        guard let gram = window.take(scalar) else { continue }
        if place + 1 < scalars.count {
          let next = scalars[place + 1].value
          if next >= 0x80, !SearchIndex.isAtomic(next) { continue }
        }
        grams.append(gram)
      }
      return grams
    }
  }

  /// The last block before a place that may have what is asked for; nil where none has.
  package func lastBlock(before end: Int, with query: Query) -> Range<Int>? {
    var block = min((end + SearchIndex.blockSize - 1) / SearchIndex.blockSize, blocks.count) - 1
    while block >= 0 {
      if mayHave(query, block) {
        let start = block * SearchIndex.blockSize
        return start..<min(start + SearchIndex.blockSize, end)
      }
      block -= 1
    }
    return nil
  }

  private func mayHave(_ query: Query, _ block: Int) -> Bool {
    let words = blocks[block]
    return query.grams.allSatisfy { words[Int($0) >> 6] & (1 << UInt64($0 & 63)) != 0 }
  }
}
