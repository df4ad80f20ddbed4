internal import LoggistModel
internal import YAMLText
internal import Yams

/// Reads one file into a configuration; collects mistakes and goes on.
struct ConfigurationReader {
  let file: String
  var configuration: Configuration

  mutating func read(_ text: String) {
    let root: Node?
    do throws(YAMLText.Mistake) {
      root = try YAMLText.root(of: text)
    } catch {
      configuration.mistakes.append(
        ConfigurationMistake(file: file, line: error.line, key: "", problem: .notYAML(error.why)))
      return
    }
    guard let root, root.null == nil || root.scalar == nil else { return }
    eachMember(of: root, at: "", known: ConfigurationReader.keys) { reader, key, node in
      reader.configuration.origins[key] = reader.file
      reader.readTop(key, node)
    }
    checkNames(root)
  }

  private static let keys = [
    "desk", "zone", "hours", "services", "places", "people", "on_call", "priority", "targets",
    "calendars", "remind", "canned", "evidence_mib", "sync", "theme", "keymap",
  ]

  private mutating func readTop(_ key: String, _ node: Node) {
    switch key {
    case "desk": configuration.desk = text(node, key) ?? configuration.desk
    case "zone": configuration.zone = zone(node, key) ?? configuration.zone
    case "hours":
      if let style = node.int.flatMap({ Configuration.HourStyle(rawValue: $0) }) {
        configuration.hours = style
      } else {
        expected("12 or 24", node, key)
      }
    case "services": configuration.services = things(node, key)
    case "places": configuration.places = things(node, key)
    case "people": readPeople(node)
    case "on_call": readOnCall(node)
    case "priority": readPriority(node)
    case "targets": readTargets(node)
    case "calendars": readCalendars(node)
    case "remind": readReminders(node)
    case "canned":
      configuration.canned = []
      eachMember(of: node, at: key) { reader, name, value in
        guard let text = reader.text(value, "canned.\(name)") else { return }
        reader.configuration.canned.append(Configuration.CannedText(name: name, text: text))
      }
    case "evidence_mib":
      if let size = node.int, (1...65_536).contains(size) {
        configuration.evidenceLimit = size << 20
      } else {
        expected("a number of MiB from 1 to 65536", node, key)
      }
    case "sync": readSync(node)
    case "theme":
      if let theme = node.scalar?.string, Configuration.themes.contains(theme) {
        configuration.theme = theme
      } else {
        expected(Configuration.themes.joined(separator: ", "), node, key)
      }
    default:
      eachMember(of: node, at: key) { reader, action, value in
        guard let keys = reader.texts(value, "keymap.\(action)") else { return }
        reader.configuration.keymap[action] = keys
        reader.configuration.keymapPlaces[action] = Configuration.KeymapPlace(
          file: reader.file, line: value.line)
      }
    }
  }

  // MARK: - Values

  mutating func mistake(_ problem: ConfigurationMistake.Problem, _ node: Node, _ key: String) {
    configuration.mistakes.append(
      ConfigurationMistake(file: file, line: node.line, key: key, problem: problem))
  }

  mutating func expected(_ what: String, _ node: Node, _ key: String) {
    mistake(.expected(what, found: node.shown), node, key)
  }

  /// A scalar as it was written: YAML's idea of numbers and dates is not asked.
  mutating func text(_ node: Node, _ key: String) -> String? {
    if let text = node.writtenText { return text }
    expected("a text", node, key)
    return nil
  }

  mutating func texts(_ node: Node, _ key: String) -> [String]? {
    if node.scalar != nil { return text(node, key).map { [$0] } }
    guard let sequence = node.sequence else {
      expected("a list", node, key)
      return nil
    }
    return sequence.enumerated().compactMap { text($1, "\(key)[\($0)]") }
  }

  mutating func flag(_ node: Node, _ key: String) -> Bool? {
    if let flag = node.bool { return flag }
    expected("true or false", node, key)
    return nil
  }

  /// `90s`, `5m`, `1h30m`, `3d`, `2w`.
  mutating func span(_ node: Node, _ key: String) -> TimeSpan? {
    if let span = node.scalar.flatMap({ TimeSpan(written: $0.string) }) { return span }
    expected("a length of time (5m, 1h30m, 3d)", node, key)
    return nil
  }

  mutating func civil(_ node: Node, _ key: String) -> CivilDateTime? {
    if let civil = node.scalar.flatMap({ Timestamp("\($0.string)Z")?.civil }) { return civil }
    expected("a time (2022-01-03 08:00)", node, key)
    return nil
  }

  mutating func day(_ node: Node, _ key: String) -> CivilDate? {
    if let date = node.scalar.flatMap({ Timestamp("\($0.string)T00:00Z")?.civil.date }) {
      return date
    }
    expected("a day (2022-01-31)", node, key)
    return nil
  }

  mutating func zone(_ node: Node, _ key: String) -> String? {
    guard let name = text(node, key) else { return nil }
    if !SystemZone.exists(name) {
      expected("a time zone (Africa/Lagos)", node, key)
      return nil
    }
    return name
  }

  /// Each member of a mapping once; with known names any other is a mistake.
  mutating func eachMember(
    of node: Node, at path: String, known: [String]? = nil,
    _ body: (inout ConfigurationReader, String, Node) -> Void
  ) {
    guard let mapping = node.mapping else {
      expected("keys and values", node, path)
      return
    }
    for (keyNode, value) in mapping {
      let name = keyNode.scalar?.string ?? ""
      let full = path.isEmpty ? name : "\(path).\(name)"
      if let known, !known.contains(name) {
        mistake(.unknownKey(near: nearest(name, among: known).first), keyNode, full)
        continue
      }
      body(&self, name, value)
    }
  }

  private mutating func things(_ node: Node, _ key: String) -> [Configuration.NamedThing] {
    guard let sequence = node.sequence else {
      expected("a list", node, key)
      return []
    }
    var things: [Configuration.NamedThing] = []
    for (index, element) in sequence.enumerated() {
      let path = "\(key)[\(index)]"
      if element.mapping == nil {
        if let name = text(element, path) { things.append(Configuration.NamedThing(name: name)) }
        continue
      }
      var thing = Configuration.NamedThing(name: "")
      eachMember(of: element, at: path, known: ["name", "aliases"]) { reader, name, value in
        if name == "name" {
          thing.name = reader.text(value, "\(path).name") ?? ""
        } else {
          thing.aliases = reader.texts(value, "\(path).aliases") ?? []
        }
      }
      if thing.name.isEmpty { expected("a name", element, path) } else { things.append(thing) }
    }
    return things
  }
}
