package import LoggistModel

/// What a document states besides the record itself: the moment, how times look, who made it.
package struct DocumentContext: Sendable, Hashable {
  /// Only what had been recorded by then counts; open clocks run up to it.
  package var asOf: Instant
  /// Nobody chose the moment: all that was recorded counts, also what stands in front of the clock, as the last of a large
  /// import does.
  package var isPresent = false
  package var style: ClockStyle
  /// Loggist's own.
  package var version: String
  /// Each node's chain head, `INC.12 <digest>`, by which the record can be proved later.
  package var heads: [Head]
  /// From a store for training, samples and tests.
  package var isRehearsal: Bool
  package var deskName: String?
  /// How long an incident of a priority may take.
  package var targets: [Priority: Deadline.Target]
  /// The store's own identifier, by which its entries are told apart from those of every other.
  package var store = ""
  /// What was left out of the journal before the document was made, and replaced in it.
  package var withheld = Withheld(.everything)

  package struct Head: Sendable, Hashable {
    package var node: NodeCode
    package var text: String

    package init(node: NodeCode, text: String) {
      (self.node, self.text) = (node, text)
    }
  }

  package init(
    asOf: Instant, style: ClockStyle, version: String, heads: [Head] = [],
    isRehearsal: Bool = false, deskName: String? = nil,
    targets: [Priority: Deadline.Target] = [:]
  ) {
    (self.asOf, self.style, self.version) = (asOf, style, version)
    (self.heads, self.isRehearsal, self.deskName) = (heads, isRehearsal, deskName)
    self.targets = targets
  }
}

extension DocumentContext {
  static let rehearsalWords = Prose(
    "Rehearsal: from a store for training, not a record of real events.", .strong)
}
