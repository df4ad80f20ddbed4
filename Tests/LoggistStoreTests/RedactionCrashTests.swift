import Glibc
import LoggistModel
import LoggistStore
import Synchronization
import TestSupport
import Testing

@Suite("Power cuts among redactions")
struct RedactionCrashTests {
  /// The lengths lie on both sides of a sector; the last entry keeps a file.
  private static let lengths = [8, 150, 400, 900, 2500]
  private static let secret = "Sokolova"

  /// A log of some entries with a secret, one of which is redacted, and the disk before each call that changes it.
  private struct Shift {
    var moments: [(disk: SimulatedDisk.State, isDone: Bool)] = []
    var records: [Record] = []
    var target = EntryRef(node: inc, sequence: 1)
    var evidence: EvidenceName?

    init(seed: UInt64) throws {
      let disk = SimulatedDisk()
      let store = try rehearsal("/store", seed: "\(seed)", calls: disk.calls)
      let picture = try disk.calls.open("/picture", O_WRONLY | O_CREAT, 0o600)
      let pixels = Array("\(RedactionCrashTests.secret) \(seed)".utf8)
      _ = try pixels.withUnsafeBytes { bytes throws(Errno) in try disk.calls.write(picture, bytes) }
      disk.calls.close(picture)
      let kept = try EvidenceFolder(store).keep("/picture")
      let writer = try LogWriter(store: store, by: "ama", clock: steppingClock())
      var generator = SeededGenerator(seed: seed)
      for length in RedactionCrashTests.lengths.shuffled(using: &generator) {
        let text = String(repeating: "\(RedactionCrashTests.secret) ", count: length / 8)
        records += try writer.append(via: .tui) { _ in
          [
            Entry(
              .check, IncidentID(node: inc, number: 1), at: Timestamp(evening), text: text,
              fields: [(.outcome, .string("held"))])
          ]
        }
      }
      records += try writer.append(via: .tui) { _ in
        [
          Entry(
            .evidence, IncidentID(node: inc, number: 1), at: Timestamp(evening),
            fields: [(.path, .string("picture")), (.sha256, .string(kept.name.description))])
        ]
      }
      let chosen = Int(seed) % records.count
      target = records[chosen].ref
      if chosen == records.count - 1 { evidence = kept.name }
      let progress = Mutex((moments: [(disk: SimulatedDisk.State, isDone: Bool)](), isDone: false))
      disk.watch.withLock {
        $0 = { state in progress.withLock { $0.moments.append((state, $0.isDone)) } }
      }
      records.append(
        try Redaction.redact(
          target, reason: "a patient's name", by: writer, via: .cli, at: Timestamp(evening)))
      progress.withLock { $0.isDone = true }
      // And one entry behind it, so that there is a moment after the promise.
      records += try writer.append(via: .tui) { _ in [note("behind")] }
      disk.watch.withLock { $0 = nil }
      moments = progress.withLock { $0.moments }
    }
  }

  /// `LOGGIST_REDACTION_CRASHES` says how many states.
  @Test("A redaction that the power cut interrupts is none, or is finished at the next start")
  func states() throws {
    let wanted = number("LOGGIST_REDACTION_CRASHES", otherwise: 1_500)
    var (seed, states, finished, torn) = (UInt64(1), 0, 0, 0)
    while states < wanted {
      let shift = try Shift(seed: seed)
      var generator = SeededGenerator(seed: seed)
      for (place, moment) in shift.moments.enumerated() {
        for damage in CrashDamage.allCases {
          let disk = SimulatedDisk(moment.disk.afterPowerCut(damage, using: &generator))
          states += 1
          let result = try check(disk, shift, moment.isDone)
          finished += result.finished ? 1 : 0
          torn += result.torn ? 1 : 0
          if let why = result.broken {
            Issue.record("seed \(seed), moment \(place), \(damage): \(why)")
          }
        }
      }
      seed += 1
    }
    tell(
      "\(states) states after a power cut among redactions, \(finished) finished at the next start, "
        + "\(torn) of them of a torn line")
    #expect(finished > states / 20)
    #expect(torn > 0)
  }

  private func check(
    _ disk: SimulatedDisk, _ shift: Shift, _ isDone: Bool
  ) throws -> (finished: Bool, torn: Bool, broken: String?) {
    let store = try Store.open("/store", calls: disk.calls)
    let before = try load(store)
    let isRecorded = before.contains { $0.entry.kind == .redacted }
    let isTorn = !before.contains { $0.ref == shift.target }
    let blanked = try Redaction.finish(store)
    func broken(_ why: String) -> (Bool, Bool, String?) { (!blanked.isEmpty, isTorn, why) }
    if isDone, !blanked.isEmpty { return broken("was promised and not done") }
    if isTorn, blanked.isEmpty { return broken("the line is torn and stays so") }
    let after = try load(store)
    for record in shift.records
    where record.entry.kind != .redacted && record.entry.text != "behind" {
      guard let now = after.first(where: { $0.ref == record.ref }) else {
        return broken("\(record.ref) is gone")
      }
      if record.ref != shift.target || !isRecorded {
        if now != record { return broken("\(record.ref) has changed") }
        continue
      }
      let (old, new) = (record.entry, now.entry)
      guard new.isRedacted, new.text == nil, new.kind == old.kind, new.at == old.at,
        new.incident == old.incident
      else { return broken("\(record.ref) is not what a redaction leaves: \(new)") }
    }
    if isRecorded {
      let all = text(disk.allBytes(but: "/picture"))
      let wanted = shift.records.count { $0.entry.text?.contains(Self.secret) ?? false }
      let lines = all.split(separator: "\n").count { $0.contains("\"text\":\"\(Self.secret)") }
      let isText = shift.evidence == nil
      if lines != wanted - (isText ? 1 : 0) { return broken("\(lines) of \(wanted) lines have it") }
      if let evidence = shift.evidence, try EvidenceFolder(store).check(evidence) != .missing {
        return broken("the file is still there")
      }
    }
    for finding in try Verification.run(store).findings where !finding.isHarmless {
      switch finding.reason {
      // What was being appended when the power went.
      case .tornTail, .notJSON, .nulBytes, .glued, .notAnObject, .notOurs, .alteredEntry(behind),
        .alteredEntry(redactor), .alteredHead(_, by: behind), .alteredHead(_, by: redactor):
        break
      default: return broken("\(finding)")
      }
    }
    return (!blanked.isEmpty, isTorn, nil)
  }

  private func load(_ store: Store) throws -> [Record] {
    var reader = LogReader(store: store)
    return try reader.load().records
  }
}

/// The `redacted` entry, and the one behind it.
private let redactor = EntryRef(node: inc, sequence: 7)
private let behind = EntryRef(node: inc, sequence: 8)

extension SimulatedDisk {
  /// Of every file that has a name.
  fileprivate func allBytes(but path: String) -> [UInt8] {
    state.withLock { state in
      let left = try? state.find(path)
      return state.nodes.keys.sorted().filter { $0 != left }.flatMap { state.nodes[$0]?.data ?? [] }
    }
  }
}
