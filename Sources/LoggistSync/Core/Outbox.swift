/// Which lines of an own log the engine has, which are on their way to it, and when to offer more.
///
/// What it knows is disposable: without it everything is offered again, and the engine drops what it has. After a failure
/// nothing is offered until the back-off is over, and then a single line first: an engine without a leader answers each
/// line with an error at once, and thousands of them an attempt would be a storm.
struct Outbox: Sendable {
  /// The engine has everything up to here; -1: nothing, not even the log's identity.
  private(set) var sent: Int
  /// Of the lines behind `sent`, in their order.
  private var states: ArraySlice<State> = []
  private var window = Outbox.most
  private var inFlight = 0
  private var backOff = BackOff()
  private(set) var pausedUntil = 0
  /// Offers that failed, ever.
  private(set) var failures = 0

  /// Lines on their way at most.
  static let most = 4000
  /// Milliseconds after which an offer that nobody answered has failed.
  static let patience = 5000

  private enum State: Sendable {
    case waiting
    case offered(at: Int)
    case taken
  }

  init(sent: Int) {
    self.sent = sent
  }

  /// The engine's copy is another one, or an older one that ends there: everything behind that is offered again.
  mutating func restart(behind last: Int = -1) {
    (sent, states, inFlight, window) = (last, [], 0, 1)
    (backOff, pausedUntil) = (BackOff(), 0)
  }

  /// The engine answers again: what had to wait for the end of a back-off is tried at once, one line first.
  mutating func resume() { pausedUntil = 0 }

  /// The numbers to offer now, in order; they count as offered.
  ///
  /// - Parameter last: the last line that is on this machine's disk.
  mutating func offers(through last: Int, now: Int, _ random: inout some RandomNumberGenerator)
    -> [Int]
  {
    expire(now, &random)
    guard now >= pausedUntil else { return [] }
    var numbers: [Int] = []
    var number = sent
    for place in states.indices {
      number += 1
      guard inFlight < window else { return numbers }
      if case .waiting = states[place] {
        states[place] = .offered(at: now)
        inFlight += 1
        numbers.append(number)
      }
    }
    while inFlight < window, sent + states.count < last, states.count < Outbox.most {
      states.append(.offered(at: now))
      inFlight += 1
      numbers.append(sent + states.count)
    }
    return numbers
  }

  mutating func accepted(_ number: Int) {
    guard let place = place(number) else { return }
    if case .offered = states[place] { inFlight -= 1 }
    states[place] = .taken
    backOff.reset()
    window = min(Outbox.most, window * 2)
    while case .taken? = states.first {
      states.removeFirst()
      sent += 1
    }
  }

  mutating func refused(
    _ number: Int, now: Int, _ random: inout some RandomNumberGenerator
  ) {
    guard let place = place(number), case .offered = states[place] else { return }
    states[place] = .waiting
    inFlight -= 1
    fail(now, &random)
  }

  /// When to look again although nothing happened.
  func nextLook(now: Int) -> Int {
    now < pausedUntil ? pausedUntil : now + (inFlight > 0 ? Outbox.patience : 60_000)
  }

  private mutating func fail(_ now: Int, _ random: inout some RandomNumberGenerator) {
    failures += 1
    window = 1
    // A burst of failures is one failure.
    if now >= pausedUntil { pausedUntil = now + backOff.next(&random) }
  }

  private mutating func expire(_ now: Int, _ random: inout some RandomNumberGenerator) {
    var hasExpired = false
    for place in states.indices {
      if case .offered(let at) = states[place], now - at >= Outbox.patience {
        states[place] = .waiting
        inFlight -= 1
        hasExpired = true
      }
    }
    if hasExpired { fail(now, &random) }
  }

  /// Nil of a number that is not on its way, whoever makes it up.
  private func place(_ number: Int) -> Int? {
    guard number > sent, number <= sent + states.count else { return nil }
    return states.startIndex + (number - sent - 1)
  }
}
