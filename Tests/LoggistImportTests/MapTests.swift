import LoggistModel
import Testing

@testable import LoggistImport

@Suite("Mistakes in a map")
struct MapTests {
  private func mistakes(_ text: String) -> [String] {
    do {
      _ = try ImportMap.read(text, file: "map.yaml", zone: Zones.named)
      return []
    } catch .map(let mistakes) {
      return mistakes.map(\.description)
    } catch {
      return ["\(error)"]
    }
  }

  @Test(
    "Each names its line and says what next",
    arguments: [
      ("at: t\nincidnet: n\n", "map.yaml:2: incidnet: unknown key; did you mean \"incident\"?"),
      (
        "at: t\ntimes: { zone: Lisbon }\n",
        "map.yaml:2: times.zone: there is no time zone \"Lisbon\": they are called like Europe/Lisbon"
      ),
      (
        "at: t\ntimes: { format: \"d/Q/yyyy\" }\n",
        "map.yaml:2: times.format: \"d/Q/yyyy\" is no format of times: write it like \"d/M/yyyy H:mm\", or iso, unix, unix-ms, excel"
      ),
      (
        "at: t\nkind: { column: s, values: { Done: resolvd } }\n",
        "map.yaml:2: kind.values.Done: there is no kind \"resolvd\"; did you mean \"resolved\"?"
      ),
      (
        "at: t\nkind: { column: s, values: { Up: escalated } }\n",
        "map.yaml:2: kind.values.Up: escalated needs its to: write { kind: escalated, to: \"…\" }, with {column} for a cell"
      ),
      (
        "at: t\nkind: { column: s, values: { Up: { kind: resolved, how: magic } } }\n",
        "map.yaml:2: kind.values.Up.how: \"magic\" is none of fix, workaround, no_fault, duplicate"
      ),
      (
        "at: t\nset: { colour: c }\n",
        "map.yaml:2: set.colour: unknown key; there is title, class, service, place, impact, urgency, priority, major, reason"
      ),
      (
        "at: t\nset: { priority: { column: p, values: { High: urgent } } }\n",
        "map.yaml:2: set.priority.values.High: \"urgent\" is none of P1, P2, P3, P4"
      ),
      (
        "at: t\ntext: \"{a\"\n",
        "map.yaml:2: text: \"{a\" has a { without its }: a brace itself is written {{"
      ),
      (
        "incident: n\n",
        "map.yaml: no times: name the column of a row's time with 'at', or the columns of 'milestones'"
      ),
      ("at: t\ndecimal: x\n", "map.yaml:2: decimal: expected \",\" or \".\", found \"x\""),
      (
        "at: t\nkind: { column: s, values: { X: struck } }\n",
        "map.yaml:2: kind.values.X: there is no kind \"struck\"; 'loggist kinds' lists them"
      ),
    ])
  func mistake(_ text: String, _ sentence: String) {
    #expect(mistakes(text) == [sentence])
  }

  @Test("What is no YAML is said with its line")
  func notYAML() {
    #expect(mistakes("at: [t\nincident: n\n").first?.hasPrefix("map.yaml:") == true)
    #expect(mistakes("at: t\nat: u\n").first?.contains("twice") == true)
  }

  @Test("A column that is not there is a mistake of the map")
  func column() {
    #expect {
      try Reading.table(
        "number,state,updated\n", map: "at: updated\nincident: nmuber\ntext: \"{stat}\"\n")
    } throws: { error in
      guard case .map(let mistakes)? = error as? ImportFailure else { return false }
      return mistakes.map(\.description) == [
        "map.yaml:2: incident: there is no column \"nmuber\"; did you mean \"number\"?",
        "map.yaml:3: text: there is no column \"stat\"; did you mean \"state\"?",
      ]
    }
  }
}
