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
        "2 \"sync\": expected \"servers\" with an address, found keys and values",
        "2 \"sync\": expected \"org\" with a word, found keys and values",
        "2 \"sync\": expected \"cert\" and \"key\" together, found keys and values",
        "2 \"sync\": expected \"hub\" at a site or \"sites\" at the hub, not both, found keys and values",
        "3 \"sync.org\": expected a word of letters, digits, - and _, found \"a.b\"",
        "5 \"sync.replicas\": expected 1, 3 or 5, found \"2\"",
        "6 \"sync.server\": unknown key; did you mean \"servers\"?",
        "7 \"sync.sites\": expected a word of letters, digits, - and _, found a list",
      ])
  }
}
