package import LoggistModel

/// Something in a store that is not as it should be, or that a person should know about: where, and what.
///
/// The bytes that a finding is about stay where they are.
package struct Finding: Sendable, Hashable {
  /// Relative to the store's folder: `nodes/INC/2022-01.jsonl`; empty for the folder itself.
  package var path: String
  /// From 1; nil where the finding is about the whole file.
  package var line: Int?
  package var offset: Int
  package var length: Int
  package var reason: FindingReason
  /// Of bytes that are no line: the entry whose `gap` covers them, so that nobody put them there later.
  package var accountedBy: EntryRef?

  package init(
    path: String, line: Int? = nil, offset: Int = 0, length: Int = 0, reason: FindingReason
  ) {
    (self.path, self.line, self.offset) = (path, line, offset)
    (self.length, self.reason) = (length, reason)
  }
}

extension Finding: CustomStringConvertible {
  /// `nodes/INC/2022-01.jsonl:41: not a JSON object; kept`.
  package var description: String {
    let file = path.isEmpty ? "." : path
    let place = line.map { "\(file):\($0)" } ?? file
    return "\(place): \(reason)" + (accountedBy.map { ", accounted for by \($0)" } ?? "")
  }

  /// Says nothing against the record: tolerated, redacted with a reason, or accounted for.
  package var isHarmless: Bool {
    if accountedBy != nil { return true }
    return switch reason {
    case .redacted, .higherVersion, .byteOrderMark, .carriageReturn, .blankLine, .notDurable,
      .networkFileSystem, .leftover, .reserveMissing, .notALog, .configuration,
      .hook, .copyIsBehind, .evidenceUnclaimed, .evidenceNameless:
      true
    case .sync(let problem): !problem.isFork
    default: false
    }
  }
}

extension FindingReason {
  /// A whole file was left out: what is looked for may stand in it.
  package var leavesFileOut: Bool {
    switch self {
    case .unreadable, .symbolicLink, .notAFile, .foreignOwner, .writableByAll: true
    default: false
    }
  }

  /// Bytes that are no valid line.
  var isForeign: Bool {
    switch self {
    case .notJSON, .notAnObject, .nulBytes, .tooLong, .notOurs, .otherNode, .glued: true
    default: false
    }
  }
}

/// What can be found. Its words are in `FindingReason+Description.swift` and nowhere else.
package enum FindingReason: Sendable, Hashable {
  // Reading: bytes that are no line of ours, and lines that are read all the same.
  case notJSON(JSONText.Reason)
  case notAnObject
  case nulBytes(Int)
  case tooLong
  /// A JSON object without what every line of ours has.
  case notOurs(missing: String)
  case otherNode(String)
  /// Bytes in front of or behind a good line, on the same line of the file.
  case glued(bytes: Int)
  case higherVersion(Int)
  case doubledKey(String)
  case membersBehindEntry
  case unreadableEntry(Entry.DecodingFailure)
  case byteOrderMark
  case carriageReturn
  case blankLine
  /// The file does not end with a line break and nobody is writing.
  case tornTail(bytes: Int)
  /// Another line of the same number with other content.
  case fork(EntryRef)
  /// Lines that came from elsewhere and claim numbers that are taken here, kept aside; the first of them.
  case forkKept(EntryRef)

  // Verifying.
  case alteredEntry(EntryRef)
  case alteredHead(EntryRef, by: EntryRef)
  case alteredFirst(EntryRef)
  case redacted(EntryRef, by: EntryRef, reason: String)
  case missing(EntryRef, to: Int)
  case missingSegment(EntryRef, to: Int)
  case uncoveredBytes(EntryRef, count: Int)
  case gapDiffers(EntryRef)
  case outOfOrder(EntryRef)
  case loggedGoesBack(EntryRef)
  case notedHeadDiffers(EntryRef)
  case notedHeadMissing(EntryRef)
  case uncheckable(EntryRef)
  /// An entry of the log noted a head that the log does not have any more.
  case differsFromNote(EntryRef, by: EntryRef)
  case notedAndMissing(EntryRef, by: EntryRef)
  /// Another machine's log is behind what this store's entries know of it.
  case copyIsBehind(EntryRef, by: EntryRef)

  // Evidence.
  case evidenceMissing(EntryRef)
  case evidenceAltered(EntryRef)
  case evidenceNameless(EntryRef)
  case evidenceUnclaimed

  // Files and folders.
  case unreadable(Errno)
  case storeFileMissing
  case storeFileBroken(String)
  case formatTooNew(Int)
  case nodeFileMissing
  case nodeFileBroken(String)
  case nodeNamedOtherwise(String)
  case nodesShareCode
  case notALog
  case symbolicLink
  case notAFile
  case foreignOwner(UInt32)
  case writableByAll
  case readableByOthers
  case networkFileSystem(String)
  case notDurable
  case leftover
  case reserveMissing
  case unfinishedRedaction(EntryRef, by: EntryRef)
  case configuration(ConfigurationMistake)
  case hook(HookRefusal)
  /// What keeps this store's logs from other machines, in the words of whoever carries them.
  case sync(SyncReport.Problem)
}
