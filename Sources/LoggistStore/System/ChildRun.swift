internal import CSystem
internal import Glibc

/// One run of a program, a hook or a command of the screens: fed by a file in memory, so that it never waits for us nor
/// we for it, and ended after its time.
package struct ChildRun: Sendable {
  package var program: String
  /// Behind the program's name.
  package var arguments: [String] = []
  /// Standard input.
  package var input: [UInt8]
  /// `NAME=value`.
  package var environment: [String]
  package var folder: String
  /// After that many milliseconds its process group is asked to end, and two seconds later made to.
  package var limit = 30_000
  /// Bytes that are kept of its output; the rest is read and dropped.
  package var outputLimit = 65_536

  package init(program: String, input: [UInt8], environment: [String], folder: String) {
    (self.program, self.input) = (program, input)
    (self.environment, self.folder) = (environment, folder)
  }

  package enum Outcome: Sendable, Hashable {
    case ended(status: Int32)
    case killed(signal: Int32)
    case tookTooLong
  }

  /// How it ended, and the beginning of what it wrote to standard output and error.
  package struct Result: Sendable, Hashable {
    package let outcome: Outcome
    package let output: [UInt8]

    package var isGood: Bool { outcome == .ended(status: 0) }
  }
}

extension ChildRun {
  /// Runs it to its end. Blocks for as long, so not on the thread that paints.
  package func run() throws(Errno) -> Result {
    var (reading, writing): (Int32, Int32) = (-1, -1)
    let error = loggist_pipe(&reading, &writing)
    if error != 0 { throw Errno(error) }
    defer { close(reading) }
    return wait(for: try start(output: writing), reading)
  }

  /// Closes our end of the output, so that reading it ends with the last of the others.
  private func start(output: Int32) throws(Errno) -> pid_t {
    defer { close(output) }
    let file = input.withUnsafeBytes { bytes in
      // An empty buffer has no address, and a file of no bytes needs none.
      withUnsafePointer(to: UInt8(0)) { nothing in
        loggist_memory_file(bytes.baseAddress ?? UnsafeRawPointer(nothing), bytes.count)
      }
    }
    if file < 0 { throw .current }
    defer { close(file) }
    var child = pid_t()
    let error = withCStrings([program] + arguments) { arguments in
      withCStrings(environment) { environment in
        loggist_start(&child, program, arguments, environment, folder, file, output)
      }
    }
    if error != 0 { throw Errno(error) }
    return child
  }

  private func wait(for child: pid_t, _ reading: Int32) -> Result {
    var output: [UInt8] = []
    let calls = SystemCalls.real
    let start = calls.ticks()
    var (status, pause): (Int32, Int32) = (0, 1)
    var isAskedToEnd = false
    while true {
      let ended = waitpid(child, &status, WNOHANG)
      let isOpen = read(reading, into: &output)
      if ended == child || ended < 0 && errno != EINTR { break }
      let elapsed = calls.ticks() - start
      if elapsed > limit + 2000 {
        kill(-child, SIGKILL)
      } else if elapsed > limit, !isAskedToEnd {
        kill(-child, SIGTERM)
        isAskedToEnd = true
      }
      // What closed its output can only be waited for.
      var polled = pollfd(fd: isOpen ? reading : -1, events: Int16(POLLIN), revents: 0)
      poll(&polled, 1, pause)
      pause = min(pause * 2, 50)
    }
    return Result(outcome: outcome(status, isAskedToEnd), output: output)
  }

  private func outcome(_ status: Int32, _ isAskedToEnd: Bool) -> Outcome {
    if isAskedToEnd { return .tookTooLong }
    let signal = status & 0x7F
    return signal == 0 ? .ended(status: (status >> 8) & 0xFF) : .killed(signal: signal)
  }

  /// Takes what there is; false once nobody can write any more.
  private func read(_ file: Int32, into output: inout [UInt8]) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count == 0 { return false }
      if count < 0 { return errno == EAGAIN || errno == EINTR }
      output += buffer[..<min(count, outputLimit - output.count)]
    }
  }
}

/// Calls with strings as C has them: an array that ends with a null.
private func withCStrings<Value>(
  _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Value
) -> Value {
  let copies: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
  defer { for copy in copies { free(copy) } }
  return copies.withUnsafeBufferPointer { buffer in
    // Never empty: its null is there.
    withUnsafePointer(to: nil) { body(buffer.baseAddress ?? $0) }
  }
}
