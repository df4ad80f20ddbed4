import Glibc
import LoggistModel
import LoggistStore
import LoggistUI
import Terminal

/// Opens the screens, or line by line where a terminal cannot have them, and returns the status to leave with.
///
/// - Parameter welcome: what is said first.
func openScreens(
  _ session: Session, options: ScreenOptions, welcome: String? = nil
) throws -> Int32 {
  if let script = options.script { return try play(script, session, options) }
  let drafts = DraftFolder(
    path: DraftFolder.standardPath { Environment[$0] }, store: session.store.uuid)
  if options.plain || Environment["TERM"] == "dumb" {
    return try openPlain(session, drafts, welcome: welcome)
  }
  let terminal: CursesTerminal
  let log = errorLog(drafts)
  do {
    terminal = try CursesTerminal(
      CursesTerminal.Options(
        errorLog: log, colorDepth: session.color.depth,
        theme: options.theme ?? session.settings.theme))
  } catch {
    switch error {
    case .noTerminal, .notCapable, .unknownTerminal:
      return try openPlain(session, drafts, welcome: welcome)
    case .system, .alreadyOpen: throw Failure("cannot take over the terminal: \(error)")
    }
  }
  defer { terminal.close() }
  let world = try LiveWorld(session, drafts: drafts)
  var state = State(
    size: terminal.size, now: session.moment, desk: Desk(session), drafts: drafts.load())
  state.desk.theme = terminal.theme
  world.prepare(&state)
  if let welcome { _ = update(&state, .notice(Notice(welcome, .good))) }
  let loop = RunLoop(state, on: terminal, world: world.forTheLoop)
  let status = loop.run()
  world.finish()
  loop.settle(world.drain())
  terminal.close()
  world.finishHooks()
  if let log, readFile(log)?.isEmpty == true { unlink(log) }
  // Here and not by returning: giving a million entries back one by one takes a second, and the log may still be read.
  exit(status)
}

/// Where the standard error of the program goes while the screen is up, and a crash's last words.
func errorLog(_ drafts: DraftFolder) -> String? {
  guard drafts.makeFolders() else { return nil }
  return "\(drafts.path)/crash-\(getpid()).log"
}

private func play(_ path: String, _ session: Session, _ options: ScreenOptions) throws -> Int32 {
  guard let bytes = readFile(path) else { throw Failure("cannot read \(path)", .badInput) }
  guard let size = Size(options.screen) else {
    throw Failure("--screen '\(options.screen)' is no size: write it like 80x24", .usage)
  }
  let script: Script
  do {
    script = try Script(String(decoding: bytes, as: UTF8.self))
  } catch {
    throw Failure("\(path):\(error.line): no step of a script: \(error.text)", .badInput)
  }
  let journal = try session.journal()
  var state = State(size: size, now: session.moment, desk: Desk(session))
  _ = update(
    &state, .loaded(Register(Array(journal.records), now: session.moment, zone: session.zone)))
  let node = session.store.ownNode ?? session.store.nodes.first?.code
  guard let node else { throw Failure("the store has no node to play on") }
  let papers = Papers(session)
  var runner = ScriptRunner(
    state, log: MemoryLog(node: node, after: Array(journal.records)),
    answer: { papers.answer(to: $0) })
  try StandardOutput.write(runner.play(script))
  return 0
}

extension Desk {
  init(_ session: Session) {
    let settings = session.settings
    self.init(
      name: settings.configuration.desk ?? "IT desk", user: session.by, author: session.author,
      zone: session.zone, hours: session.hours, services: settings.services,
      places: settings.places, people: settings.people, canned: settings.canned,
      targets: session.targets,
      keymap: settings.keymap, onCall: session.onCall().rota,
      priorities: settings.configuration.priorities, reminders: session.reminders)
    isRehearsal = session.store.isRehearsal
    commands = Loggist.commands
  }
}

extension ColorChoice {
  /// The depth that was asked for; nil leaves it to the terminal.
  var depth: ColorDepth? {
    switch self {
    case .auto: nil
    // As many as the terminal has, also under NO_COLOR.
    case .always: .indexed256
    case .never: .mono
    }
  }
}
