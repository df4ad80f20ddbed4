import Foundation
import Terminal
import Testing

@testable import LoggistUI

/// The manual page's section on keys is the table of bindings, word for word.
///
/// LOGGIST_UPDATE=1 writes it anew; the difference is then read like any other.
@Suite struct ManualKeysTests {
  private static let page = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/loggist.1")

  @Test func `The manual page has every key of every screen`() throws {
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let start = try #require(text.range(of: "\n.Sh KEYS\n"))
    let end = try #require(text.range(of: "\n.Sh ", range: start.upperBound..<text.endIndex))
    let section = text[start.upperBound..<end.lowerBound] + "\n"
    if ProcessInfo.processInfo.environment["LOGGIST_UPDATE"] != nil {
      let new = text[..<start.upperBound] + Self.expected.dropLast() + text[end.lowerBound...]
      try String(new).write(to: Self.page, atomically: true, encoding: .utf8)
      return
    }
    #expect(section == Self.expected, "LOGGIST_UPDATE=1 writes it anew")
  }

  private static var expected: String {
    var text = """
      A key does what stands behind it on the screen that is open;
      .Ic \\&?
      lists those of the screen, and
      .Li keymap
      in
      .Pa config.yaml
      changes them by the action's name.

      """
    text += list("On every list", Binding.table.filter(isCommon))
    for place in Binding.Place.allCases {
      let own = Binding.table.filter { $0.places.contains(place) && !isCommon($0) }
      if !own.isEmpty { text += list(title(place), own) }
    }
    return text
  }

  /// What works alike nearly everywhere stands once.
  private static func isCommon(_ binding: Binding) -> Bool { binding.places.count > 5 }

  private static func title(_ place: Binding.Place) -> String {
    let name = String(place.rawValue.map { $0 == "_" ? " " : $0 })
    return name.prefix(1).uppercased() + name.dropFirst()
  }

  private static func list(_ title: String, _ bindings: [Binding]) -> String {
    let items = bindings.map { binding in
      let keys = binding.keys.map { quoted($0.name) }.joined(separator: " , ")
      return ".It Ic \(keys)\n\(sentence(binding.long)) \\(en\n.Li \(binding.action.rawValue)\n"
    }
    return ".Ss \(title)\n.Bl -tag -width Ds\n" + items.joined() + ".El\n"
  }

  /// A key's name is never a macro's punctuation.
  private static func quoted(_ name: String) -> String {
    "\\&" + name.map { $0 == "-" ? "\\-" : $0 == "~" ? "\\(ti" : String($0) }.joined()
  }

  private static func sentence(_ words: String) -> String {
    words.prefix(1).uppercased() + words.dropFirst()
  }
}
