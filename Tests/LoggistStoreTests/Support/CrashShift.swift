import LoggistModel
import LoggistStore
import Synchronization
import TestSupport

/// A shift made of a seed: writers, batches, lengths, month ends and one fault of the disk; and the state of the disk
/// before each call that changed it.
struct CrashShift {
  /// A disk at a moment, and how many records had been acknowledged then.
  struct Moment {
    let disk: SimulatedDisk.State
    let isCreated: Bool
    let acknowledged: Int
  }

  private(set) var moments: [Moment] = []
  private(set) var acknowledged: [Record] = []
  /// Every text that somebody tried to log.
  private(set) var texts: Set<String> = []
  let fault: Fault

  enum Fault: CaseIterable, Sendable {
    case none, failedFlush, failedFlushes, shortWrite, fullDisk, ioErrorOnWrite, interleaved
  }

  private final class Progress: Sendable {
    let state = Mutex((moments: [Moment](), isCreated: false, acknowledged: 0))
  }

  /// - Parameters:
  ///   - base: a disk after an earlier crash, with what was acknowledged and tried before it.
  ///   - lies: of the disk, for the control.
  init(
    seed: UInt64, on base: SimulatedDisk.State? = nil, before: CrashShift? = nil,
    lies: Set<SimulatedDisk.Call> = []
  ) {
    var generator = SeededGenerator(seed: seed)
    fault = Fault.allCases.randomElement(using: &generator) ?? .none
    acknowledged = before?.acknowledged ?? []
    texts = before?.texts ?? []
    let known = acknowledged.count
    let disk = SimulatedDisk(base ?? SimulatedDisk.State(), lying: lies)
    let progress = Progress()
    progress.state.withLock {
      $0.isCreated = base != nil; $0.acknowledged = known
    }
    disk.watch.withLock {
      $0 = { disk in
        progress.state.withLock { state in
          state.moments.append(
            Moment(
              disk: disk, isCreated: state.isCreated, acknowledged: state.acknowledged))
        }
      }
    }
    setFault(on: disk, using: &generator)
    work(seed, disk, isLater: base != nil, &generator) { records in
      progress.state.withLock {
        $0.isCreated = true
        $0.acknowledged += records
      }
    }
    disk.watch.withLock { $0 = nil }
    let end = disk.state.withLock { $0 }
    progress.state.withLock {
      moments = $0.moments
      moments.append(Moment(disk: end, isCreated: $0.isCreated, acknowledged: $0.acknowledged))
    }
  }

  /// What came after so many acknowledged records never happened; what was tried may have got in all the same.
  mutating func acknowledgedBefore(_ count: Int) {
    acknowledged.removeSubrange(count...)
  }

  private func setFault(on disk: SimulatedDisk, using generator: inout SeededGenerator) {
    let number = Int.random(in: 2..<24, using: &generator)
    let limit = Int.random(in: 1..<3000, using: &generator)
    let fault = fault
    disk.fault.withLock {
      $0 = { call, count in
        switch fault {
        case .none, .interleaved: nil
        // The next flush says "ok", and the page is gone.
        case .failedFlush: call == .fdatasync && count == number ? .error(.inputOutput) : nil
        case .failedFlushes: call == .fdatasync && count >= number ? .error(.inputOutput) : nil
        case .shortWrite: call == .write && count % 3 == 1 ? .short(limit) : nil
        case .fullDisk:
          call == .write && (number...number + 2).contains(count) ? .error(.noSpace) : nil
        case .ioErrorOnWrite: call == .write && count == number ? .error(.inputOutput) : nil
        }
      }
    }
  }

  private mutating func work(
    _ seed: UInt64, _ disk: SimulatedDisk, isLater: Bool, _ generator: inout SeededGenerator,
    _ acknowledge: (Int) -> Void
  ) {
    let nearMidnight = Instant(milliseconds: 1_643_673_597_000)  // 2022-01-31T23:59:57Z
    let start = nearMidnight + .hours(isLater ? 24 : Int.random(in: -2...0, using: &generator))
    let clock = steppingClock(from: start)
    do throws(StoreError) {
      let store: Store
      if isLater {
        store = try Store.open("/store", calls: disk.calls)
      } else {
        store = try rehearsal("/store", seed: "\(seed)", calls: disk.calls)
      }
      acknowledge(0)
      var writers: [LogWriter] = []
      for name in ["ama", "ben", "eve"] {
        writers.append(try LogWriter(store: store, by: name, clock: clock, lockLimit: 20))
      }
      for round in 0..<Int.random(in: 2...6, using: &generator) {
        let entries = (0..<Int.random(in: 1...3, using: &generator)).map { place in
          let length = [0, 0, 40, 400, 1500].randomElement(using: &generator) ?? 0
          let text = "\(seed) \(isLater) \(round) \(place) " + String(repeating: "é", count: length)
          texts.insert(text)
          return place == 0 && round % 3 == 0
            ? Entry(.opened, at: Timestamp(start), text: text, fields: [(.title, .string(text))])
            : note(text)
        }
        let writer = writers.randomElement(using: &generator)
        if fault == .interleaved, let other = writers.randomElement(using: &generator),
          other !== writer
        {
          // Somebody else's whole append between this one's write and its flush.
          let text = "\(seed) \(isLater) \(round) between"
          texts.insert(text)
          let between = Mutex<[Record]>([])
          disk.beforeFlush.withLock {
            $0 = {
              let records = (try? other.append(via: .tui) { _ in [note(text)] }) ?? []
              between.withLock { $0 += records }
            }
          }
          append(entries, by: writer, acknowledge) { between.withLock { $0 } }
        } else {
          append(entries, by: writer, acknowledge) { [] }
        }
      }
    } catch {}
  }

  private mutating func append(
    _ entries: [Entry], by writer: LogWriter?, _ acknowledge: (Int) -> Void, between: () -> [Record]
  ) {
    let records = (try? writer?.append(via: .tui) { try $0.numbered(entries) }) ?? []
    let all = between() + records
    acknowledged += all
    acknowledge(all.count)
  }
}
