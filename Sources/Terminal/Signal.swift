internal import Glibc

/// A signal of those that the program acts on, as it comes out of the pipe.
package enum Signal: Sendable, Hashable {
  /// The terminal has another size: call `refreshSize()`.
  case resize
  /// Keep the draft and end: SIGTERM or SIGQUIT.
  case terminate
  /// Keep the draft and end: the terminal is gone.
  case hangup
  /// SIGINT from elsewhere; ^C is a key.
  case interrupt
  /// Somebody asks us to stop: keep the draft and call `suspend()`.
  case suspend
  /// We go on after a stop; the terminal has been taken again.
  case `continue`
  case childEnded

  init?(number: UInt8) {
    switch Int32(number) {
    case SIGWINCH: self = .resize
    case SIGTERM, SIGQUIT: self = .terminate
    case SIGHUP: self = .hangup
    case SIGINT: self = .interrupt
    case SIGTSTP: self = .suspend
    case SIGCONT: self = .continue
    case SIGCHLD: self = .childEnded
    default: return nil
    }
  }
}
