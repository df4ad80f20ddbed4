import Glibc
import LoggistDocuments
import LoggistModel
import LoggistStore
import LoggistUI
import Synchronization
import Terminal

/// Does what the screens ask for: joins the loop with the store, the drafts and the documents.
final class LiveWorld {
  private let session: Session
  private let mailbox: Mailbox
  /// Reading, writing and the drafts have a thread each: neither an append nor a draft waits for a long log to be read.
  private let readingWorker: Worker
  private let writingWorker: Worker
  private let draftingWorker: Worker
  private let commandWorker: Worker
  private let journalist: Journalist
  private let tail: LogTail?
  private let drafts: DraftFolder
  private let writer: LogWriter?
  private let hooks: HookDesk
  private var calendars: CalendarWatch
  private var sync: SyncWatch
  /// What stands there for as long as the screens do, unless replication has something to say.
  private var standing: String?
  /// Why nothing can be logged.
  private let writerProblem: String?

  init(_ session: Session, drafts: DraftFolder) throws {
    self.session = session
    self.drafts = drafts
    mailbox = try Mailbox()
    readingWorker = try Worker()
    writingWorker = try Worker()
    draftingWorker = try Worker()
    commandWorker = try Worker()
    journalist = Journalist(
      session.store, worker: readingWorker, mailbox: mailbox, asOf: session.asOf,
      zone: session.zone, now: session.now)
    tail = session.asOf == nil ? try? LogTail(store: session.store) : nil
    if session.asOf == nil, session.store.access == .readWrite {
      do {
        writer = try session.writer()
        writerProblem = nil
      } catch {
        writer = nil
        writerProblem = (error as? Failure)?.sentence ?? "\(error)"
      }
    } else {
      writer = nil
      writerProblem = session.asOf == nil ? "the store cannot be written" : nil
    }
    let mailbox = mailbox
    hooks = try HookDesk(session, writer: writer) { sentence in
      mailbox.post(.notice(Notice(sentence, .problem)))
    }
    calendars = CalendarWatch(session)
    sync = SyncWatch(session)
    journalist.load()
  }

  /// Waits for the hooks that still run, once the screen is gone: what they fail at has to get into the log.
  func finishHooks() {
    if let name = hooks.pending.first {
      Messages.write("loggist: waiting for hook \(name.rawValue), 30 s at most")
    }
    hooks.finish()
    for case .notice(let notice) in mailbox.take() { Messages.write("loggist: \(notice.text)") }
  }

  /// Everything so far is done: drafts are on the disk, appends are answered. Reading may go on: nobody waits for it.
  func finish() {
    writingWorker.finish()
    draftingWorker.finish()
  }

  var descriptors: [Int32] { [mailbox.descriptor] + (tail.map { [$0.descriptor] } ?? []) }

  /// What has arrived; a second without a call means that nobody asked inotify either.
  func drain() -> [Message] {
    let now = session.now()
    let isDue = abs((now - lastPoll).milliseconds) >= 1000
    if tail?.drain() == true || isDue {
      lastPoll = now
      journalist.poll()
    }
    if let rota = calendars.news(now) { mailbox.post(.onCall(rota)) }
    for message in sync.news(now, otherwise: standing) { mailbox.post(message) }
    return mailbox.take()
  }

  private var lastPoll = Instant(milliseconds: 0)

  /// A past state stands still; its clocks show what they showed then.
  var now: Instant { session.moment }

  /// What the screens have to know before the first frame.
  func prepare(_ state: inout State) {
    func stand(_ line: String) {
      standing = line
      _ = update(&state, .standing(line))
    }
    if let writerProblem {
      state.desk.isReadOnly = true
      stand("read only: \(writerProblem)")
    } else if let warning = session.store.warnings.first {
      stand("\(warning)")
    }
    if let asOf = session.asOf {
      state.desk.isReadOnly = true
      stand("as of \(session.style.dateAndTime(asOf))")
    }
    let mistakes = session.settings.mistakes(in: session.store)
    if let first = mistakes.first {
      let more = mistakes.count > 1 ? " and \(mistakes.count - 1) more" : ""
      let place = first.line > 0 ? "\(first.file):\(first.line)" : first.file
      let key = first.key.isEmpty ? "" : " \(first.key)"
      stand("\(place)\(key)\(more): loggist config check")
    }
  }

