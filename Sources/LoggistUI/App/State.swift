package import LoggistModel
package import Terminal

/// Everything that the screen depends on. `update` changes it, `render` paints it, nothing else touches it.
package struct State: Sendable {
  package var size: Size
  package var now: Instant
  package var desk: Desk
  package internal(set) var register: Register
  /// The way to where we are; never empty, the board at its bottom.
  package internal(set) var screens: [Screen] = [.board(BoardScreen())]
  package internal(set) var composer: Composer?
  package internal(set) var drafts: [String: Draft]
  package internal(set) var notice: Notice?
  package internal(set) var standing: String?
  package internal(set) var alarm: String?
  /// How far the logs got on other machines; nil where they are carried nowhere.
  package internal(set) var carriage: Carriage?
  /// The log has not been read, or not all of it.
  package internal(set) var isLoading: Bool
  /// How much of the log has been read, in per cent; nil before anything is known of it.
  package internal(set) var progress: Int?
  /// When the draft has to be on disk; nil where it is.
  package internal(set) var draftDue: Instant?
  /// What the banner under the header says.
  var reminding = Reminding()
  /// Which clocks run and have passed.
  var deadlines = DeadlineWatch(targets: [:])
  var nextToken = 1
  /// What was pressed and pasted while an append was under way; it comes after its answer.
  var heldInput: [InputEvent] = []
  /// What a command wrote while a line was being typed.
  var waitingOutput: OutputScreen?
  /// The command lines before, for the arrow up.
  var commands: [String] = []
  /// The texts logged before, for the arrow up.
  var history: [String] = []

  package init(size: Size, now: Instant, desk: Desk, drafts: [Draft] = [], isLoading: Bool = true) {
    (self.size, self.now, self.desk, self.isLoading) = (size, now, desk, isLoading)
    self.drafts = Dictionary(drafts.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
    register = Register(now: now, zone: desk.zone)
  }
}

extension State {
  package var journal: Journal { register.journal }
  package var board: Board { register.board }
  package var handovers: Handovers { register.handovers }
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
  case output(OutputScreen)

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
    case .output: .output
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
}
