import LoggistModel
import Testing

@testable import LoggistImport

@Suite struct WrittenTimelineReaderTests {
  private func read(_ text: String) throws -> (incidents: [ForeignIncident], harvest: Harvest) {
    var reader = WrittenTimelineReader(name: "x.md", incident: "x", zone: .utc) { _ in nil }
    try Array(text.utf8).withUnsafeBytes { try reader.read($0) }
    var incidents: [ForeignIncident] = []
    try reader.finish { incidents.append($0) }
    return (incidents, reader.harvest)
  }

  @Test func `A document is an incident, opened with its title at its first time`() throws {
    let (incidents, harvest) = try read(
      """
      # Pharmacy outage

      ## Timeline 2022-01-05

      - 20:45 UTC: first noticed
      - 20:50 UTC: a user reported it
      - 21:23 UTC: service restored
      """)
    let incident = try #require(incidents.first)
    #expect(incidents.count == 1 && incident.id == "x")
    #expect(incident.entries.map(\.entry.kind) == [.opened, .noticed, .complaint, .restored])
    #expect(incident.entries[0].entry.string(.title) == "Pharmacy outage")
    #expect(incident.entries[0].entry.at == incident.entries[1].entry.at)
    #expect(harvest.rejects.isEmpty)
    #expect(!harvest.doubts.contains { $0.sentence.contains("stays open") })
  }

  @Test
  func
    `What has no time stands behind the entry before it, approximate, and says what was written`()
    throws
  {
    let (incidents, harvest) = try read(
      """
      ## Timeline

      | Time | What |
      | --- | --- |
      | 2022-01-05 20:45 | noticed |
      | 20222-01-05 20:50 | a typing error |
      | 2022-01-05 --:-- | nobody knows when |
      """)
    let entries = try #require(incidents.first?.entries)
    #expect(entries.count == 4 && harvest.rejects.isEmpty)
    for entry in entries.dropFirst(2) {
      #expect(entry.entry.precision == .approximate)
      #expect(entry.entry.text?.hasSuffix(")") == true)
    }
    #expect(entries[2].entry.at == entries[1].entry.at)
    #expect(harvest.doubts.contains { $0.sentence.contains("stays open") })
  }

  @Test
  func `Where all dates have a year with a digit too many they stand for what they begin with`()
    throws
  {
    let (incidents, harvest) = try read(
      """
      ## Timeline

      | Time | What |
      | --- | --- |
      | 20202-01-16 12:00 | the build failed |
      | 20202-01-17 | it was mended |
      | 99999-01-17 10:00 | nobody knows when |
      """)
    let entries = try #require(incidents.first?.entries.dropFirst())
    #expect(harvest.rejects.isEmpty)
    #expect(
      entries.map(\.entry.at.description) == [
        "2020-01-16T12:00:00+00:00", "2020-01-17T00:00:00+00:00", "2020-01-17T00:00:00+00:00",
      ])
    #expect(entries.allSatisfy { $0.entry.precision == .approximate })
    #expect(entries.first?.entry.text == "the build failed (20202-01-16 12:00 is no time)")
    #expect(harvest.doubts.count { $0.sentence.contains("a digit too many") } == 2)
  }

  @Test func `Two lines that say the same are two records, the same each time`() throws {
    let text = "## Timeline 2022-01-05\n\n- 20:45 UTC: call\n- 20:45 UTC: call\n- 20:46 UTC: call\n"
    let names = try #require(try read(text).incidents.first).entries.map(\.record)
    #expect(Set(names).count == 4)
    #expect(try read(text).incidents.first?.entries.map(\.record) == names)
  }

  @Test func `A document without a day gives its lines back`() throws {
    let (incidents, harvest) = try read("## Timeline\n\n- 20:45: call\n- 20:46: call\n- 20:47: x\n")
    #expect(incidents.isEmpty && harvest.rejects.count == 3)
  }
}
