internal import Glibc
internal import Synchronization

/// Does the same with several things at once, the first of them in this thread; the results in the order of the things.
///
/// Where no thread can be started, this one does all the work.
package func inParallel<Thing: Sendable, Value: Sendable>(
  _ things: [Thing], _ body: @escaping @Sendable (Thing) -> Value
) -> [Value] {
  guard let first = things.first else { return [] }
  let helpers = things.dropFirst().map { thing in Helper { body(thing) } }
  return [body(first)] + helpers.map { $0.result() }
}

/// A thread that works out one value.
private final class Helper<Value: Sendable>: Sendable {
  private let work: @Sendable () -> Value
  private let value = Mutex<Value?>(nil)
  private let thread = Mutex<pthread_t?>(nil)

  init(_ work: @escaping @Sendable () -> Value) {
    self.work = work
    // The thread gets no generic type to see: a C function cannot name one.
    let job = Unmanaged.passRetained(Job { [self] in run() })
    var started = pthread_t()
    let status = pthread_create(
      &started, nil,
      { argument in
        if let argument { Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, job.toOpaque())
    if status == 0 { thread.withLock { $0 = started } } else { job.release() }
  }

  private func run() {
    let worked = work()
    value.withLock { $0 = worked }
  }

  func result() -> Value {
    if let thread = thread.withLock({ $0 }) { pthread_join(thread, nil) }
    return value.withLock { $0 } ?? work()
  }
}

private final class Job: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) {
    self.body = body
  }
}
