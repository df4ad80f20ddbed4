import Foundation
import LoggistModel
import Terminal
import Testing

@testable import LoggistUI

/// Golden screens: every file in `Screens/` is a script with the screens that it must give.
///
/// Those whose names begin with `quarter-` are played on a desk with three months behind it, those with `commands-` on
/// one whose command line knows commands, those with `duty-` on one that has a rota and reminders, those with `carried`
/// on one whose log is carried to two others, those with `first-run` where no log is yet.
///
/// LOGGIST_UPDATE=1 writes the screens anew; the difference is then read like any other.
@Suite struct ScreenTests {
  @Test(arguments: Scenario.all) func `The screens are those of the scenario`(_ name: String) throws
  {
    let recorded = try String(contentsOf: Scenario.url(name), encoding: .utf8)
    let script = try Script(recorded)
    var runner = Scenario.runner(name)
    let played = runner.play(script)
    if ProcessInfo.processInfo.environment["LOGGIST_UPDATE"] != nil {
      try played.write(to: Scenario.url(name), atomically: true, encoding: .utf8)
      return
    }
    #expect(played == recorded, "\(firstDifference(played, recorded))")
  }

  @Test func `Everything that can be on the screen is golden in every size`() throws {
    var seen: Set<String> = []
    for name in Scenario.all {
      var runner = Scenario.runner(name)
      _ = runner.play(try Script(String(contentsOf: Scenario.url(name), encoding: .utf8)))
      for state in runner.shots { seen.insert("\(state.subject) at \(state.size.text)") }
    }
    let subjects =
      Binding.Place.allCases.map(\.rawValue) + [
        "incident with details", "review with preview", "composer of a call", "composer of a note",
        "composer of the filter", "composer of a command",
      ]
    for subject in subjects {
      for size in ["80x24", "132x43", "40x10", "20x5"] {
        let wanted = "\(subject) at \(size)"
        #expect(seen.contains(wanted), "no scenario shows \(wanted)")
      }
    }
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

extension Scenario {
  /// What plays a scenario: the desk that its name says.
  static func runner(_ name: String) -> ScriptRunner {
    if name.hasPrefix("quarter-") { return ScriptRunner(.ofAQuarter(), log: .ofAQuarter) }
    var state: State =
      name.hasPrefix("first-run")
      ? .ofAFirstRun() : name.hasPrefix("duty-") ? .onDuty() : .ofAnEvening()
    if name.hasPrefix("commands-") { state.desk.commands = commands }
    if name.hasPrefix("carried") { state.carry() }
    return ScriptRunner(state, log: .ofTheDesk, answer: answer)
  }

  private static let commands = [
    CommandName("board", "the open incidents"), CommandName("list", "the incidents"),
    CommandName("metrics", "the figures"), CommandName("search", "all entries"),
    CommandName("verify", "whether the log was altered"),
  ]

  /// Stands in for the commands; for the rest the evening's answers.
  private static func answer(_ effect: Effect) -> [Message] {
    guard case .run(let words, _) = effect else { return Evening.answer(effect) }
    let rows = (1...60).map { "row \($0) of what was written  0:\($0 % 60)  Àmọ́xílìn 阿莫西林" }
    return [
      .output(title: "\(words.joined(separator: " ")): done", text: rows.joined(separator: "\n"))
    ]
  }
}

extension State {
  /// One of the other machines has all of the evening but its last two entries, one half of it, and there is an alarm.
  fileprivate mutating func carry() {
    guard let last = Evening.records.last?.ref else { return }
    let held = [last.sequence - 2, last.sequence / 2].map { [last.node: $0] }
    _ = update(&self, .carriage(Carriage(sent: [last.node: last.sequence - 1], held: held)))
    _ = update(
      &self, .alarm("Two different \(last): one log has two histories · loggist sync status"))
    _ = update(&self, .standing("1 not sent yet"))
  }

  /// What a scenario shows, in words: the place, or the line that is being typed.
  fileprivate var subject: String {
    switch composer?.purpose {
    case .call: return "composer of a call"
    case .entry(let kind, _): return "composer of a \(kind.name)"
    case .filter: return "composer of the filter"
    case .command: return "composer of a command"
    case .some: return "composer of something else"
    case nil: break
    }
    switch screen {
    case .incident(let incident) where incident.details != nil: return "incident with details"
    case .review(let review) where review.preview != nil: return "review with preview"
    default: return screen.place.rawValue
    }
  }
}

extension Size {
  fileprivate var text: String { "\(columns)x\(rows)" }
}
