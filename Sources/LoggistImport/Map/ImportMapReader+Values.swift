package import LoggistModel
internal import YAMLText
internal import Yams

extension ImportMapReader {
  mutating func mistake(_ problem: MapMistake.Problem, _ node: Node, _ key: String) {
    mistakes.append(
      MapMistake(file: file, line: node.line, key: key, problem: problem))
  }

  mutating func expected(_ what: String, _ node: Node, _ key: String) {
    mistake(.expected(what, found: node.shown), node, key)
  }

  mutating func text(_ node: Node, _ key: String) -> String? {
    if let text = node.writtenText { return text }
    expected("a text", node, key)
    return nil
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
    guard let name = node.writtenText else {
      expected("the name of a column", node, key)
      return nil
    }
    return ImportMap.Column(name, line: node.line, key: key)
  }

  mutating func template(_ node: Node, _ key: String) -> ImportMap.Template? {
    guard let text = text(node, key) else { return nil }
    if let read = ImportMap.Template(text, line: node.line, key: key) { return read }
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
        mistake(.unknownKey(near: nearest(name, among: known).first, among: known), keyNode, full)
        continue
      }
      body(&self, name, value)
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
