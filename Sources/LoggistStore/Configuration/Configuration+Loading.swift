extension Configuration {
  /// The store's `config.yaml`; without one everything has its default. One that everybody may write is not read: it
  /// says who is called.
  package static func load(_ store: Store) -> Configuration {
    var configuration = Configuration()
    let path = "\(store.path)/config.yaml"
    if let status = try? store.calls.lstat(path), status.isRegular, status.isWritableByAll {
      configuration.mistakes.append(
        ConfigurationMistake(
          file: "config.yaml", line: 0, key: "", problem: .writableByAll(path: path)))
      return configuration
    }
    configuration.merge(file: path, name: "config.yaml", calls: store.calls)
    return configuration
  }

  /// Lays another file over what is there: its keys win. A file that is not there changes nothing.
  ///
  /// - Parameter name: how mistakes and origins call it; without one its path.
  package mutating func merge(file path: String, name: String? = nil, calls: SystemCalls = .real) {
    let bytes: [UInt8]
    do throws(Errno) {
      bytes = try calls.contents(of: path, limit: 4 << 20)
    } catch {
      if error != .missing {
        mistakes.append(
          ConfigurationMistake(file: name ?? path, line: 0, key: "", problem: .cannotRead(error)))
      }
      return
    }
    merge(text: String(decoding: bytes, as: UTF8.self), name: name ?? path)
  }

  package mutating func merge(text: String, name: String) {
    var reader = ConfigurationReader(file: name, configuration: self)
    reader.read(text)
    reader.configuration.mistakes.sort { ($0.file, $0.line) < ($1.file, $1.line) }
    self = reader.configuration
  }
}
