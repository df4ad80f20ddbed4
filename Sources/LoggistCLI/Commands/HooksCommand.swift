import ArgumentParser
import LoggistModel
import LoggistStore
import Terminal

/// The programs that a store starts: which there are, and whether they do what they should.
struct HooksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hooks",
    abstract: "Show the hooks that entries start, or run one with a sample.",
    discussion: """
      A hook is an executable file in the store's folder 'hooks', named for what starts it: escalated, engaged, resolved, \
      comms, overdue. It reads one line of JSON. 'test' prints what it writes; exit status 1 where it fails.
      """)

  enum Action: String, ExpressibleByArgument, CaseIterable {
    case list, test
  }

  @Argument(help: "list or test.")
  var action = Action.list

  @Argument(
    help: "The hook to test.", completion: .list(HookName.allCases.map(\.rawValue)))
  var hook: String?

  @OptionGroup var options: StoreOptions

  func run() throws {
    let session = try Session.open(options)
    switch action {
    case .list: try list(session)
    case .test: try test(session)
    }
  }

  private func list(_ session: Session) throws {
    let folder = HookFolder(session.store)
    var columns = Columns(.wrap)
    var isGood = true
    for name in HookName.allCases {
      do throws(HookRefusal) {
        let program = try folder.program(name)
        columns.add([
          .init(name.rawValue, .key),
          .init(program == nil ? "-" : "runs", program == nil ? .muted : .good),
          .init(name.occasion),
        ])
      } catch {
        isGood = false
        columns.add([
          .init(name.rawValue, .key), .init("refused", .error), .init("\(error)", .error),
        ])
      }
    }
    try StandardOutput.write(columns.text(on: session.paper))
    for case (let path, .unknownName) in folder.refusals {
      Messages.write("loggist: \(path): \(HookRefusal.unknownName)")
    }
    if session.store.isRehearsal, !folder.isForRehearsals {
      Messages.write(
        "loggist: this is a rehearsal: hooks run only where there is a file \(folder.path)/rehearse"
      )
    }
    if !isGood { throw ExitStatus.failed }
  }

  private func test(_ session: Session) throws {
    guard let hook else { throw Failure(.missingHook) }
    guard let name = HookName(rawValue: hook) else { throw Failure(.unknownHook(hook)) }
    let folder = HookFolder(session.store)
    // One that is refused is there: running it says why.
    var isThere = true
    do throws(HookRefusal) {
      isThere = try folder.program(name) != nil
    } catch {}
    if !isThere {
      throw Failure(.noSuchHook(hook, path: "\(folder.path)/\(hook)"))
    }
    let (result, trouble) = HookRunner(session).result(of: HookCall(sample: name, session))
    if let result { try StandardOutput.write(result.output) }
    if let trouble { throw Failure(trouble.sentence) }
    Messages.write("loggist: hook \(hook) ended well")
  }
}

extension HookName {
  /// When it is run.
  fileprivate var occasion: String {
    switch self {
    case .escalated: "when somebody logs a call to the on-call officer, a team, a vendor"
    case .engaged: "when somebody logs that they answered"
    case .resolved: "when somebody logs that the work is done"
    case .comms: "when somebody logs what was told to whom"
    case .overdue: "when a clock passes: to acknowledge, to fix, to tell more"
    }
  }
}

extension HookCall {
  /// What a hook would get, of an incident that there may not be. `LOGGIST_TEST` is set.
  fileprivate init(sample name: HookName, _ session: Session) {
    let node = session.store.ownNode ?? session.store.nodes[0].code
    let incident = IncidentID(node: node, number: 1)
    let now = session.now()
    if name == .overdue {
      let deadline = Deadline(incident: incident, clock: .acknowledge, due: now.wholeSeconds)
      let overdue = Overdue(
        deadline, title: HookCall.words, priority: .p1, service: "sample", owner: nil)
      self.init(overdue, zone: session.zone, isTest: true)
      return
    }
    var entry = Entry(
      HookCall.kind(name), incident, at: session.zone.timestamp(now.wholeSeconds),
      text: HookCall.words)
    switch name {
    case .escalated: entry[.to] = .string(session.me)
    case .engaged: entry[.ref] = .string("\(node).1")
    case .comms: entry[.audience] = .string(session.me)
    case .resolved, .overdue: break
    }
    let record = Record(
      ref: EntryRef(node: node, sequence: 2), logged: now, by: session.by, via: .hook, entry: entry)
    let line = JSONValue.object([
      JSONMember("v", .integer(1)), JSONMember("node", .string("\(node)")),
      JSONMember("seq", .integer(2)), JSONMember("logged", .string(Timestamp.utcText(now))),
      JSONMember("by", .string(session.by)), JSONMember("via", .string("hook")),
      JSONMember("entry", entry.json),
    ])
    self.init(name, record, line: Array(line.text.utf8), isTest: true)
  }

  private static let words = "A test of the hook: nobody has to do anything."

  private static func kind(_ name: HookName) -> Kind {
    switch name {
    case .escalated: .escalated
    case .engaged: .engaged
    case .resolved, .overdue: .resolved
    case .comms: .comms
    }
  }
}
