internal import LoggistModel

extension FindingReason: CustomStringConvertible {
  /// The one place of these words: what is wrong, and what was done about it.
  package var description: String {
    switch self {
    case .notJSON(.syntax): "not a JSON object; kept"
    case .notJSON(let reason): "not a JSON object (\(reason)); kept"
    case .notAnObject: "JSON, but not an object; kept"
    case .nulBytes(let count): "\(bytes(count)) NUL; kept"
    case .tooLong: "longer than 64 MiB; kept"
    case .notOurs(let missing): "a JSON object, but no log line (no valid \"\(missing)\"); kept"
    case .otherNode(let node): "a line of node \(node) in this node's log; kept"
    case .glued(let count): "\(bytes(count)) beside a good line on the same line; kept"
    case .higherVersion(let version):
      "written by a newer Loggist (version \(version)); shown as a note"
    case .doubledKey(let name): "\"\(name)\" stands twice; the first counts"
    case .membersBehindEntry: "fields behind \"entry\", which no digest covers"
    case .unreadableEntry(let failure): "\(describe(failure)); shown as a note"
    case .byteOrderMark: "begins with a byte order mark; read all the same"
    case .carriageReturn: "ends with CR LF; read all the same"
    case .blankLine: "blank line; skipped"
    case .tornTail(let count): "\(bytes(count)) without an end of line (a write was cut off); kept"
    case .fork(let ref): "a second, different \(ref); both are shown"
    case .forkKept(let ref):
      "a second, different \(ref) came from elsewhere; kept here, beside the log"
    case .alteredEntry(let ref): "the entry of \(ref) was altered: its digest differs"
    case .alteredHead(let ref, let next): "the head of \(ref) was altered: \(next) disagrees"
    case .alteredFirst(let ref): "\(ref) does not follow from its node's identity"
    case .redacted(let ref, let by, let reason): "\(ref) was redacted by \(by): \(reason)"
    case .missing(let ref, let last): "\(range(ref, last)) missing"
    case .missingSegment(let ref, let last): "\(range(ref, last)) missing: a segment is gone"
    case .uncoveredBytes(let ref, let count):
      "\(bytes(count)) before \(ref) that nothing accounts for"
    case .gapDiffers(let ref): "the bytes before \(ref) are not those that it accounts for"
    case .outOfOrder(let ref): "\(ref) stands out of order"
    case .loggedGoesBack(let ref): "\(ref) was recorded before the entry in front of it"
    case .notedHeadDiffers(let ref): "\(ref) or what stands before it is not what was noted"
    case .notedHeadMissing(let ref): "\(ref) was noted and is not there"
    case .uncheckable(let ref): "\(ref) cannot be checked by this version"
    case .differsFromNote(let ref, let by):
      "\(ref) or what stands before it is not what \(by) noted"
    case .notedAndMissing(let ref, let by): "\(by) noted \(ref), which is not there"
    case .copyIsBehind(let ref, let by): "\(by) noted \(ref), which this copy does not have yet"
    case .evidenceMissing(let ref): "missing: the evidence of \(ref)"
    case .evidenceAltered(let ref): "altered: not the bytes that \(ref) recorded"
    case .evidenceNameless(let ref):
      "\(ref) names evidence by something that is no SHA-256: it cannot be checked"
    case .evidenceUnclaimed: "no entry names this file; safe to remove"
    case .unreadable(let error): "cannot be read: \(error)"
    case .storeFileMissing: "missing: this folder is no store"
    case .storeFileBroken(let why): "not readable: \(why)"
    case .formatTooNew(let format): "format \(format) is newer than this Loggist; reading only"
    case .nodeFileMissing: "missing: the node's log is read, but not written and not verified"
    case .nodeFileBroken(let why): "not readable: \(why)"
    case .nodeNamedOtherwise(let name): "names node \(name), not this folder's"
    case .nodesShareCode: "another folder has the same node's identity"
    case .notALog: "no file of a log; left alone"
    case .symbolicLink: "a symbolic link; not followed"
    case .notAFile: "not a regular file"
    case .foreignOwner(let owner): "belongs to user \(owner), not to the store's owner"
    case .writableByAll: "everybody may write it"
    case .readableByOthers: "others may read it"
    case .networkFileSystem(let name): "lies on \(name): written only with --accept-network-fs"
    case .notDurable: "lies in memory (tmpfs): gone when the machine stops"
    case .leftover: "left by a write that was cut off; safe to remove"
    case .reserveMissing: "missing: no room is set aside for the last words on a full disk"
    case .unfinishedRedaction(let ref, let by):
      "\(by) redacts \(ref), whose text still stands here: loggist redact \(ref)"
    case .configuration(let mistake): mistake.description
    case .hook(let refusal): refusal.description
    case .sync(let problem): problem.sentence
    }
  }
}

private func bytes(_ count: Int) -> String { count == 1 ? "1 byte" : "\(count) bytes" }

private func range(_ ref: EntryRef, _ last: Int) -> String {
  last == ref.sequence ? "\(ref) is" : "\(ref) to \(ref.node).\(last) are"
}

private func describe(_ failure: Entry.DecodingFailure) -> String {
  switch failure {
  case .notAnObject: "its entry is not an object"
  case .missing(let name): "its entry has no \"\(name)\""
  case .notATimestamp(let text):
    "its entry's \"at\" is no time with an offset: \(text.debugDescription)"
  }
}
