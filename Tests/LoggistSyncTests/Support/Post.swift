import LoggistModel
import LoggistStore
import TestSupport

@testable import LoggistSync

/// An engine in memory that misbehaves as far as it is told to, by chance that follows from a seed.
final class Post {
  var random: SeededGenerator
  var vices = Vices()
  /// The engine's copy: what was accepted, in its order.
  private(set) var stream: [Letter] = []
  /// What of it was offered here, and not taken from another engine.
  private(set) var said: [Letter] = []
  private var ids: Set<String> = []
  private(set) var generation = 1
  var couriers: [NodeCode: FakeCourier] = [:]
  /// The engines that plain messages get to besides this one.
  var joined: () -> [Post] = { [] }
  var offers = 0
  var refusals = 0

  /// Of a hundred of each sort, so many.
  struct Vices {
    /// An offer is lost; its acknowledgement is lost; it is refused.
    var lost = 0
    var silent = 0
    var refused = 0
    /// A delivery comes later than the next ones, comes twice, never comes.
    var late = 0
    var twice = 0
    var dropped = 0
    /// A bit of it is another one; an older letter comes instead; it names another log.
    var altered = 0
    var replayed = 0
    var misnamed = 0
    /// A vector, a question or an answer is lost.
    var mute = 0
    /// An answer is altered.
    var lies = 0
  }

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  func chance(_ percent: Int) -> Bool {
    percent > 0 && Int.random(in: 0..<100, using: &random) < percent
  }

  /// Everything that it was given is gone.
  func wipe() {
    (stream, said, ids) = ([], [], [])
    generation += 1
    for courier in couriers.values where courier.isReady { courier.connect() }
  }

  /// How far it has each log.
  var last: [NodeCode: Int] {
    var last: [NodeCode: Int] = [:]
    for id in stream.compactMap({ LetterID.place(in: $0.id) }) { last[id.node] = id.sequence }
    return last
  }

  /// It is put back to an older copy under the same name, which has not got these letters yet.
  func putBack(without isLater: (Letter) -> Bool) {
    for letter in stream where isLater(letter) { ids.remove(letter.id) }
    stream.removeAll(where: isLater)
  }

  var name: String { "stream \(generation)" }

  /// Its window for doubles is over: what is offered once more it takes once more.
  func forgetNames() { ids = [] }

  /// Takes in what another engine has.
  func source(_ letter: Letter) {
    if ids.insert(letter.id).inserted { stream.append(letter) }
  }

  func take(_ letter: Letter, _ ref: EntryRef, from courier: FakeCourier) {
    offers += 1
    if chance(vices.refused) {
      refusals += 1
      return courier.queue.append(.refused(ref))
    }
    if chance(vices.lost) { return }
    if ids.insert(letter.id).inserted {
      stream.append(letter)
      said.append(letter)
    }
    if !chance(vices.silent) { courier.queue.append(.accepted(ref)) }
  }

  func alter(_ letter: Letter) -> Letter {
    var letter = letter
    guard !letter.bytes.isEmpty else { return letter }
    let place = Int.random(in: letter.bytes.indices, using: &random)
    letter.bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    return letter
  }

  func publish(_ vector: LogVector) {
    for post in [self] + joined() {
      for (node, courier) in post.couriers.sorted(by: { $0.key < $1.key })
      where node != vector.node && courier.isReady && !chance(vices.mute) {
        courier.queue.append(.vector(vector))
      }
    }
  }

  /// Whoever answers to that name, as far as messages get.
  func courier(of node: NodeCode) -> FakeCourier? {
    for post in [self] + joined() {
      if let courier = post.couriers[node], courier.isReady { return courier }
    }
    return nil
  }
}

