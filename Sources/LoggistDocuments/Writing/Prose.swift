package import LoggistModel

/// Words in a row, some of them marked.
package struct Prose: Sendable, Hashable {
  package var runs: [Run]

  package struct Run: Sendable, Hashable {
    package var text: String
    package var mark: Mark

    package init(_ text: String, _ mark: Mark = .plain) {
      (self.text, self.mark) = (text, mark)
    }
  }

  package enum Mark: Sendable, Hashable {
    case plain, strong, emphasis
    /// A time of day or a date; a format that machines read, too, also has the whole timestamp.
    case time(Timestamp)
  }

  package init(_ text: String, _ mark: Mark = .plain) {
    runs = text.isEmpty ? [] : [Run(text, mark)]
  }

  package init(runs: [Run]) {
    self.runs = runs
  }

  package var isEmpty: Bool { runs.allSatisfy(\.text.isEmpty) }

  /// The words without their marks.
  package var plain: String { runs.map(\.text).joined() }

  package static func + (left: Prose, right: Prose) -> Prose {
    Prose(runs: left.runs + right.runs)
  }
}

extension Prose: ExpressibleByStringLiteral {
  package init(stringLiteral text: String) {
    self.init(text)
  }
}

extension Prose {
  /// What stands wherever an entry is missing: never an empty place, never a zero.
  package static let notRecorded = Prose("not recorded", .emphasis)

  /// The text, or that it was not recorded.
  package init(orNotRecorded text: String?) {
    self = text.flatMap { $0.isBlank ? nil : Prose($0) } ?? .notRecorded
  }
}

extension String {
  var isBlank: Bool { unicodeScalars.allSatisfy { $0.properties.isWhitespace } }

  /// Its lines, parted by the line feed alone; `\r\n` is one character to Swift and must not hide one.
  var lines: [Substring] {
    // Nearly every text is one line, and to look for its end by scalars costs more than to write it.
    if !utf8.contains(UInt8(ascii: "\n")) { return [self[...]] }
    return unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map {
      Substring($0)
    }
  }
}
