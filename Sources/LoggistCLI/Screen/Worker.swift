import Glibc
import Synchronization
import Terminal

/// A thread that does one job after the other: what may have to wait for a disk does not hold up the keys.
final class Worker: Sendable {
  typealias Job = @Sendable () -> Void

  private let queue: JobQueue
  private let thread: pthread_t

  init() throws(TerminalError) {
    queue = JobQueue(wakeup: try Wakeup())
    let entrance = Unmanaged.passRetained(queue)
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<JobQueue>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, entrance.toOpaque())
    guard status == 0 else {
      entrance.release()
      throw .system(call: "pthread_create", errno: status)
    }
    self.thread = thread
  }

  func perform(_ job: @escaping Job) { queue.add(job) }

  /// Waits until every job so far is done, and ends the thread.
  func finish() {
    queue.close()
    pthread_join(thread, nil)
  }
}

private final class JobQueue: Sendable {
  private let jobs = Mutex<(waiting: [Worker.Job], isClosed: Bool)>(([], false))
  private let wakeup: Wakeup

  init(wakeup: Wakeup) {
    self.wakeup = wakeup
  }

  func add(_ job: @escaping Worker.Job) {
    jobs.withLock { $0.waiting.append(job) }
    wakeup.signal()
  }

  func close() {
    jobs.withLock { $0.isClosed = true }
    wakeup.signal()
  }

  func run() {
    while true {
      let (waiting, isClosed) = jobs.withLock { jobs in
        defer { jobs.waiting = [] }
        return jobs
      }
      for job in waiting { job() }
      if !waiting.isEmpty { continue }
      if isClosed { return }
      _ = waitForInput([wakeup.descriptor], timeoutMilliseconds: nil)
      wakeup.clear()
    }
  }
}
