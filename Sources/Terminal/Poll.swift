internal import Glibc

/// Waits until one of the descriptors has input, or has been hung up, and returns those that have.
///
/// The set is empty after `timeoutMilliseconds` (nil waits for ever) and after a signal: its byte is then
/// in the signal pipe. A hung-up or closed descriptor counts as ready, so that reading it tells.
package func waitForInput(_ descriptors: [Int32], timeoutMilliseconds: Int?) -> Set<Int32> {
  var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
  let timeout = timeoutMilliseconds.map { Int32(clamping: max(0, $0)) } ?? -1
  guard poll(&polled, nfds_t(polled.count), timeout) > 0 else { return [] }
  return Set(polled.lazy.filter { $0.revents != 0 }.map(\.fd))
}

/// Everything that can be read without waiting, and whether the other end is gone.
///
/// At most about a megabyte at a time, so that an endless writer does not hold the loop.
func readPending(_ descriptor: Int32) -> (bytes: [UInt8], isAtEnd: Bool) {
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 4096)
  while bytes.count < 1 << 20 {
    let count = read(descriptor, &buffer, buffer.count)
    if count > 0 {
      bytes += buffer[..<count]
    } else if count == 0 {
      return (bytes, true)
    } else if errno != EINTR {
      return (bytes, errno != EAGAIN)
    }
  }
  return (bytes, false)
}