  /// This world as the loop sees it.
  var forTheLoop: World {
    let path = "\(drafts.path)/line-\(getpid()).txt"
    let drafts = drafts
    let file = World.EditorFile(
      path: path,
      write: { text in drafts.makeFolders() && writeFile(path, Array((text + "\n").utf8)) },
      read: {
        defer { unlink(path) }
        return readFile(path).map { String(decoding: $0, as: UTF8.self) }
      })
    let editor = Environment["VISUAL"] ?? Environment["EDITOR"] ?? "vi"
    return World(
      now: { [self] in now }, perform: { [self] in perform($0) }, descriptors: descriptors,
      drain: { [self] in drain() }, editor: editor.split(separator: " ").map(String.init),
      editorFile: file)
  }

  func perform(_ effect: Effect) -> [Message] {
    switch effect {
    case .append(let submission): append(submission)
    case .keepDraft(let draft):
      if !drafts.keep(draft) {
        return [.notice(Notice("The draft could not be kept in \(drafts.path)", .problem))]
      }
      let drafts = drafts
      draftingWorker.perform { drafts.flush(name: draft.name) }
    case .dropDraft(let name): drafts.drop(name: name)
    case .overdue(let overdue): hooks.start(overdue)
    case .writePostMortem(let id): return [writePostMortem(id)]
    case .preview, .drawUp:
      let (papers, mailbox) = (Papers(session), mailbox)
      readingWorker.perform {
        for message in papers.answer(to: effect) { mailbox.post(message) }
      }
    case .run(let words, let author):
      let (run, mailbox) = (CommandRun(words, author: author, session), mailbox)
      commandWorker.perform { mailbox.post(run.answer()) }
    case .bell, .suspend, .repaint, .theme, .quit, .edit, .makeStore: break
    }
    return []
  }

  private func append(_ submission: Submission) {
    guard let writer else {
      mailbox.post(.refused(token: submission.token, "The log can only be read"))
      return
    }
    let (mailbox, session, hooks) = (mailbox, session, hooks)
    writingWorker.perform {
      do throws(StoreError) {
        let records = try writer.append(via: .tui) { context in
          try session.withHeads(try context.numbered(submission.entries))
        }
        mailbox.post(.appended(token: submission.token, records))
        hooks.start(after: records)
      } catch {
        mailbox.post(.refused(token: submission.token, "NOT logged: \(Failure(error).sentence)"))
      }
    }
  }

  /// Beside where the program was started, under a name that is still free.
  private func writePostMortem(_ id: IncidentID) -> Message {
    do {
      let document = try PostMortemDocument.make(of: id, session)
      let text = try Templates(session.store).text(of: document, .md)
      for number in 1...999 {
        let name = "\(id)-postmortem" + (number == 1 ? "" : "-\(number)") + ".md"
        let file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        if file < 0, errno == EEXIST { continue }
        guard file >= 0 else { return .notice(Notice("Cannot write \(name) here", .problem)) }
        close(file)
        guard writeFile(name, Array(text.utf8)) else {
          unlink(name)
          return .notice(Notice("Cannot write \(name): is there room?", .problem))
        }
        return .notice(Notice("written: \(name)", .good))
      }
      return .notice(Notice("There are a thousand post-mortems of \(id) here already", .problem))
    } catch {
      return .notice(
        Notice("No post-mortem: \((error as? Failure)?.sentence ?? "\(error)")", .problem))
    }
  }
}
