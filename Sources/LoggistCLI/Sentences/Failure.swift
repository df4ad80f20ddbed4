/// A stated failure: what, where and what next in a sentence or a few, and the status to leave with.
struct Failure: Error, Hashable {
  var sentences: [String]
  var status: ExitStatus

  init(_ sentence: String, _ status: ExitStatus = .failed) {
    self.init([sentence], status)
  }

  init(_ sentences: [String], _ status: ExitStatus = .failed) {
    (self.sentences, self.status) = (sentences, status)
  }

  /// The sentences as one text, for a place that has one line.
  var sentence: String { sentences.joined(separator: "; ") }
}

/// Whoever reads our output has seen enough: no failure.
struct ReaderGone: Error {}
