import LoggistModel
import LoggistStore

extension Failure {
  /// What the store says, in words: what, where, what next.
  init(_ error: StoreError) {
    switch error {
    case .noStore(let path):
      self.init("there is no store at \(path): make one with '\(initCommand(path))'")
    case .alreadyAStore(let path):
      self.init("\(path) is a store already: nothing was changed", .cannotCreate)
    case .notEmpty(let path):
      self.init(
        "\(path) has other things in it: a store is made in an empty folder or in a new one",
        .cannotCreate)
    case .notAFolder(let path): self.init("\(path) is not a folder")
    case .broken(let path, let why):
      self.init("\(path): \(why): put the file back from a copy; 'loggist doctor' says more")
    case .formatTooNew(let path, let format):
      self.init("\(path): format \(format) is newer than this Loggist: it can be read, not written")
    case .unsafe(let path, let reason): self.init(Failure.sentence(path, reason))
    case .networkFileSystem(let path, let name):
      self.init(
        "\(path) lies on \(name), where two writers can damage each other's lines: log on a local "
          + "disk, or add --accept-network-fs where nobody else writes it")
    case .readOnly(let path): self.init("\(path) is opened for reading only", .cannotWrite)
    case .unknownNode(let code):
      self.init("node \(code) is not written on this machine: 'loggist doctor' lists the nodes")
    case .noOwnNode(let path):
      self.init(
        "no node of \(path) is written on this machine: this is a copy, and can be read only")
    case .severalOwnNodes(let codes):
      self.init(
        "this machine writes the nodes \(list(codes.map(\.description))): choose one with --node",
        .usage)
    case .chosenClock: self.init(.onlyInRehearsal("--now"))
    case .locked(let path, let holder):
      let who = holder.isEmpty ? "somebody else" : holder
      self.init("\(path) is held by \(who): nothing was logged; try again when they are done")
    case .diskFull(let path, let error, let standing):
      let kept =
        standing.isEmpty
        ? "nothing was logged" : "only \(span(standing)) got in"
      self.init("\(path): \(error): \(kept); make room and log it again", .cannotWrite)
    case .failedDisk(let path, let error):
      self.init(
        "\(path): \(error): the disk did not keep what was written; log somewhere else and look at "
          + "the disk", .cannotWrite)
    case .noSuchEntry(let ref): self.init(Refusal.noSuchEntry(ref))
    case .usedUp(let code, let what):
      self.init(
        "a line in the log of \(code) claims the last \(Failure.word(what)) that there is: nothing was logged; log in "
          + "another store until that line is out of nodes/\(code)"
      )
    case .headDiffers(let head, let isMissing):
      let why = isMissing ? "there is no \(head.ref) here" : "\(head.ref) has another head here"
      self.init("\(why): pack without --since, or since a head that both places have")
    case .badPack(let path, let flaw): self.init(flaw, path)
    case .notEvidence(let path, let why): self.init(Failure.sentence(path, why))
    case .system(let failure): self.init(failure)
    case .refused(let error):
      self = error as? Failure ?? (error as? StoreError).map { Failure($0) } ?? Failure("\(error)")
    }
  }

  private init(_ failure: SystemFailure) {
    let status: ExitStatus =
      switch failure.call {
      case "mkdir", "create": .cannotCreate
      case "flock": failure.error == .permission ? .cannotWrite : .failed
      default: failure.isOfWriting ? .cannotWrite : .failed
      }
    let verb = status == .cannotCreate ? "cannot make" : "cannot \(Failure.verb(failure.call))"
    let remedy = failure.error == .permission ? ": ask whom it belongs to for access" : ""
    self.init("\(verb) \(failure.path): \(failure.error)\(remedy)", status)
  }

  private static func verb(_ call: String) -> String {
    switch call {
    case "pread", "read", "readdir", "statfs", "lstat", "fstat": "read"
    case "write", "pwrite", "fdatasync", "fsync": "write"
    case "flock": "lock"
    default: call
    }
  }

  private static func word(_ what: Countable) -> String {
    switch what {
    case .entries: "number of an entry"
    case .incidents: "number of an incident"
    case .time: "time"
    }
  }

  private static func sentence(_ path: String, _ refusal: EvidenceRefusal) -> String {
    switch refusal {
    case .notAFile: "\(path) is not a regular file, and is not kept"
    case .empty: "\(path) is empty, and is not kept"
    case .changed:
      "\(path) is not what it was when its entry was logged: keep it once more, and strike that entry"
    case .tooLarge(let size, let limit):
      "\(path) has \((size + (1 << 20) - 1) >> 20) MiB and at most \(limit >> 20) are kept: set 'evidence_mib' in "
        + "config.yaml, or log a link with 'loggist add INC-1 evidence url=…'"
    }
  }

  private static func sentence(_ path: String, _ reason: UnsafeReason) -> String {
    switch reason {
    case .symbolicLink: "\(path) is a symbolic link, and is not followed: put the file itself there"
    case .notRegular: "\(path) is not a regular file: move it away"
    case .writableByAll:
      "everybody may write \(path): take that away with 'chmod o-w \(shellWord(path))'"
    case .foreignOwner(let owner):
      "\(path) belongs to user \(owner), not to the store's owner: hand it over with "
        + "'chown --reference=\(shellWord(folder(of: path))) \(shellWord(path))'"
    }
  }
}

private func initCommand(_ path: String) -> String {
  path == Environment.defaultStore ? "loggist init" : "loggist init --store \(shellWord(path))"
}

private func folder(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
  return String(path[..<slash])
}

/// A word as a shell takes it: in quotes where it has to be.
func shellWord(_ text: String) -> String {
  let isPlain = text.utf8.allSatisfy {
    (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
      || "/._-+:,@%=".utf8.contains($0)
  }
  if isPlain, !text.isEmpty { return text }
  return "'"
    + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
    + "'"
}

/// `INC.7 and INC.8`, `INC.7 to INC.4102`: what stands of a batch is one run of numbers.
private func span(_ refs: [EntryRef]) -> String {
  guard let first = refs.first, let last = refs.last, refs.count > 2 else {
    return list(refs.map(\.description))
  }
  return "\(first) to \(last)"
}

/// `a`, `a and b`, `a, b and c`.
func list(_ words: [String], _ conjunction: String = "and") -> String {
  guard let last = words.last, words.count > 1 else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
}
