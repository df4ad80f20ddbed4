import LoggistStore
import Testing

@Suite("Configuration of replication")
struct SyncConfigurationTests {
  private func read(_ text: String) -> Configuration {
    var configuration = Configuration()
    configuration.merge(text: text, name: "config.yaml")
    return configuration
  }

  @Test("What the logs are carried over is read, and what it lacks is named")
  func sync() {
    let right = read(
      """
      sync:
        servers: [tls://n1:4222, "nats://127.0.0.1:4222"]
        org: care
        ca: ca.pem
        cert: inc.pem
        key: inc.key
        replicas: 1
        hub: HUB
      """)
    #expect(right.mistakes.isEmpty)
    #expect(right.sync?.servers == ["tls://n1:4222", "nats://127.0.0.1:4222"])
    #expect(right.sync?.org == "care")
    #expect(right.sync?.certificate == "inc.pem")
    #expect(right.sync?.replicas == 1)
    #expect(right.sync?.hub == "HUB")
    let wrong = read(
      """
      sync:
        servers: n1:4222
        org: a.b
        cert: inc.pem
        replicas: 2
        server: x
        sites: [NORTH, "SOUTH.1"]
        hub: HUB
      """)
    #expect(wrong.sync == nil)
    #expect(
      wrong.mistakes.map { "\($0.line) \($0)" } == [
        "2 \"sync.servers\": expected addresses like tls://nats1.example.org:4222, found \"n1:4222\"",
        "2 \"sync\": expected \"org\" with a word, found keys and values",
        "2 \"sync\": expected \"cert\" and \"key\" together, found keys and values",
        "2 \"sync\": expected \"hub\" at a site or \"sites\" at the hub, not both, found keys and values",
        "3 \"sync.org\": expected a word of letters, digits, - and _, found \"a.b\"",
        "5 \"sync.replicas\": expected 1, 3 or 5, found \"2\"",
        "6 \"sync.server\": unknown key; did you mean \"servers\"?",
        "7 \"sync.sites[1]\": expected a word of letters, digits, - and _, found \"SOUTH.1\"",
      ])
  }

  @Test("A server's address is one, or is named")
  func addresses() {
    let right = [
      "nats://127.0.0.1", "tls://n1.example.org:4222", "nats://u:p@[::1]:4222", "tls://x/",
    ]
    let wrong = [
      "tls://", "tls://:4222", "tls://n1:0", "tls://n1:99999", "tls://n1:", "tls://n1:x",
      "tls://::1", "tls://[::1", "tls://a b", "http://n1:4222", "5", "nats://u:p@",
    ]
    let list = (right + wrong).map { "\"\($0)\"" }.joined(separator: ",\n    ")
    let read = read("sync:\n  org: care\n  servers: [\n    \(list)]\n")
    #expect(read.sync?.servers == right)
    #expect(
      read.mistakes.map { "\($0.line) \($0)" }
        == zip(4..., wrong).map { number, text in
          "\(number + right.count) \"sync.servers[\(number - 4 + right.count)]\": expected addresses like "
            + "tls://nats1.example.org:4222, found \"\(text)\""
        })
    #expect(
      self.read("sync: {org: care, servers: []}").mistakes.map(\.description) == [
        "\"sync\": expected \"servers\" with an address, found keys and values"
      ])
  }
}
