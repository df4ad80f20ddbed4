/// Reads a source of one form as its bytes come, then hands out its incidents.
///
/// The seam of all forms: `read` any number of times, `finish` once, then `harvest` is whole.
package protocol ForeignReader {
  var harvest: Harvest { get }

  /// Takes the next bytes of the file. Throws where the file as a whole cannot be read: a map that does not fit.
  mutating func read(_ bytes: UnsafeRawBufferPointer) throws(ImportFailure)

  /// Hands out the incidents, the one that began first first. One may come in several pieces, in the order in which
  /// they are to be logged.
  mutating func finish(_ body: (ForeignIncident) throws -> Void) throws
}

/// Why a file cannot be imported at all.
package enum ImportFailure: Error, Sendable, Hashable {
  case map([MapMistake])
  case empty
  /// UTF-16 or UTF-32, told by its byte-order mark.
  case encoding(String)
  /// No column of times was recognised, among these.
  case noTimeColumn([String])
  case unknownFormat
  case notJSON(line: Int, String)
  case lacks(String)
}
