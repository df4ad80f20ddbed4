import LoggistModel
import LoggistStore
import Testing

@Suite("Writing and reading")
struct WritingAndReadingTests {
  let folder = TemporaryFolder()

  @Test("What is appended is read back, line for line")
  func roundTrip() throws {
    let store = try rehearsal(folder.path + "/s")
    let writer = try LogWriter(store: store, by: "ama", clock: steppingClock())
    let opened = try writer.append(via: .cli) { context in
      [
        Entry(
          .opened, try context.nextIncident, at: Timestamp(evening),
          fields: [(.title, .string("Pharmacy"))]),
        note("second"),
      ]
    }
    let third = try writer.append(via: .tui) { context in
      #expect(context.nextSequence == 3)
      let number = try context.nextIncidentNumber
      #expect(number == 2)
      return [note("third")]
    }
    var reader = LogReader(store: store)
    let contents = try reader.load()
    #expect(contents.records == opened + third)
    #expect(contents.findings.isEmpty)
  }
}
