/// Why the real terminal could not be taken over; the sentences are the caller's.
package enum TerminalError: Error, Sendable, Hashable {
  /// There is no controlling terminal: `/dev/tty` gave this errno.
  case noTerminal(errno: Int32)
  /// Terminfo knows none of these names.
  case unknownTerminal(tried: [String])
  /// The terminal cannot place its cursor, like `TERM=dumb`: use the line mode.
  case notCapable(name: String)
  /// A system call failed with this errno.
  case system(call: String, errno: Int32)
  /// The process has already taken it over.
  case alreadyOpen
}