/// One machine's way to the post.
final class FakeCourier: Courier {
  let node: NodeCode
  unowned let post: Post
  private(set) var isReady = false
  var queue: [CourierEvent] = []
  private var cursor = 0
  /// Deliveries that were not acknowledged: place in the stream, and when they are due again.
  private var pending: [Int: Int] = [:]
  /// Deliveries that the engine waits for the receipts of.
  var unacknowledged: Int { pending.count }
  private var generation = ""
  private var hasCaughtUp = false
  private var now = 0
  private var questions: [String: (asker: FakeCourier, number: Int)] = [:]
  private var questionCount = 0

  init(_ node: NodeCode, at post: Post) {
    (self.node, self.post) = (node, post)
    post.couriers[node] = self
  }

  func connect() {
    if generation != post.name { (cursor, pending, generation) = (0, [:], post.name) }
    cursor = min(cursor, post.stream.count)
    (isReady, hasCaughtUp) = (true, false)
    queue.append(.ready(stream: post.name))
  }

  func cut() {
    isReady = false
    queue = [.interrupted]
  }

  /// The process was killed: nothing that waits in it is left, and the engine keeps what was not acknowledged.
  func restart() {
    queue = []
    isReady = false
    for place in pending.keys { pending[place] = 0 }
    connect()
  }

  /// Lets the engine deliver.
  func tick(_ now: Int) {
    self.now = now
    guard isReady else { return }
    for (place, due) in pending.sorted(by: { $0.key < $1.key }) where due <= now {
      if post.chance(post.vices.dropped) { pending[place] = now + 3000 } else { deliver(place) }
    }
    var count = 0
    while cursor < post.stream.count, count < 200 {
      if !post.chance(post.vices.dropped) { deliver(cursor) } else { pending[cursor] = now + 3000 }
      cursor += 1
      count += 1
    }
    if cursor == post.stream.count, pending.isEmpty, !hasCaughtUp {
      hasCaughtUp = true
      queue.append(.caughtUp(post.last))
    }
  }

  private func deliver(_ place: Int) {
    guard post.stream.indices.contains(place) else { return }
    pending[place] = now + 3000
    var letter = post.stream[place]
    if post.chance(post.vices.altered) { letter = post.alter(letter) }
    if post.chance(post.vices.misnamed) { letter.node = NodeCode("OTHER") ?? letter.node }
    let event = CourierEvent.delivered(letter, Receipt(number: place))
    if post.chance(post.vices.late) {
      let last = min(queue.count, 40)
      queue.insert(event, at: queue.count - Int.random(in: 0...last, using: &post.random))
    } else {
      queue.append(event)
    }
    if post.chance(post.vices.twice) { queue.append(event) }
    if post.chance(post.vices.replayed) {
      let old = post.stream[Int.random(in: post.stream.indices, using: &post.random)]
      queue.append(.delivered(old, Receipt(number: place)))
    }
  }

  // MARK: - Courier

  func events() -> [CourierEvent] {
    defer { queue = [] }
    return queue
  }

  func offer(_ letter: Letter, as ref: EntryRef) {
    if isReady { post.take(letter, ref, from: self) }
  }

  func deliverAnew() { (cursor, pending) = (0, [:]) }

  func acknowledge(_ receipt: Receipt) { pending[receipt.number] = nil }

  func publish(_ vector: LogVector) { if isReady { post.publish(vector) } }

  func ask(_ fetch: Fetch, of holder: NodeCode, number: Int) {
    guard isReady, let other = post.courier(of: holder), !post.chance(post.vices.mute) else {
      return
    }
    questionCount += 1
    let reply = "\(node) \(questionCount)"
    other.questions[reply] = (self, number)
    other.queue.append(.asked(Question(fetch: fetch, reply: reply)))
  }

  func reply(_ letter: Letter?, to question: Question) {
    guard let (asker, number) = questions.removeValue(forKey: question.reply),
      !post.chance(post.vices.mute)
    else { return }
    let told = post.chance(post.vices.lies) ? letter.map { post.alter($0) } : letter
    asker.queue.append(.answer(number: number, told))
  }
}
