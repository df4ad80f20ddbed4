/// How much of an entry somebody wants who reads a whole log: what is left out costs neither time nor memory.
package enum EntryDetail: Sendable {
  case everything
  /// What can be shown: all but the salt.
  case words
  /// What figures are computed from: neither salt nor free text.
  case figures
}
