// A small process for trials of the store from outside: `kill -9`, a full disk, and the clock.
//
//   StoreStorm write STORE NAME          appends for ever; prints the numbers that were acknowledged
//   StoreStorm check STORE < NUMBERS     every number read must be there; verifies
//   StoreStorm make STORE COUNT          a store of COUNT entries in one node, 4 a batch
//   StoreStorm load|incident|add|verify STORE    times one operation
import Glibc
import LoggistModel
import LoggistStore

/// One write a line: what was said stands, whatever becomes of the process.
func say(_ text: String) {
  let bytes = Array((text + "\n").utf8)
  _ = Glibc.write(1, bytes, bytes.count)
}

let arguments = CommandLine.arguments
let (mode, path) = (arguments[1], arguments[2])
let now = systemClock()

func timed(_ name: String, _ body: () throws -> Int) rethrows {
  func processorTime() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000 + time.tv_nsec / 1000
  }
  let (clock, processor) = (ContinuousClock(), processorTime())
  let start = clock.now
  let count = try body()
  print("\(name): \(count) in \(clock.now - start), processor \(processorTime() - processor) µs")
}

func entry(_ number: Int, _ incident: IncidentID) -> Entry {
  Entry(
    .complaint, incident, at: Timestamp(now, offsetMinutes: 60),
    text: "Cannot enter new drugs, call number \(number)",
    fields: [
      (.caller, .string("pharmacist on call")), (.place, .string("Pharmacy")),
      (.channel, .string("phone")),
    ])
}

switch mode {
case "make":
  let count = Int(arguments[3]) ?? 1000
  let node = NodeCode("INC").unsafelyUnwrapped
  let store = try Store.create(
    at: path, options: StoreCreation(node: node, isRehearsal: true, now: now))
  let writer = try LogWriter(store: store)
  for batch in 0..<max(1, count / 1000) {
    _ = try writer.append(via: .import) { context in
      let incident = try context.nextIncident
      let opened = Entry(
        .opened, incident, at: Timestamp(now), fields: [(.title, .string("Batch \(batch)"))])
      return [opened] + (1..<min(count, 1000)).map { entry($0, incident) }
    }
  }
case "write":
  let store = try Store.open(path, acceptNetworkFileSystem: true)
  let writer = try LogWriter(store: store, by: arguments[3])
  var number = 0
  while true {
    number += 1
    do throws(StoreError) {
      let records = try writer.append(via: .cli) { context in
        let incident = try context.nextIncident
        let length = number % 7 == 0 ? 200_000 : 10
        return [
          Entry(
            .opened, incident, at: Timestamp(now), text: String(repeating: "x", count: length),
            fields: [(.title, .string("\(arguments[3]) \(number)"))]),
          entry(number, incident),
        ]
      }
      for record in records {
        say("\(record.ref.sequence) \(record.entry.string(.title) ?? "-")")
      }
    } catch {
      say("# \(error)")
      if arguments.count > 4, number > Int(arguments[4]) ?? 0 { exit(1) }
    }
  }
case "check":
  var reader = LogReader(store: try Store.open(path, access: .readOnly))
  let contents = try reader.load()
  var titles: [Int: String] = [:]
  for record in contents.records {
    titles[record.ref.sequence] = record.entry.string(.title) ?? "-"
  }
  var (acknowledged, lost) = (0, 0)
  while let line = readLine() {
    let parts = line.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, let number = Int(parts[0]) else { continue }
    acknowledged += 1
    if titles[number] != String(parts[1]) { lost += 1 }
  }
  let verification = try Verification.run(reader.store)
  let harmful = verification.findings.filter { !$0.isHarmless }
  print(
    "acknowledged \(acknowledged), lost \(lost), records \(contents.records.count), ",
    "findings \(verification.findings.count), harmful \(harmful.count)")
  for finding in harmful.prefix(5) { print(finding) }
case "load":
  let store = try Store.open(path, access: .readOnly)
  for _ in 0..<5 {
    try timed("load") {
      var reader = LogReader(store: store)
      var count = 0
      try reader.load { count += $0.records.count }
      return count
    }
  }
case "verify":
  let store = try Store.open(path, access: .readOnly)
  try timed("verify") { try Verification.run(store).lines }
case "incident":
  try timed("open, records(about:)") {
    let store = try Store.open(path, access: .readOnly)
    return try LogReader.records(
      about: IncidentID(node: store.nodes[0].code, number: 2), in: store
    ).count
  }
case "add":
  for _ in 0..<5 {
    try timed("open, next number, append, fsync") {
      let store = try Store.open(path)
      return try LogWriter(store: store).append(via: .cli) { context in
        [entry(1, try context.nextIncident)]
      }.count
    }
  }
  let store = try Store.open(path)
  let writer = try LogWriter(store: store)
  try timed("1000 appends") {
    for number in 0..<1000 {
      _ = try writer.append(
        entry(number, IncidentID(node: store.nodes[0].code, number: 1)), via: .tui)
    }
    return 1000
  }
default: print("write, check, make, load, incident, add or verify")
}
