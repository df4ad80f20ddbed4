import Glibc
import LoggistModel
import LoggistStore

/// The store whose one segment every input is in turn; in memory, where there is such a file system.
private let sample: (store: Store, segment: String) = {
  var template = Array("/dev/shm/loggist-fuzz-XXXXXX".utf8CString)
  guard let node = NodeCode("INC"), let made = mkdtemp(&template) else {
    fatalError("no folder for a store")
  }
  let path = String(cString: made) + "/store"
  do {
    let options = StoreCreation(
      node: node, isRehearsal: true, seed: "corpus", now: Instant(seconds: 1_641_412_272))
    return (try Store.create(at: path, options: options), "\(path)/nodes/INC/2022-01.jsonl")
  } catch {
    fatalError("\(error)")
  }
}()

/// Any bytes as a log: read, verified, written on, and read again. What was read before is read after.
let fuzzLines: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32 = { bytes, count in
  let file = open(sample.segment, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  hold(write(file, bytes, count) == count, "written")
  close(file)
  do {
    var reader = LogReader(store: sample.store)
    let before = try reader.load()
    _ = try Verification.run(sample.store)
    let later = Instant(seconds: 1_641_500_000)
    let writer = try LogWriter(store: sample.store, by: "ama", clock: { later })
    let note = Entry(.note, at: Timestamp(later), text: "after")
    let added: Record?
    do throws(StoreError) {
      added = try writer.append(note, via: .cli)
    } catch {
      if case .failedDisk = error { fatalError("\(error)") }
      return 0
    }
    // The end without a line break may have been a whole line.
    let after = try LogReader.contents(of: sample.store)
    hold(after.records.count >= before.records.count + 1, "no record is lost by writing on")
    hold(after.records.contains { $0 == added }, "what was acknowledged is read")
    hold(
      try Verification.run(sample.store).lines >= after.records.count,
      "what is read is verified")
  } catch {
    fatalError("\(error)")
  }
  return 0
}

extension LogReader {
  fileprivate static func contents(of store: Store) throws(StoreError) -> LogContents {
    var reader = LogReader(store: store)
    return try reader.load()
  }
}
