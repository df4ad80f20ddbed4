internal import Glibc
internal import LoggistModel

/// Everything that is not as it should be with a store, from its folder to its last line; changes nothing.
package enum Doctor {
  /// Findings in the order: folder, `store.json`, `config.yaml`, other files, hooks, then the logs by file and line.
  ///
  /// A store that cannot be opened for work is examined all the same, as far as it can be read.
  package static func examine(_ path: String, calls: SystemCalls = .real) -> [Finding] {
    let path = Store.withoutTrailingSlash(path)
    var examination = Examination(path: path, calls: calls)
    guard examination.checkFolder() else { return examination.findings }
    let store = examination.checkIdentity()
    examination.checkConfiguration(store)
    examination.checkFiles(store)
    examination.checkHooks(store)
    examination.checkSync(store)
    do throws(StoreError) {
      examination.findings += try Verification.run(store).findings
    } catch {
      let reason = FindingReason(error) ?? .storeFileBroken("\(error)")
      examination.findings.append(Finding(path: "nodes", reason: reason))
    }
    return examination.findings
  }
}

private struct Examination {
  let path: String
  let calls: SystemCalls
  var findings: [Finding] = []
  private var status: FileStatus?

  init(path: String, calls: SystemCalls) {
    (self.path, self.calls) = (path, calls)
  }

  mutating func found(_ path: String, _ reason: FindingReason, line: Int? = nil) {
    findings.append(Finding(path: path, line: line, reason: reason))
  }

  /// False where there is no folder to look into.
  mutating func checkFolder() -> Bool {
    do throws(Errno) {
      let status = try calls.withFile(path, O_RDONLY | O_DIRECTORY) { (file) throws(Errno) in
        try calls.fstat(file)
      }
      self.status = status
      if status.isWritableByAll {
        found("", .writableByAll)
      } else if status.mode & 0o007 != 0 {
        found("", .readableByOthers)
      }
      switch FileSystem(magic: try calls.fileSystem(path)) {
      case .local: break
      case .memory: found("", .notDurable)
      case .network(let name): found("", .networkFileSystem(name))
      }
      return true
    } catch {
      found("", error == .missing ? .storeFileMissing : .unreadable(error))
      return false
    }
  }

  /// The store as far as it says what it is.
  mutating func checkIdentity() -> Store {
    var identity = StoreFile(uuid: "", created: "")
    if let status = try? calls.lstat("\(path)/store.json"), !status.isSymbolicLink,
      status.isWritableByAll
    {
      found("store.json", .writableByAll)
    }
    do throws(StoreError) {
      identity = try StoreFile.read(path, calls)
      if identity.format > Store.format { found("store.json", .formatTooNew(identity.format)) }
    } catch {
      switch error {
      case .noStore: found("store.json", .storeFileMissing)
      case .broken(_, let why): found("store.json", .storeFileBroken(why))
      default: found("store.json", FindingReason(error) ?? .storeFileMissing)
      }
    }
    var nodes: [Store.Node] = []
    var nodeFindings: [Finding] = []
    do throws(StoreError) {
      nodes = try Store.readNodes(path, calls, &nodeFindings)
    } catch {
      if case .unsafe(let folder, _) = error, let reason = FindingReason(error) {
        found(String(folder.dropFirst(path.count + 1)), reason)
      } else {
        found("nodes", FindingReason(error) ?? .storeFileMissing)
      }
    }
    findings += nodeFindings
    var seen: Set<String> = []
    for node in nodes {
      if let uuid = node.uuid, !seen.insert(uuid).inserted {
        found("\(Store.relativeFolder(of: node.code))/node.json", .nodesShareCode)
      }
    }
    return Store(
      path: path, uuid: identity.uuid, created: identity.created,
      isRehearsal: identity.isRehearsal, seed: identity.seed, format: identity.format,
      nodes: nodes, access: .readOnly, isShared: status?.isWritableByGroup ?? false,
      warnings: [], calls: calls, owner: status?.owner ?? 0, group: status?.group ?? 0)
  }

  mutating func checkConfiguration(_ store: Store) {
    let configuration = Configuration.load(store)
    let calendars = OnCallRota.load(configuration, in: store, zone: .utc).mistakes
    for mistake in configuration.mistakes + calendars {
      found(mistake.file, .configuration(mistake), line: mistake.line > 0 ? mistake.line : nil)
    }
  }

  mutating func checkHooks(_ store: Store) {
    for (path, refusal) in HookFolder(store).refusals { found(path, .hook(refusal)) }
  }

  /// What whoever carries the logs saw last, and the dates of the certificates, which are read here.
  mutating func checkSync(_ store: Store) {
    guard let settings = Configuration.load(store).sync else { return }
    for problem in Certificate.problems(settings, folder: path, now: systemClock()) {
      let said = SyncReport.Problem(code: problem.code, sentence: "\(problem)")
      found("config.yaml", .sync(said))
    }
    if settings.erases, let open = try? Erasures(store).open(), let first = open.first {
      let more = open.count > 1 ? " and \(open.count - 1) more" : ""
      let sentence =
        "\(first)\(more) redacted here and not on the servers yet: 'loggist sync erase' takes them out there"
      found("sync/erased", .sync(.init(code: "not_erased", sentence: sentence)))
    }
    guard let report = SyncReport.load(store) else {
      found("sync", .sync(.init(code: "not_running", sentence: SyncReport.notRunning)))
      return
    }
    for problem in report.problems where !problem.code.hasPrefix("certificate_e") {
      found("sync/state.json", .sync(problem))
    }
    if report.process != nil, !report.isRunning {
      found(
        "sync/state.json",
        .sync(
          .init(
            code: "not_running",
            sentence:
              "loggist-sync ended at about \(Timestamp.utcText(report.at)) without saying so: start it again"
          )))
    }
  }

  /// Files that should be there, and files that nobody knows.
  mutating func checkFiles(_ store: Store) {
    let names = (try? calls.names(path)) ?? []
    for name in names where name.hasSuffix(".new") { found(name, .leftover) }
    if !names.contains("reserve") { found("reserve", .reserveMissing) }
    if let status = try? calls.lstat("\(path)/evidence") {
      if status.isSymbolicLink { found("evidence", .symbolicLink) }
      if !status.isSymbolicLink, status.isWritableByAll { found("evidence", .writableByAll) }
    }
    for name in (try? calls.names("\(path)/nodes")) ?? [] where NodeCode(name) == nil {
      found("nodes/\(name)", .notALog)
    }
    for node in store.nodes {
      let folder = Store.relativeFolder(of: node.code)
      // Its absence makes a copy, which is none of a doctor's business.
      if isLink("\(folder)/lock") { found("\(folder)/lock", .symbolicLink) }
      for name in (try? calls.names("\(path)/\(folder)")) ?? [] {
        if SegmentName(name) != nil || ["node.json", "lock"].contains(name) { continue }
        found("\(folder)/\(name)", name.hasSuffix(".new") ? .leftover : .notALog)
      }
    }
  }
  private func isLink(_ name: String) -> Bool {
    (try? calls.lstat("\(path)/\(name)"))?.isSymbolicLink ?? false
  }
}
