import Glibc
import LoggistModel
import LoggistStore

/// An opened store and everything that a command needs beside it: settings, zone, clock, and who is asking.
struct Session: Sendable {
  let store: Store
  let settings: Settings
  /// In which times are read and shown.
  let style: ClockStyle
  /// The time it is: the machine's clock, or the one that was chosen for a rehearsal.
  let now: @Sendable () -> Instant
  /// The zone was named with `--zone`: it is not only the store's.
  let isZoneNamed: Bool
  /// A clock was chosen with `--now`.
  let isClockChosen: Bool
  /// The account: `by` of what is logged.
  let by: String
  /// The person, where an account is shared.
  let author: String?
  /// The moment as of which everything is shown; nil: now.
  let asOf: Instant?
  let color: ColorChoice
  private let node: NodeCode?

  var configuration: Configuration { settings.configuration }
  var zone: Zone { style.zone }
  var hours: HourStyle { style.hours }

  /// Opens what the options name, for writing where somebody says as whom, or says why not. `author` comes from
  /// `$LOGGIST_AUTHOR`.
  static func open(_ options: StoreOptions, writer: WriterOptions? = nil) throws -> Session {
    if writer != nil, options.asOf != nil { throw Failure(.asOfIsForReading) }
    let store: Store
    do {
      store = try Store.open(
        options.path, access: writer == nil ? .readOnly : .readWrite,
        acceptNetworkFileSystem: writer?.acceptNetworkFs ?? false)
    } catch {
      throw Failure(error)
    }
    return try Session(store, options, writer)
  }

  /// For taking in what other machines wrote: nothing of this machine's own is logged.
  static func openToReceive(
    _ options: StoreOptions, acceptNetworkFileSystem: Bool
  ) throws -> Session {
    do {
      let store = try Store.open(
        options.path, access: .readWrite, acceptNetworkFileSystem: acceptNetworkFileSystem)
      return try Session(store, options, nil)
    } catch let error as StoreError {
      throw Failure(error)
    }
  }

  private init(_ store: Store, _ options: StoreOptions, _ writer: WriterOptions?) throws {
    self.store = store
    settings = Settings(store)
    color = options.color
    node = try writer?.node.map { try NodeCode.named($0) }
    author = Environment["LOGGIST_AUTHOR"]
    if writer?.by != nil, !store.isRehearsal { throw Failure(.onlyInRehearsal("--by")) }
    by = writer?.by ?? store.calls.user().name
    isZoneNamed = options.zone != nil
    style = ClockStyle(
      zone: try Session.zone(options.zone ?? settings.configuration.zone),
      hours: options.hours?.style ?? settings.hours)
    if let time = options.now {
      guard store.isRehearsal else { throw Failure(.onlyInRehearsal("--now")) }
      let chosen = try Session.moment(time, option: "--now", style, now: systemClock())
      (now, isClockChosen) = ({ chosen }, true)
    } else {
      (now, isClockChosen) = (systemClock, false)
    }
    let present = now()
    asOf = try options.asOf.map { [style] in
      try Session.moment($0, option: "--as-of", style, now: present)
    }
  }

  /// The zone of that name, else the machine's.
  static func zone(_ name: String?) throws -> Zone {
    guard let name else { return SystemZone.local }
    if name == "UTC" { return .utc }
    guard let zone = SystemZone.load(name) else { throw Failure(.unknownZone(name)) }
    return zone
  }

  /// A moment as somebody wrote it: RFC 3339, or any time that an entry line may begin with.
  static func moment(
    _ written: Verbatim, option: String, _ style: ClockStyle, now: Instant
  ) throws -> Instant {
    let text = written.description
    if let exact = Timestamp(text) { return exact.instant }
    let context = EntryLineContext(now: now, zone: style.zone, hours: style.hours)
    let preview = EntryLine.read(text, as: .note, in: context)
    guard preview.hasTime, preview.text == nil, preview.until == nil, preview.tags.isEmpty else {
      throw Failure(.notATime(text, option: option))
    }
    // What lies ahead can be asked for, too: it shows what is known now.
    if let problem = preview.problem, problem != .inFuture(preview.at) {
      throw Failure(.unclearTime(text, option: option, problem, style))
    }
    return preview.at.instant
  }
}

extension Session {
  /// The moment that is shown: that of `--as-of`, else the present.
  var moment: Instant { asOf ?? now() }

  /// Whose name stands on what is logged now.
  var me: String { author ?? by }

  /// What an entry line is read against.
  var lineContext: EntryLineContext {
    EntryLineContext(
      now: now(), zone: zone, hours: hours, services: settings.services, places: settings.places,
      people: settings.people, canned: settings.canned)
  }

  /// A log that cannot be written is found out here, before anybody has typed a line for it.
  func writer() throws -> LogWriter {
    do {
      let folder = store.folder(of: try store.ownNode(preferred: node))
      if access(folder, W_OK) != 0 { throw Failure(.cannotWrite(folder, systemMessage(errno))) }
      return try LogWriter(
        store: store, node: node, by: by, clock: isClockChosen ? now : nil)
    } catch let error as StoreError {
      throw Failure(error)
    }
  }

  var paper: Paper { Paper(color, theme: settings.theme) }
}

extension Session {
  /// For writing, and where that is refused for reading: a board that can be looked at is better than none.
  static func openForScreens(
    _ options: StoreOptions, _ writer: WriterOptions, isReading: Bool
  ) throws -> Session {
    if isReading { return try open(options) }
    do {
      return try open(options, writer: writer)
    } catch let failure as Failure where failure.status != .usage {
      guard let session = try? open(options) else { throw failure }
      Messages.write("loggist: \(failure.sentence); opened for reading only")
      return session
    }
  }
}
