internal import LoggistModel
internal import YAMLText
internal import Yams

extension Configuration {
  /// How this store's logs reach other machines: `sync` in config.yaml. The organization's keys lie elsewhere; only
  /// their paths stand here.
  package struct Sync: Sendable, Hashable {
    /// `tls://nats1.example.org:4222`, `nats://127.0.0.1:4222`; one at least.
    package var servers: [String] = []
    /// A word in every subject, and in the stream's name.
    package var org = ""
    /// PEM files: who signed the servers' certificates, and this machine's own.
    package var authority: String?
    package var certificate: String?
    package var key: String?
    /// Copies that the engine keeps of the stream.
    package var replicas = 3
    /// Where the servers are a site's own: the JetStream domain of the hub's that they are leaves of.
    package var hub: String?
    /// Where they are a hub's: the domains of the sites that are leaves of it.
    package var sites: [String] = []
    /// This machine takes redacted entries out of the engine's copy.
    package var erases = false

    package init() {}
  }
}

extension ConfigurationReader {
  private static let syncKeys = [
    "servers", "org", "ca", "cert", "key", "replicas", "hub", "sites", "erases",
  ]

  mutating func readSync(_ node: Node) {
    var sync = Configuration.Sync()
    var namesServers = false
    eachMember(of: node, at: "sync", known: ConfigurationReader.syncKeys) { reader, key, value in
      let path = "sync.\(key)"
      switch key {
      case "servers":
        namesServers = value.sequence?.isEmpty != true
        sync.servers = reader.words(
          value, path, "addresses like tls://nats1.example.org:4222",
          where: ConfigurationReader.isAddress)
      case "org": sync.org = reader.token(value, path) ?? ""
      case "hub": sync.hub = reader.token(value, path)
      case "sites":
        sync.sites = reader.words(
          value, path, ConfigurationReader.tokenWords, where: ConfigurationReader.isToken)
      case "ca": sync.authority = reader.text(value, path)
      case "cert": sync.certificate = reader.text(value, path)
      case "key": sync.key = reader.text(value, path)
      case "erases": sync.erases = reader.flag(value, path) ?? false
      default:
        if let count = value.int, [1, 3, 5].contains(count) {
          sync.replicas = count
        } else {
          reader.expected("1, 3 or 5", value, path)
        }
      }
    }
    // Of one that is none was spoken already.
    if sync.servers.isEmpty, !namesServers { expected("\"servers\" with an address", node, "sync") }
    if sync.org.isEmpty { expected("\"org\" with a word", node, "sync") }
    if (sync.certificate == nil) != (sync.key == nil) {
      expected("\"cert\" and \"key\" together", node, "sync")
    }
    if sync.hub != nil, !sync.sites.isEmpty {
      expected("\"hub\" at a site or \"sites\" at the hub, not both", node, "sync")
      sync.sites = []
    }
    configuration.sync = sync.servers.isEmpty || sync.org.isEmpty ? nil : sync
  }

  /// The words of a list, or one word alone; of one that is not as it should be is said where it stands.
  private mutating func words(
    _ node: Node, _ path: String, _ what: String, where isRight: (String) -> Bool
  ) -> [String] {
    let elements = node.sequence?.enumerated().map { ("\(path)[\($0)]", $1) } ?? [(path, node)]
    return elements.compactMap { path, element in
      if let text = element.writtenText, isRight(text) { return text }
      expected(what, element, path)
      return nil
    }
  }

  private static let tokenWords = "a word of letters, digits, - and _"

  private mutating func token(_ value: Node, _ path: String) -> String? {
    if let text = value.writtenText, ConfigurationReader.isToken(text) { return text }
    expected(ConfigurationReader.tokenWords, value, path)
    return nil
  }

  /// A part of a subject: no dots, no wildcards, no spaces.
  private static func isToken(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 32
      && text.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
          || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
      }
  }

  /// `tls://host:4222`, `nats://user:word@[::1]:4222`; without a port it is 4222.
  private static func isAddress(_ text: String) -> Bool {
    guard let scheme = ["nats://", "tls://"].first(where: text.hasPrefix) else { return false }
    var rest = text.dropFirst(scheme.count)
    if rest.last == "/" { rest = rest.dropLast() }
    if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
    let host: Substring
    if rest.first == "[" {
      guard let end = rest.firstIndex(of: "]") else { return false }
      host = rest[...end].dropFirst().dropLast()
      rest = rest[rest.index(after: end)...]
    } else {
      host = rest.prefix { $0 != ":" }
      rest = rest.dropFirst(host.count)
    }
    let isHost = !host.isEmpty && !host.contains { $0.isWhitespace || $0 == "/" }
    let isPort = rest.first == ":" && Int(rest.dropFirst()).map((1...65_535).contains) == true
    return isHost && (rest.isEmpty || isPort)
  }
}
