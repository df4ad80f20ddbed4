internal import LoggistModel
internal import Yams

extension ImportMapReader {
  /// `kind: state`, or a column with what its values mean.
  mutating func readKind(_ node: Node) {
    if node.mapping == nil {
      guard let column = column(node, "kind") else { return }
      map.kind = ImportMap.KindChoice(
        column: column, values: [:], otherwise: ImportMap.Shape(kind: .note), repeated: nil,
        takesKindNames: true)
      return
    }
    var column: ImportMap.Column?
    var values: [String: ImportMap.Shape] = [:]
    var (otherwise, repeated): (ImportMap.Shape?, ImportMap.Shape?)
    eachMember(of: node, at: "kind", known: ["column", "values", "otherwise", "repeated"]) {
      reader, key, value in
      switch key {
      case "column": column = reader.column(value, "kind.column")
      case "values":
        reader.eachMember(of: value, at: "kind.values") { reader, state, node in
          values[state] = reader.shape(node, "kind.values.\(state)")
        }
      case "otherwise": otherwise = reader.shape(value, "kind.otherwise")
      default: repeated = reader.shape(value, "kind.repeated")
      }
    }
    guard let column else { return expected("a column", node, "kind") }
    map.kind = ImportMap.KindChoice(
      column: column, values: values, otherwise: otherwise ?? ImportMap.Shape(kind: .note),
      repeated: repeated, takesKindNames: values.isEmpty)
  }

  /// `resolved`, or `{ kind: escalated, to: "{assignment_group}" }`.
  private mutating func shape(_ node: Node, _ key: String) -> ImportMap.Shape? {
    if node.mapping == nil {
      guard let name = text(node, key) else { return nil }
      return shape(named: name, node: node, key: key)
    }
    var kind: Kind?
    var fillings: [(name: String, template: ImportMap.Template, node: Node)] = []
    eachMember(of: node, at: key) { reader, name, value in
      if name == "kind" {
        kind = reader.text(value, key).flatMap { reader.kind(named: $0, node: value, key: key) }
      } else if let template = reader.template(value, "\(key).\(name)") {
        fillings.append((name, template, value))
      }
    }
    guard let kind else { return nil }
    var shape = ImportMap.Shape(kind: kind)
    for filling in fillings {
      let rule = Field(rawValue: filling.name).flatMap { kind.rule.rule(for: $0) }
      guard let rule else {
        let known = kind.rule.fields.map(\.field.rawValue)
        mistake(
          .kindHasNo(kind: kind.name, field: filling.name, among: known), filling.node, key)
        continue
      }
      if filling.template.columns.isEmpty, case .text(let word)? = filling.template.pieces.first,
        case .notOneOf(_, _, let allowed)? = rule.problem(with: .string(word))
      {
        mistake(.notAmong(word, allowed), filling.node, "\(key).\(filling.name)")
      }
      shape.fields.append(.init(field: rule.field, template: filling.template))
    }
    needs(shape, node, key)
    return shape
  }

  mutating func shape(named name: String, node: Node, key: String) -> ImportMap.Shape? {
    guard let kind = kind(named: name, node: node, key: key) else { return nil }
    let shape = ImportMap.Shape(kind: kind)
    needs(shape, node, key)
    return shape
  }

  private mutating func kind(named name: String, node: Node, key: String) -> Kind? {
    let kind = Kind(name: name.lowercased())
    // Entries about other entries cannot be told from a table, and nobody but the writer knows of broken disks.
    let isMapped = kind.isKnown && !kind.isControl && kind != .ioError && kind != .set
    if isMapped { return kind }
    let names = Kind.allKnown.filter { !$0.isControl && $0 != .ioError && $0 != .set }.map(\.name)
    mistake(.unknownKind(name, near: nearest(name, among: names).first), node, key)
    return nil
  }

  /// What the importer does not know of itself: it fills in a title, a reason and a text.
  private mutating func needs(_ shape: ImportMap.Shape, _ node: Node, _ key: String) {
    for rule in shape.kind.rule.fields where rule.isRequired {
      if rule.field == .title || rule.field == .reason { continue }
      if shape.fields.contains(where: { $0.field == rule.field }) { continue }
      mistake(.kindNeeds(kind: shape.kind.name, field: rule.field.rawValue), node, key)
    }
  }
}
