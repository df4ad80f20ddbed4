import LoggistModel
import LoggistStore

/// A rehearsal store of a few lines, and its files as bytes for a test to damage.
struct SampleStore {
  let folder: TemporaryFolder
  let store: Store
  let records: [Record]

  var path: String { store.path }
  static let segment = "nodes/INC/2022-01.jsonl"

  init(lines count: Int = 4, in folder: TemporaryFolder = TemporaryFolder()) throws(StoreError) {
    self.folder = folder
    store = try rehearsal(folder.path + "/store", seed: "sample")
    let writer = try LogWriter(store: store, by: "ama", clock: steppingClock())
    var records: [Record] = []
    for number in 1...count {
      records += try writer.append(via: .tui) { context in
        let incident = IncidentID(node: inc, number: 1)
        if number == 1 {
          return [
            Entry(
              .opened, try context.nextIncident, at: Timestamp(evening, offsetMinutes: 60),
              fields: [(.title, .string("Pharmacy: cannot enter new drugs"))])
          ]
        }
        return [
          Entry(
            .observation, incident, at: Timestamp(evening, offsetMinutes: 60),
            text: "Nummer \(number): Gerät „ä“ 日本")
        ]
      }
    }
    self.records = records
  }

  var bytes: [UInt8] { folder.read("store/\(SampleStore.segment)") }

  /// With their line breaks.
  var lines: [[UInt8]] {
    bytes.split(separator: 0x0A).map { Array($0) + [0x0A] }
  }

  func replace(_ bytes: [UInt8]) { folder.write("store/\(SampleStore.segment)", bytes) }

  func load() throws(StoreError) -> LogContents {
    var reader = LogReader(store: store)
    return try reader.load()
  }

  func verify(
    since: [LogHead] = [], closely: Bool = false
  ) throws(StoreError) -> Verification {
    try Verification.run(store, since: since, closely: closely)
  }
}

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
