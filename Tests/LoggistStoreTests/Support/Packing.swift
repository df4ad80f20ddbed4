import LoggistModel
import LoggistStore

/// Two machines, each with a simulated disk, and packs that go between them.
enum Packing {
  static let ward = NodeCode("WARD") ?? inc
  /// 2022-01-31T23:59:55Z: a month ends among the entries.
  static let nearMidnight = Instant(milliseconds: 1_643_673_595_000)

  /// A store with so many notes, across the end of a month.
  static func store(
    _ node: NodeCode = inc, lines: Int = 8, seed: String = "pack",
    on disk: SimulatedDisk = SimulatedDisk()
  ) throws(StoreError) -> Store {
    let store = try Store.create(
      at: "/store",
      options: StoreCreation(node: node, isRehearsal: true, seed: seed, now: nearMidnight),
      calls: disk.calls)
    try log(lines, in: store)
    return store
  }

  static func log(
    _ lines: Int, in store: Store, from start: Instant = nearMidnight
  ) throws(StoreError) {
    let clock = steppingClock(from: start)
    let writer = try LogWriter(store: store, by: "ama", clock: clock)
    for number in 0..<lines {
      _ = try writer.append(via: .tui) { _ in [note("Nummer \(number): Gerät „ä“ 日本", at: start)] }
    }
  }

  static func pack(
    _ store: Store, since: PackPlan.Since = PackPlan.Since()
  ) throws(StoreError) -> [UInt8] {
    let plan = try PackPlan(store, since: since)
    var bytes: [UInt8] = []
    try plan.write(made: nearMidnight) { (piece) throws(StoreError) in bytes += piece }
    return bytes
  }

  /// Puts a pack on a machine's disk and takes it in.
  @discardableResult static func unpack(
    _ pack: [UInt8], into store: Store, limit: Int = EvidenceFolder.standardLimit
  ) throws(StoreError) -> Unpacking {
    do throws(Errno) {
      try store.calls.replace("/pack", with: pack, mode: 0o600)
    } catch {
      throw .system("write", "/pack", error)
    }
    let reopened = try Store.open("/store", calls: store.calls)
    return try Unpacking("/pack", into: reopened, limit: limit)
  }

  /// Every file of a node's log by its name.
  static func log(of node: NodeCode, in store: Store) -> [String: [UInt8]] {
    files("/store/nodes/\(node)", store.calls)
  }

  /// Every file below a folder of a simulated or a real disk.
  static func files(_ folder: String, _ calls: SystemCalls) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in (try? calls.names(folder)) ?? [] {
      let path = "\(folder)/\(name)"
      if let bytes = try? calls.contents(of: path, limit: 1 << 30) {
        files[name] = bytes
      } else {
        for (below, bytes) in self.files(path, calls) { files["\(name)/\(below)"] = bytes }
      }
    }
    return files
  }

  /// The copy that a machine of its own makes of a log: all of it but the writers' lock.
  static func copy(of store: Store, node: NodeCode = inc) -> [String: [UInt8]] {
    log(of: node, in: store).filter { $0.key != "lock" }
  }

  static func heads(_ store: Store) throws -> [LogHead] { try Verification.run(store).heads }
}
