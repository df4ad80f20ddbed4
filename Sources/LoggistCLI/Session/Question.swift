import Glibc
import LoggistModel

/// Questions to a person at a terminal.
enum Question {
  /// Somebody sits there who can read and answer.
  static var isPossible: Bool { isatty(STDIN_FILENO) == 1 && Messages.isTerminal }

  /// Throws unless somebody says yes.
  static func ask(_ words: String) throws {
    guard isPossible else { throw Failure(.question(words)) }
    Messages.write("\(words). Log it all the same? [y/N] ", end: "")
    guard let answer = readLine(), answer.lowercased().hasPrefix("y") else {
      throw Failure(.declined)
    }
  }

  /// The answer, or the proposal where somebody only presses Enter or nobody is there.
  static func answer(_ words: String, proposal: String) -> String {
    guard isPossible else { return proposal }
    Messages.write("\(words) [\(proposal)]: ", end: "")
    let answer = (readLine() ?? "").trimmed
    return answer.isEmpty ? proposal : answer
  }
}

extension String {
  /// Without white space at its ends.
  var trimmed: String {
    let front = drop(while: \.isWhitespace)
    return String(front.reversed().drop(while: \.isWhitespace).reversed())
  }
}
