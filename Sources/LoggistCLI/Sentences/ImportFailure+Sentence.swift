import LoggistImport

extension Failure {
  /// Why a file cannot be imported: what, where, what next.
  init(_ failure: ImportFailure, file: String) {
    switch failure {
    case .map(let mistakes): self.init(mistakes.map(\.description), .badInput)
    case .empty: self.init("\(file): there is nothing in it", .badInput)
    case .encoding(let name):
      self.init(
        "\(file): \(name): convert it with 'iconv -f \(name) -t UTF-8' and import the result",
        .badInput)
    case .noTimeColumn(let columns):
      self.init(
        "\(file):1: no column of times was recognised among \(list(columns.prefix(20).map(quoted))): "
          + "say with --map which it is, see docs/import.md", .badInput)
    case .unknownFormat:
      self.init(
        "\(file): neither a table nor JSON that is known here: docs/import.md lists what can be "
          + "imported", .badInput)
    case .notJSON(let line, let why): self.init("\(file):\(line): \(why)", .badInput)
    case .lacks(let name): self.init("\(file): no \"\(name)\"", .badInput)
    }
  }
}
