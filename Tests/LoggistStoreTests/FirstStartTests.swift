import LoggistModel
import LoggistStore
import Testing

@Suite("A first start")
struct FirstStartTests {
  private let folder = TemporaryFolder()

  @Test("Who makes the store stands in its configuration, whatever the name holds")
  func person() throws {
    let path = folder.path + "/new"
    #expect(Store.isMissing(at: path))
    let name = #"Ama "O" Owusu: {desk} # one"#
    let store = try Store.create(
      at: path,
      options: StoreCreation(
        node: try #require(NodeCode("INC")), desk: "Front: desk", zone: "Africa/Lagos",
        person: (account: "a.owusu", name: name), now: Instant(seconds: 1_641_412_800)))
    #expect(!Store.isMissing(at: path))
    let configuration = Configuration.load(store)
    #expect(configuration.mistakes.isEmpty)
    #expect(configuration.desk == "Front: desk")
    #expect(configuration.zone == "Africa/Lagos")
    #expect(configuration.people.map(\.id) == ["a.owusu"])
    #expect(configuration.people.first?.name == name)
  }

  @Test("Every zone of the machine can be loaded by its name, and nothing else is listed")
  func zones() {
    let names = SystemZone.names
    #expect(names.contains("Africa/Lagos"))
    #expect(names.contains("UTC"))
    #expect(names == names.sorted())
    #expect(
      !names.contains { $0.hasPrefix("posix/") || $0.hasPrefix("right/") || $0.contains(".") })
    #expect(names.allSatisfy { SystemZone.exists($0) })
  }
}
