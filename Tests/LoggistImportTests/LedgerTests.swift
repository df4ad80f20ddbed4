import LoggistModel
import Testing

@testable import LoggistImport

@Suite("The memory of an import")
struct LedgerTests {
  private let node = NodeCode("LAB")
  private let at = Timestamp(Instant(seconds: 1_456_819_200))

  private func foreign(_ kind: Kind, _ record: String, fields: [(Field, JSONValue)] = [])
    -> ForeignEntry
  {
    ForeignEntry(
      Entry(kind, at: at, text: "x", fields: fields),
      record: EntryRef(record).map { .entry($0) } ?? RecordName(madeFrom: record), line: 2)
  }

  /// Logs what was planned as a store would.
  private func log(
    _ planned: [PlannedEntry], _ places: inout ImportPlaces, from sequence: Int = 1
  ) throws -> [Record] {
    let node = try #require(node)
    let texts = places.place(
      PlannedBatch(planned, system: "s"), first: { IncidentID(node: node, number: 7) },
      ref: { EntryRef(node: node, sequence: sequence + $0) })
    return try texts.texts.enumerated().map { place, text in
      let read = ForeignJSON().read(
        texts.bytes[text.front] + texts.bytes[text.body] + [UInt8(ascii: "}")])
      var entry = try Entry(json: read.get())
      entry.incident = text.incident
      return Record(
        ref: EntryRef(node: node, sequence: sequence + place), logged: at.instant, by: "root",
        via: .import, entry: entry)
    }
  }

  @Test("What stands in the log is skipped, what is new goes to the same incident")
  func again() throws {
    var (first, places) = (ImportLedger(system: "s"), ImportPlaces(system: "s"))
    let incident = ForeignIncident(
      id: "A",
      entries: [foreign(.opened, "1", fields: [(.title, .string("t"))]), foreign(.note, "2")])
    let records = try log(first.plan(incident), &places)
    #expect(records.map(\.entry.incident?.description) == ["LAB-7", "LAB-7"])
    #expect(records.map { $0.entry.foreignIncident } == ["A", "A"])
    var second = ImportLedger(system: "s")
    places = ImportPlaces(system: "s")
    for record in records {
      second.take(record)
      places.take(record)
    }
    var more = incident
    more.entries.append(foreign(.note, "3"))
    more.entries.append(foreign(.opened, "4", fields: [(.title, .string("again"))]))
    let added = try log(second.plan(more), &places, from: 3)
    #expect(second.skipped == 2)
    #expect(added.map(\.entry.kind) == [.note, .note])
    #expect(added.map(\.entry.incident?.description) == ["LAB-7", "LAB-7"])
    #expect(added.last?.entry.text == "again\nx")
    var other = ImportLedger(system: "another")
    for record in records { other.take(record) }
    #expect(other.plan(incident).count == 2)
  }

  @Test("An incident that nobody opened is opened at its first entry")
  func opened() throws {
    var ledger = ImportLedger(system: "s")
    let planned = ledger.plan(ForeignIncident(id: "A", entries: [foreign(.note, "1")]))
    #expect(planned.map(\.entry.kind) == [.opened, .note])
  }

  @Test("References are put into this log's names; those to anything else are rejected")
  func references() throws {
    var ledger = ImportLedger(system: "loggist")
    var places = ImportPlaces(system: "loggist")
    let planned = ledger.plan(
      ForeignIncident(
        id: "INC-1",
        entries: [
          foreign(.opened, "INC.1", fields: [(.title, .string("t"))]), foreign(.complaint, "INC.2"),
          foreign(.informed, "INC.3", fields: [(.ref, .string("INC.2"))]),
          foreign(.struck, "INC.4", fields: [(.ref, .string("LAB.1")), (.reason, .string("x"))]),
        ]))
    let records = try log(planned, &places, from: 40)
    #expect(records.map(\.entry.kind) == [.opened, .complaint, .informed])
    #expect(records.last?.entry.string(.ref) == "LAB.41")
    #expect(places.rejects.map(\.reason) == [.unknownEntry("LAB.1")])
  }

  @Test("A redaction leaves what an entry is known by, and no words")
  func redaction() throws {
    var ledger = ImportLedger(system: "s")
    let entry = foreign(.note, "29/2/2016 patient Doe")
    var places = ImportPlaces(system: "s")
    let records = try log(ledger.plan(ForeignIncident(id: "A", entries: [entry])), &places)
    let ref = try #require(EntryRef("LAB.9"))
    let rest = try #require(records.last).entry.redacted(by: ref)
    #expect(rest.text == nil)
    #expect(!rest.json.text.contains("Doe"))
    #expect(rest.source?["record"]?.string?.utf8.count == 16)
    #expect(rest.source?["incident"]?.string == "A")
  }
}
