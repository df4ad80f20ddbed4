package import LoggistModel
package import Terminal

/// Everything that the screen depends on. `update` changes it, `render` paints it, nothing else touches it.
package struct State: Sendable {
  package var size: Size
  package var now: Instant
  package var desk: Desk
  package internal(set) var journal = Journal()
  package internal(set) var board: Board
  /// The way to where we are; never empty, the board at its bottom.
  package internal(set) var screens: [Screen] = [.board(BoardScreen())]
  package internal(set) var composer: Composer?
  package internal(set) var drafts: [String: Draft]
  package internal(set) var notice: Notice?
  package internal(set) var standing: String?
  /// The log has not been read yet.
  package internal(set) var isLoading: Bool
  /// When the draft has to be on disk; nil where it is.
  package internal(set) var draftDue: Instant?
  /// What the banner under the header says.
  var reminding = Reminding()
  /// Which clocks run and have passed.
  var deadlines = DeadlineWatch(targets: [:])
  var nextToken = 1
  /// Keys that were pressed while an append was under way; they come after its answer.
  var heldKeys: [Key] = []
  /// The texts logged before, for the arrow up.
  var history: [String] = []

  package init(size: Size, now: Instant, desk: Desk, drafts: [Draft] = [], isLoading: Bool = true) {
    (self.size, self.now, self.desk, self.isLoading) = (size, now, desk, isLoading)
    self.drafts = Dictionary(drafts.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
    board = Board(journal, now: now, zone: desk.zone)
  }
}

/// What stands on the screen, with its own state.
package enum Screen: Sendable, Hashable {
  case board(BoardScreen)
  case incident(IncidentScreen)
  case search(SearchScreen)
  case help(HelpScreen)
  case metrics(MetricsScreen)
  case measures(MeasuresScreen)
  case review(ReviewScreen)
  case handover(HandoverScreen)
  case past(PastScreen)
  case callbacks(CallbacksScreen)
  case pasted(PastedScreen)
  case firstRun(FirstRunScreen)

  var place: Binding.Place {
    switch self {
    case .board: .board
    case .incident: .incident
    case .search: .search
    case .help: .help
    case .metrics: .metrics
    case .measures: .measures
    case .review: .review
    case .handover: .handover
    case .past: .past
    case .callbacks: .callbacks
    case .pasted: .pasted
    case .firstRun: .firstRun
    }
  }
}

extension State {
  package var screen: Screen {
    get { screens[screens.count - 1] }
    set { screens[screens.count - 1] = newValue }
  }

  /// The incident that is open on the screen.
  var openIncident: Incident? {
    if case .incident(let screen) = screen { journal.incidents[screen.id] } else { nil }
  }

  /// When something on the screen changes by itself next: the draft has to be kept, or the minute turns.
  package var nextWake: Instant {
    let minute = (now.milliseconds / 60_000 + 1) * 60_000
    let draft = draftDue ?? Instant(milliseconds: .max)
    return min(Instant(milliseconds: minute), draft, nextReminder)
  }

  mutating func refreshBoard() {
    board = Board(journal, now: now, zone: desk.zone)
  }
}
