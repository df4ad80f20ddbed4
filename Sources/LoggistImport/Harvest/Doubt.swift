/// Something that a person should look at before a foreign record is trusted: it could be read in more than one way.
package struct Doubt: Sendable, Hashable {
  /// The line of the source, from 1.
  package var line: Int
  /// What could be meant, and how it was taken: `03/04/2021: taken as 3 April, day first`.
  package var sentence: String

  package init(line: Int, _ sentence: String) {
    (self.line, self.sentence) = (line, sentence)
  }
}
