import LoggistModel

/// What carries letters between machines. It may drop, repeat, reorder, delay and alter: what it brings is believed as far
/// as a log's chain goes, and no further.
///
/// Nothing here waits: what comes of a call is one of the next `events`.
protocol Courier: AnyObject {
  /// Letters can be handed over at present.
  var isReady: Bool { get }
  /// What happened since the last call, in order.
  func events() -> [CourierEvent]
  /// Hands a line over to the stream, which answers with `accepted` or `refused`, or not at all; one of the same name that
  /// it took within a day it drops.
  func offer(_ letter: Letter, as ref: EntryRef)
  /// The letter of that receipt need not be delivered again.
  func acknowledge(_ receipt: Receipt)
  /// Has the stream deliver everything that it has once more.
  func deliverAnew()
  func publish(_ vector: LogVector)
  /// Asks a machine for lines; answered by `answer` with that number, or not at all.
  func ask(_ fetch: Fetch, of holder: NodeCode, number: Int)
  func reply(_ letter: Letter?, to question: Question)
}

enum CourierEvent: Sendable {
  /// Letters can be handed over from now on; `stream` names the engine's copy as long as it lives.
  case ready(stream: String)
  case interrupted
  /// The engine has that line, for good as far as it knows; the identity counts as line 0.
  case accepted(EntryRef)
  /// It has not, and says so.
  case refused(EntryRef)
  /// It will never have it: larger than it takes.
  case tooLarge(EntryRef, size: Int, limit: Int)
  case delivered(Letter, Receipt)
  /// Nothing is left to be delivered; so far the stream has each log. Once a connection.
  case caughtUp([NodeCode: Int])
  case vector(LogVector)
  case asked(Question)
  /// Nil: the machine has nothing of that kind.
  case answer(number: Int, Letter?)
}

/// Names one delivery, for the courier that made it.
struct Receipt: Sendable, Hashable {
  var number: Int
  var reply: String

  init(number: Int, reply: String = "") {
    (self.number, self.reply) = (number, reply)
  }
}

/// A machine asks for lines, and waits for them at `reply`.
struct Question: Sendable, Hashable {
  var fetch: Fetch
  var reply: String
}
