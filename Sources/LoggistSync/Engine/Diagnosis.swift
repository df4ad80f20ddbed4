import Glibc

/// Why there is no connection, and whether one could be had: tries of their own, while the connection goes on trying.
///
/// libnats 3.4.1 may wait for a server's part of the TLS handshake for as long as the process lives, if the line is cut
/// in that moment (nats.c, issue 906). A connection that is not there while others can be had twice is such a one.
struct Diagnosis {
  /// Why the last try failed; empty where none has, or where it did not.
  private(set) var words = ""
  private var attempt: Attempt?
  private var begun = 0
  private var next: Int
  /// Tries in a row that got a connection while the other one had none; tries that never ended.
  private var (successes, hangs) = (0, 0)

  /// Milliseconds: until the first try, between two, from one that got a connection to the next, and in which one has to
  /// end.
  private static let (first, rest, again, patience) = (3000, 60_000, 15_000, 20_000)
  static let silence = "the server does not take part in the TLS handshake"

  init(_ now: Int) { next = now + Diagnosis.first }

  /// There is a connection.
  mutating func reset(_ now: Int) { self = Diagnosis(now) }

  /// The library will not connect any more: only another process can.
  var isHopeless: Bool { successes >= 2 || hangs >= 8 }

  /// Nil while it goes on, else why it failed; empty where it did not.
  typealias Attempt = () -> String?

  mutating func look(_ now: Int, begin: () -> Attempt) {
    if let attempt {
      if let outcome = attempt() {
        words = outcome
        successes = outcome.isEmpty ? successes + 1 : 0
        next = now + (outcome.isEmpty ? Diagnosis.again : Diagnosis.rest)
      } else if now - begun > Diagnosis.patience {
        words = Diagnosis.silence
        (hangs, successes, next) = (hangs + 1, 0, now + Diagnosis.again)
      } else {
        return
      }
      self.attempt = nil
    } else if now >= next {
      attempt = begin()
      begun = now
    }
  }

  /// Tries once and waits for the outcome, for some seconds at most.
  static func now(_ options: NATSConnection.Options) -> String {
    let attempt = ConnectionTry(options)
    for _ in 0..<(patience / 20) {
      if let outcome = attempt.outcome { return outcome }
      usleep(20_000)
    }
    return silence
  }
}
