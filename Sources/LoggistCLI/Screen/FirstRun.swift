import Glibc
import LoggistModel
import LoggistStore
import LoggistUI
import Terminal

/// The first start where no store is: one screen with three fields, or three questions line by line.
struct FirstRun {
  private let path: String
  private let options: StoreOptions
  private let writer: WriterOptions
  private let account: String
  private let proposal: NewStore

  init(path: String, _ options: StoreOptions, _ writer: WriterOptions) throws {
    (self.path, self.options, self.writer) = (path, options, writer)
    let person = Person.atThisAccount
    account = person.account
    let zone = try options.zone.map { try Session.zone($0).name } ?? SystemZone.local.name
    proposal = NewStore(
      desk: "IT desk", zone: SystemZone.exists(zone) ? zone : "UTC", name: person.name)
  }

  /// True where a store was made; false where somebody left before that.
  func run(isPlain: Bool) throws -> Bool {
    if isPlain || Environment["TERM"] == "dumb" { return try ask() }
    let drafts = DraftFolder(path: DraftFolder.standardPath { Environment[$0] }, store: "")
    let terminal: CursesTerminal
    do {
      terminal = try CursesTerminal(
        CursesTerminal.Options(errorLog: errorLog(drafts), colorDepth: options.color.depth))
    } catch {
      switch error {
      case .noTerminal, .notCapable, .unknownTerminal: return try ask()
      case .system, .alreadyOpen: throw Failure("cannot take over the terminal: \(error)")
      }
    }
    defer { terminal.close() }
    let zone = SystemZone.load(proposal.zone) ?? .utc
    let screen = FirstRunScreen(path: path, proposal: proposal, zones: SystemZone.names)
    let state = State.firstRun(
      screen, size: terminal.size, now: systemClock(),
      desk: Desk(
        name: proposal.desk, user: account, zone: zone, hours: options.hours?.style ?? .twentyFour))
    let loop = RunLoop(state, on: terminal, world: world)
    _ = loop.run()
    return !Store.isMissing(at: path)
  }

  /// Nothing but the making of the store can be done to the world yet.
  private var world: World {
    World(
      now: systemClock,
      perform: { effect in
        guard case .makeStore(let new) = effect else { return [] }
        do {
          try make(new)
          return [.storeMade]
        } catch {
          return [.storeRefused((error as? Failure)?.sentence ?? "\(error)")]
        }
      },
      descriptors: [], drain: { [] }, editor: [],
      editorFile: World.EditorFile(path: "", write: { _ in false }, read: { nil }))
  }

  private func make(_ new: NewStore) throws {
    let node = try writer.node.map { try NodeCode.named($0) } ?? NodeCode.named("INC")
    let creation = StoreCreation(
      node: node, desk: new.desk, zone: new.zone,
      person: new.name == account ? nil : (account, new.name), now: systemClock())
    do {
      _ = try Store.create(
        at: path, options: creation, acceptNetworkFileSystem: writer.acceptNetworkFs)
    } catch {
      throw Failure(error)
    }
  }

  // MARK: - Line by line

  /// The end of the input leaves, as Esc does on the screen.
  private func ask() throws -> Bool {
    try say("Nothing is logged here yet. Three answers make a log in \(displaySafe(path)).")
    try say(
      "Enter takes what stands in brackets; the end of the input leaves, and nothing is made.")
    var new = proposal
    guard let desk = try answer("Desk", proposal.desk) else { return false }
    new.desk = desk
    let zones = SystemZone.names
    while true {
      guard let zone = try answer("Time zone", proposal.zone) else { return false }
      new.zone = zone
      guard !zones.contains(zone), let problem = new.problem(zones: zones) else { break }
      try say(displaySafe(problem))
    }
    guard let name = try answer("Your name", proposal.name) else { return false }
    new.name = name
    try make(new)
    return true
  }

  private func answer(_ words: String, _ proposal: String) throws -> String? {
    try StandardOutput.write("\(words) [\(displaySafe(proposal))]: ")
    guard let line = readLine() else {
      try say("")
      return nil
    }
    return line.trimmed.isEmpty ? proposal : line.trimmed
  }

  private func say(_ line: String) throws { try StandardOutput.write(line + "\n") }
}

/// Who this process runs as.
struct Person {
  let account: String
  let name: String

  /// The name is what the system knows of it (the first part of GECOS), else the account.
  static var atThisAccount: Person {
    guard let entry = getpwuid(getuid()) else { return Person(account: "user", name: "user") }
    let account = String(cString: entry.pointee.pw_name)
    let gecos = entry.pointee.pw_gecos.map { String(cString: $0) } ?? ""
    let full = gecos.split(separator: ",", omittingEmptySubsequences: false).first.map(String.init)
    let name = (full ?? "").trimmed
    return Person(account: account, name: name.isEmpty ? account : name)
  }
}
