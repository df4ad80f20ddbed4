import Foundation
import Testing

@testable import LoggistUI

/// Golden screens: every file in `Screens/` is a script with the screens that it must give.
///
/// Those whose names begin with `quarter-` are played on a desk with three months behind it, those with `duty-` on one
/// that has a rota and reminders.
///
/// LOGGIST_UPDATE=1 writes the screens anew; the difference is then read like any other.
@Suite struct ScreenTests {
  @Test(arguments: Scenario.all) func `The screens are those of the scenario`(_ name: String) throws
  {
    let recorded = try String(contentsOf: Scenario.url(name), encoding: .utf8)
    let script = try Script(recorded)
    let state: State =
      name.hasPrefix("first-run")
      ? .ofAFirstRun() : name.hasPrefix("duty-") ? .onDuty() : .ofAnEvening()
    var runner =
      name.hasPrefix("quarter-")
      ? ScriptRunner(.ofAQuarter(), log: .ofAQuarter)
      : ScriptRunner(state, log: .ofTheDesk, answer: Evening.answer)
    let played = runner.play(script)
    if ProcessInfo.processInfo.environment["LOGGIST_UPDATE"] != nil {
      try played.write(to: Scenario.url(name), atomically: true, encoding: .utf8)
      return
    }
    #expect(played == recorded, "\(firstDifference(played, recorded))")
  }

  @Test func `There are scenarios`() {
    #expect(Scenario.all.count >= 8)
  }

  private func firstDifference(_ left: String, _ right: String) -> String {
    let lines = zip(left.split(separator: "\n"), right.split(separator: "\n"))
    for (number, (left, right)) in lines.enumerated() where left != right {
      return "line \(number + 1):\n  is     \(left)\n  should \(right)"
    }
    return "the lengths differ"
  }
}

enum Scenario {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Screens")

  static let all: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".script") }.sorted()

  static func url(_ name: String) -> URL { folder.appending(path: name) }
}
