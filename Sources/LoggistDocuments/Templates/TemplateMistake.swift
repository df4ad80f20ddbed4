/// Why a text is no template.
package struct TemplateMistake: Error, Sendable, Hashable {
  /// 1 for the first.
  package let line: Int
  package let reason: Reason

  package init(line: Int, reason: Reason) {
    (self.line, self.reason) = (line, reason)
  }

  package enum Reason: Sendable, Hashable {
    /// `{{` without `}}` on the same line.
    case unclosedTag
    /// `{{#name}}` or `{{^name}}` without `{{/name}}`.
    case unclosedSection(String)
    /// `{{/name}}` where another section, or none, is to be closed.
    case wrongClose(String, expected: String?)
    /// A name that this document does not have.
    case unknownTag(String, among: [String])
    /// Mustache that has no use here: partials, delimiters, pragmas.
    case unsupported(String)
    case nestedTooDeep
    /// What Mustache itself does not take.
    case unreadable
  }
}
