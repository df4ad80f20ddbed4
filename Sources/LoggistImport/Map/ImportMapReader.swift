internal import LoggistModel
internal import YAMLText
internal import Yams

/// Reads a map from YAML; collects all its mistakes.
struct ImportMapReader {
  let file: String
  let zone: (String) -> Zone?
  var map = ImportMap()
  var mistakes: [MapMistake] = []

  init(file: String, zone: @escaping (String) -> Zone?) {
    (self.file, self.zone) = (file, zone)
    map.file = file
  }

  mutating func read(_ text: String) {
    let root: Node?
    do throws(YAMLText.Mistake) {
      root = try YAMLText.root(of: text)
    } catch {
      mistakes.append(
        MapMistake(file: file, line: error.line, key: "", problem: .notYAML(error.why)))
      return
    }
    guard let root else {
      mistakes.append(MapMistake(file: file, line: 0, key: "", problem: .noTimes))
      return
    }
    eachMember(of: root, at: "", known: ImportMapReader.keys) { $0.readTop($1, $2) }
    if mistakes.isEmpty, map.at == nil, map.milestones.isEmpty {
      mistakes.append(MapMistake(file: file, line: 0, key: "", problem: .noTimes))
    }
  }

  private static let keys = [
    "source", "separator", "times", "decimal", "incident", "at", "by", "title", "text", "kind",
    "reopen", "set", "milestones",
  ]

  private mutating func readTop(_ key: String, _ node: Node) {
    switch key {
    case "source": map.source = text(node, key)
    case "separator": readSeparator(node)
    case "times": readTimes(node)
    case "decimal":
      guard let text = text(node, key) else { return }
      if text == "," || text == "." {
        map.decimal = text.utf8.first ?? map.decimal
      } else {
        expected("\",\" or \".\"", node, key)
      }
    case "incident": map.incident = column(node, key)
    case "at": map.at = column(node, key)
    case "by": map.by = column(node, key)
    case "title": map.title = template(node, key)
    case "text": map.text = template(node, key)
    case "kind": readKind(node)
    case "reopen": readReopen(node)
    case "set": readSets(node)
    default: readMilestones(node)
    }
  }

  private mutating func readSeparator(_ node: Node) {
    let names = ["comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"]
    guard let text = node.scalar?.string, let one = (names[text] ?? text).utf8.first,
      (names[text] ?? text).utf8.count == 1
    else {
      return expected("comma, semicolon, tab, pipe or the character itself", node, "separator")
    }
    map.separator = one
  }

  private mutating func readTimes(_ node: Node) {
    if node.mapping == nil {
      readFormats(node, "times")
      return
    }
    eachMember(of: node, at: "times", known: ["format", "zone", "missing"]) { reader, key, value in
      switch key {
      case "format": reader.readFormats(value, "times.format")
      case "zone":
        guard let name = reader.text(value, "times.zone") else { return }
        reader.map.zone = reader.zone(name)
        if reader.map.zone == nil { reader.mistake(.unknownZone(name), value, "times.zone") }
      default:
        for text in reader.texts(value, "times.missing", allowsEmpty: true) {
          reader.map.missing.insert(text)
        }
      }
    }
  }

  private mutating func readFormats(_ node: Node, _ key: String) {
    for text in texts(node, key) {
      if let format = TimeFormat(text) {
        map.formats.append(format)
      } else {
        mistake(.notATimeFormat(text), node, key)
      }
    }
  }

  private mutating func readReopen(_ node: Node) {
    var reopen = ImportMap.Reopen(from: [], to: nil)
    eachMember(of: node, at: "reopen", known: ["from", "to"]) { reader, key, value in
      let states = Set(reader.texts(value, "reopen.\(key)"))
      if key == "from" { reopen.from = states } else { reopen.to = states }
    }
    if reopen.from.isEmpty {
      expected("the states that it comes back from, 'from'", node, "reopen")
    }
    map.reopen = reopen
  }

  private mutating func readSets(_ node: Node) {
    let fields = Kind.set.rule.fields.map(\.field.rawValue)
    eachMember(of: node, at: "set", known: fields) { reader, name, value in
      guard let field = Field(rawValue: name) else { return }
      let key = "set.\(name)"
      if value.mapping == nil {
        guard let column = reader.column(value, key) else { return }
        reader.map.sets.append(ImportMap.Property(field: field, column: column, values: nil))
        return
      }
      var column: ImportMap.Column?
      var values: [String: String]?
      reader.eachMember(of: value, at: key, known: ["column", "values"]) { reader, part, node in
        if part == "column" {
          column = reader.column(node, "\(key).column")
          return
        }
        var table: [String: String] = [:]
        reader.eachMember(of: node, at: "\(key).values") { reader, from, to in
          guard let text = reader.text(to, "\(key).values.\(from)") else { return }
          let written = JSONValue.string(text)
          if case .notOneOf(_, _, let allowed)? = Kind.set.rule.rule(for: field)?.problem(
            with: written)
          {
            reader.mistake(.notAmong(text, allowed), to, "\(key).values.\(from)")
          } else if field == .priority, Priority(text) == nil {
            reader.mistake(.notAmong(text, ["P1", "P2", "P3", "P4"]), to, "\(key).values.\(from)")
          }
          table[from] = text
        }
        values = table
      }
      guard let column else { return reader.expected("a column", value, key) }
      reader.map.sets.append(ImportMap.Property(field: field, column: column, values: values))
    }
  }

  private mutating func readMilestones(_ node: Node) {
    eachMember(of: node, at: "milestones") { reader, name, value in
      let key = "milestones.\(name)"
      guard let shape = reader.shape(named: name, node: value, key: key),
        let column = reader.column(value, key)
      else { return }
      reader.map.milestones.append(ImportMap.Milestone(shape: shape, column: column))
    }
  }
}
