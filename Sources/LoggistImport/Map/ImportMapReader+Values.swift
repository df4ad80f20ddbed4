package import LoggistModel
internal import Yams

extension ImportMapReader {
  mutating func mistake(_ problem: MapMistake.Problem, _ node: Node, _ key: String) {
    mistakes.append(
      MapMistake(file: file, line: node.mark?.line ?? 0, key: key, problem: problem))
  }

  mutating func expected(_ what: String, _ node: Node, _ key: String) {
    mistake(.expected(what, found: describe(node)), node, key)
  }

  mutating func text(_ node: Node, _ key: String) -> String? {
    guard let scalar = node.scalar, !scalar.string.isEmpty else {
      expected("a text", node, key)
      return nil
    }
    return scalar.string
  }

  /// One text or a list of them.
  mutating func texts(_ node: Node, _ key: String, allowsEmpty: Bool = false) -> [String] {
    let nodes = node.sequence.map { Array($0) } ?? [node]
    return nodes.compactMap { node in
      if allowsEmpty, let scalar = node.scalar { return scalar.string }
      return text(node, key)
    }
  }

  mutating func column(_ node: Node, _ key: String) -> ImportMap.Column? {
    guard let scalar = node.scalar, !scalar.string.isEmpty else {
      expected("the name of a column", node, key)
      return nil
    }
    return ImportMap.Column(scalar.string, line: node.mark?.line ?? 0, key: key)
  }

  mutating func template(_ node: Node, _ key: String) -> ImportMap.Template? {
    guard let text = text(node, key) else { return nil }
    if let read = ImportMap.Template(text, line: node.mark?.line ?? 0, key: key) { return read }
    mistake(.openBrace(text), node, key)
    return nil
  }

  /// Each member of a mapping; with known names any other is a mistake.
  mutating func eachMember(
    of node: Node, at path: String, known: [String]? = nil,
    _ body: (inout ImportMapReader, String, Node) -> Void
  ) {
    guard let mapping = node.mapping else { return expected("keys and values", node, path) }
    for (keyNode, value) in mapping {
      let name = keyNode.scalar?.string ?? ""
      if let known, !known.contains(name) {
        let full = path.isEmpty ? name : "\(path).\(name)"
        mistake(.unknownKey(near: nearest(name, among: known), among: known), keyNode, full)
        continue
      }
      body(&self, name, value)
    }
  }

  /// How a value is shown in a mistake.
  private func describe(_ node: Node) -> String {
    if let scalar = node.scalar {
      return scalar.string.isEmpty ? "nothing" : "\"\(scalar.string)\""
    }
    return node.mapping != nil ? "keys and values" : "a list"
  }

  func describe(_ error: any Error) -> (line: Int, why: String) {
    guard let error = error as? YamlError else { return (0, "\(error)") }
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      return (mark.line, problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      return (context.mark.line, "\(duplicates.first?.debugDescription ?? "a key") stands twice")
    default: return (0, "unreadable")
    }
  }
}

extension ImportMap {
  /// Reads a map, or throws all its mistakes at once.
  ///
  /// - Parameters:
  ///   - file: its name, for the mistakes.
  ///   - zone: the zone of a name, where there is one.
  package static func read(
    _ text: String, file: String, zone: @escaping (String) -> Zone?
  ) throws(ImportFailure) -> ImportMap {
    var reader = ImportMapReader(file: file, zone: zone)
    reader.read(text)
    if !reader.mistakes.isEmpty { throw .map(reader.mistakes) }
    return reader.map
  }
}
