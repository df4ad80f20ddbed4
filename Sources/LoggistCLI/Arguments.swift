import ArgumentParser
import Glibc

/// Makes of the words of a command line what the parser of arguments understands.
///
/// Two things that people rightly expect and that it has no notion of: an entry that begins with a time (`-12m
/// restarted it`), and options in front of the command (`loggist --store DIR list`).
enum Arguments {
  static func prepared(_ words: [String]) -> [String] {
    commandFirst(words.first == "--" ? words : guarded(words))
  }

  // MARK: - Words that only look like options

  /// Marks a word that is no option although it begins with a dash. No argument of a process can hold a NUL, so that
  /// the mark is never somebody's text.
  private static let mark: Character = "\0"

  /// `-12m`, `-> rebooted`, `--- 8< ---`: everything that no option is called.
  private static func guarded(_ words: [String]) -> [String] {
    var isBehindTerminator = false
    return words.map { word in
      if word == "--" { isBehindTerminator = true }
      guard !isBehindTerminator, word.hasPrefix("-"), word != "-", !looksLikeOption(word) else {
        return word
      }
      return String(mark) + word
    }
  }

  /// A dash or two, a letter, letters, digits and dashes up to `=` or the end.
  private static func looksLikeOption(_ word: String) -> Bool {
    if word == "--" { return true }
    let name = word.utf8.prefix { $0 != UInt8(ascii: "=") }.drop { $0 == UInt8(ascii: "-") }
    let dashes = word.utf8.prefix { $0 == UInt8(ascii: "-") }.count
    guard dashes <= 2, let first = name.first, isLetter(first) else { return false }
    return name.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// The word as it was typed.
  static func unguarded(_ word: String) -> String {
    word.first == mark ? String(word.dropFirst()) : word
  }

  // MARK: - Files

  /// A path under which the file can be opened that a word names. No text holds a name that is not UTF-8; the process's own
  /// arguments still have its bytes.
  static func openable(_ word: String) -> String {
    guard word.unicodeScalars.contains("\u{FFFD}") else { return word }
    for place in 0..<Int(CommandLine.argc) {
      guard let argument = CommandLine.unsafeArgv[place], String(cString: argument) == word else {
        continue
      }
      let file = open(argument, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
      if file >= 0 { return "/proc/self/fd/\(file)" }
    }
    return word
  }

  // MARK: - Options before the command

  /// Moves the options in front of the command's name behind it.
  private static func commandFirst(_ words: [String]) -> [String] {
    let place = commandPlace(words)
    guard place > 0, place < words.count, Loggist.hasCommand(words[place]) else { return words }
    return [words[place]] + words[..<place] + words[(place + 1)...]
  }

  /// Where the first word stands that is neither an option nor the value of one.
  private static func commandPlace(_ words: [String]) -> Int {
    var place = 0
    while place < words.count, words[place].hasPrefix("-"), words[place] != "--" {
      place += StoreOptions.takesValue(words[place]) ? 2 : 1
    }
    return min(place, words.count)
  }

  /// The word that stands where a command should and is none.
  static func unknownCommand(_ words: [String]) -> String? {
    // What shells ask of the parser itself.
    let isForParser = words.contains { $0 == "--generate-completion-script" || $0.hasPrefix("---") }
    let place = commandPlace(words)
    guard !isForParser, place < words.count, words[place] != "--", !Loggist.hasCommand(words[place])
    else { return nil }
    return words[place]
  }
}

/// A text exactly as it was typed, whatever it begins with.
struct Verbatim: ExpressibleByArgument, CustomStringConvertible {
  let description: String

  init(_ text: String) {
    description = text
  }

  init?(argument: String) {
    self.init(Arguments.unguarded(argument))
  }
}
