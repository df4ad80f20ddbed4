/// The line that people type: free text with optional tokens.
///
/// | token | examples | means |
/// | --- | --- | --- |
/// | time, first in the line | `20:45` `8:45 pm WAT` `-12m` `mon 08:15` `~20:45` (`WrittenTime`) | when; without one, now |
/// | person | `@terence` `@"Terence Waller"` | the kind's field for a person, else the author; the display name of a configured person |
/// | service or place | `#pharmacy` | the kind's field for it, where the configuration knows the name; else a tag |
/// | tag | `#cable-cut` `#"two words"` | a tag |
/// | priority | `!1` … `!4` `!major` | the kind's field for it, else a second entry that sets it |
/// | field | `outcome=held` `to="Terence Waller"` `next_due=+30m` | a field that this kind has |
/// | end | `until=21:10` | the end of the interval |
/// | canned text | `;wifi` | the configured sentence, in its place |
///
/// A token begins the line or stands behind white space, and ends before the next, without the punctuation that
/// closes it (`.,;:!?)`). What only looks like one is text: `10 users affected`, `C# app`, `mail a@b`, `#1`, `!5`,
/// `a=b` where the kind has no field `a`. Nothing is lost: each byte of the line is in the text, in a span or white
/// space beside a span.
///
/// - What is set twice: the first token wins and the others stay text.
/// - A token leaves with one space before it, or behind it where none is before. Punctuation behind a token that
///   opens the text leaves with it (`@ama: queue is stuck`).
/// - `\` in front of a token (or of the time) keeps it in the text and goes itself; `\\@` leaves `\@`. In front of
///   anything else it is a backslash: `C:\logs`.
/// - The rest of the text is byte for byte what was typed, line breaks too, without white space at its ends.
/// - A canned sentence is not read for tokens.
package enum EntryLine {
  /// How far a time may lie ahead: people's clocks differ.
  package static let grace = TimeSpan.minutes(2)

  /// Reads a line. Total: every line reads as something; `problem` says why it cannot be logged as it stands.
  ///
  /// A required field that is missing is for `Entry.problem`; nothing is guessed here.
  package static func read(
    _ line: String, as kind: Kind, in context: EntryLineContext
  ) -> EntryLinePreview {
    var reader = EntryLineReader(Array(line.utf8), as: kind, in: context)
    return reader.read()
  }

  /// The time that opens a line at `place`; `tomorrow 08:00` opens a text, since nothing has happened tomorrow.
  static func leadingTime(
    _ bytes: [UInt8], at place: Int = 0, _ context: EntryLineContext
  ) -> WrittenTime? {
    guard let time = WrittenTime.read(bytes, at: place, own: context.zone) else { return nil }
    if case .clock(let clock) = time.value, clock.day == .tomorrow { return nil }
    return time
  }
}
