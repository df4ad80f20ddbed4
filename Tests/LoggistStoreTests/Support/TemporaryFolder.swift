import Glibc
import LoggistModel
import LoggistStore
import Synchronization

/// A folder of a test's own, gone with the test.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/loggist-store-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { preconditionFailure("no temporary folder") }
    path = String(cString: made)
  }

  deinit { remove(path) }

  private func remove(_ path: String) {
    for name in (try? SystemCalls.real.names(path)) ?? [] {
      let child = "\(path)/\(name)"
      if unlink(child) != 0 { remove(child) }
    }
    rmdir(path)
  }

  func write(_ name: String, _ bytes: some Sequence<UInt8>) {
    let file = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    let bytes = Array(bytes)
    let count = Glibc.write(file, bytes, bytes.count)
    precondition(count == bytes.count)
    close(file)
  }

  func empty(_ name: String) { remove("\(path)/\(name)") }

  func read(_ name: String) -> [UInt8] {
    (try? SystemCalls.real.contents(of: "\(path)/\(name)", limit: 1 << 30)) ?? []
  }
}

/// Wednesday 5 January 2022, 19:51:12 UTC: the shift of the sample in the design.
let evening = Instant(milliseconds: 1_641_412_272_345)

/// `INC`.
let inc = NodeCode("INC") ?? NodeCode("X").unsafelyUnwrapped

func rehearsal(
  _ path: String, seed: String = "seed", calls: SystemCalls = .real
) throws(StoreError) -> Store {
  try Store.create(
    at: path,
    options: StoreCreation(node: inc, isRehearsal: true, seed: seed, now: evening), calls: calls)
}

/// A clock that goes on by a second at every look, from `evening` on.
func steppingClock(from start: Instant = evening) -> @Sendable () -> Instant {
  let counter = Counter()
  return { start + .seconds(counter.next()) }
}

final class Counter: Sendable {
  private let value = Atomic(0)
  func next() -> Int { value.add(1, ordering: .relaxed).oldValue }
}

func note(_ text: String, at: Instant = evening) -> Entry {
  Entry(.note, at: Timestamp(at, offsetMinutes: 60), text: text)
}
