import LoggistModel
import Terminal
import TestSupport

@testable import LoggistUI

/// A session in which anything may happen in any order: keys, pastes, sizes, clocks, entries of others, and a world that
/// does what it is asked at once, late or never. The same seed gives the same session.
struct HostileSession {
  let seed: UInt64
  var random: SeededGenerator
  private(set) var state: State
  private(set) var step = 0
  /// The last messages in words, for whoever has to find out what happened.
  private(set) var trail: [String] = []
  /// What lies in the folder of drafts.
  private(set) var disk: [String: Draft] = [:]
  /// Everything that was logged, also what no screen has been told yet.
  private(set) var records = Evening.records
  /// Answers that are still to come, and when.
  var due: [(step: Int, message: Message)] = []
  /// What stood in the line when it was submitted, by the submission.
  private(set) var submitted: [Int: String] = [:]
  /// Somebody changed the line that is open, which may have begun with words that nobody typed.
  private(set) var isTyped = false
  private var log = MemoryLog.ofTheDesk
  private let isFirstRun: Bool

  init(seed: UInt64) {
    self.seed = seed
    random = SeededGenerator(seed: seed)
    isFirstRun = seed.isMultiple(of: 16)
    state = isFirstRun ? .ofAFirstRun() : .ofAnEvening()
    state.desk.commands = [
      CommandName("list", "the incidents"), CommandName("verify", "the chain"),
    ]
  }

  /// Does the next thing, and says what was broken by it; nil where nothing was.
  mutating func next() -> String? {
    step += 1
    if !isFirstRun, chance(400) { return restart() }
    let message = nextMessage()
    note(message)
    let before = state
    let effects = update(&state, message)
    for effect in effects { carryOut(effect) }
    if state.composer?.purpose != before.composer?.purpose { isTyped = false }
    let isChanged = state.composer?.editor.text != before.composer?.editor.text
    if state.composer?.purpose == before.composer?.purpose, isChanged {
      // A line that was logged before and stands here again was typed by nobody.
      isTyped =
        state.composer?.recalled == nil || state.composer?.recalled == before.composer?.recalled
    }
    if chance(2) { while state.hasWork { state.work() } } else if state.hasWork { state.work() }
    return loss(from: before, by: message) ?? flaw()
  }

  /// `kill -9`, and a new start on what the disk has.
  private mutating func restart() -> String? {
    trail.append("kill -9, start")
    (due, submitted) = ([], [:])
    let drafts = disk.values.filter(\.canBeReopened).sorted { $0.name < $1.name }
    if drafts.count != disk.count { return "a draft on the disk is never opened again" }
    let (size, now, desk) = (state.size, state.now, state.desk)
    state = State(size: size, now: now, desk: desk, drafts: drafts)
    _ = update(&state, .loaded(Register(records, now: now, zone: desk.zone)))
    return flaw()
  }

  private mutating func note(_ message: Message) {
    var words = "\(message)"
    if case .loaded = message { words = "loaded" }
    if words.count > 160 { words = words.prefix(160) + "…" }
    trail.append(words)
    if trail.count > 40 { trail.removeFirst() }
  }
}

// MARK: - The world

extension HostileSession {
  private mutating func carryOut(_ effect: Effect) {
    switch effect {
    case .append(let submission): append(submission)
    case .keepDraft(let draft): disk[draft.name] = draft
    case .dropDraft(let name): disk[name] = nil
    case .edit(let text):
      // The loop gives the text back before it does anything else, or a problem.
      if chance(2) { due.append((step, .edited(text + " edited\n"))) }
    case .preview, .drawUp: later(Evening.answer(effect))
    case .run(let words, _):
      let text = String(repeating: "row 阿莫西林 \u{1B}[31m\n", count: pick(0...60))
      later([.output(title: words.joined(separator: " "), text: text)])
    case .makeStore: later([chance(2) ? .storeMade : .storeRefused("no room")])
    case .writePostMortem, .overdue, .bell, .suspend, .repaint, .theme, .quit: break
    }
  }

  private mutating func append(_ submission: Submission) {
    submitted[submission.token] = state.composer?.editor.text ?? ""
    if chance(8) {
      later([.refused(token: submission.token, "NOT logged: the disk is full")])
      return
    }
    let new = log.append(submission, by: state.desk.user, at: state.now)
    records += new
    // Now and then the answer gets lost with the process: only a restart goes on from there.
    if !chance(60) { later([.appended(token: submission.token, new)]) }
  }

  private mutating func later(_ messages: [Message]) {
    let when = step + (chance(2) ? 0 : pick(1...20))
    for message in messages { due.append((when, message)) }
  }

  /// An entry of another machine about one of the incidents.
  mutating func arrival() -> [Record] {
    let node = Evening.node("WARD")
    let sequence = records.count { $0.ref.node == node } + 1
    let target = state.journal.incidents.keys.sorted().randomElement(using: &random)
    let kinds: [Kind] = [.note, .resolved, .reopened, .complaint, .cancelled, .handover, .measure]
    let kind = kinds.randomElement(using: &random) ?? .note
    var entry = Entry(
      kind, kind == .handover ? nil : target, at: state.desk.zone.timestamp(state.now),
      text: "from the ward 阿莫西林 \u{202E}\u{1B}[2J", fields: [(.reason, .string("so"))])
    if kind == .measure { entry[.type] = .string("corrective") }
    let record = Record(
      ref: EntryRef(node: node, sequence: sequence), logged: state.now, by: "ward", via: .cli,
      entry: entry)
    records.append(record)
    return [record]
  }
}

// MARK: - Chance

extension HostileSession {
  /// True once in so many times.
  mutating func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

  mutating func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
}
