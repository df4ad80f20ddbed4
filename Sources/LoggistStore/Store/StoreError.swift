package import LoggistModel

/// Why a store could not be opened, read or written: facts, whose sentences are the command line's.
package enum StoreError: Error, Sendable {
  /// No `store.json` there.
  case noStore(path: String)
  case alreadyAStore(path: String)
  /// A folder with something else in it, which no store is made in.
  case notEmpty(path: String)
  case notAFolder(path: String)
  /// `store.json` or a `node.json` that cannot be understood.
  case broken(path: String, why: String)
  case formatTooNew(path: String, format: Int)
  case unsafe(path: String, UnsafeReason)
  case networkFileSystem(path: String, name: String)
  /// Opened for reading.
  case readOnly(path: String)
  case unknownNode(NodeCode)
  /// No node here is this machine's.
  case noOwnNode(path: String)
  case severalOwnNodes([NodeCode])
  /// A chosen clock outside a rehearsal store.
  case chosenClock
  /// Somebody else has held the lock for the whole time limit; `holder` is what they left in it.
  case locked(path: String, holder: String)
  /// No room, even without the reserve. Nothing was acknowledged; `standing` lines of the batch got in all the same.
  case diskFull(path: String, Errno, standing: [EntryRef])
  /// The disk failed to keep what was written, twice: this writer writes no more.
  case failedDisk(path: String, Errno)
  case noSuchEntry(EntryRef)
  /// What a log's next line or incident would get is beyond what a reader takes: some line has claimed the last there is.
  case usedUp(NodeCode, Countable)
  /// A head that somebody noted is not the one of this store's line of that number, or there is no such line.
  case headDiffers(LogHead, isMissing: Bool)
  /// A pack that is none, or not whole, or not what was packed: nothing of it was taken.
  case badPack(path: String, PackFlaw)
  case notEvidence(path: String, EvidenceRefusal)
  case system(SystemFailure)
  /// What the caller's closure threw.
  case refused(any Error)

  package static func system(_ call: String, _ path: String, _ error: Errno) -> StoreError {
    .system(SystemFailure(call: call, path: path, error: error))
  }

  /// A write outside a writer's acknowledgements failed.
  static func writing(_ path: String, _ error: Errno) -> StoreError {
    error.isFull ? .diskFull(path: path, error, standing: []) : .system("write", path, error)
  }
}

/// What a log counts on.
package enum Countable: Sendable, Hashable {
  case entries, incidents, time
}

package enum UnsafeReason: Sendable, Hashable {
  case symbolicLink
  case notRegular
  case writableByAll
  case foreignOwner(UInt32)
}

package struct SystemFailure: Sendable, Hashable {
  /// `open`, `write`, `fdatasync`, …
  package let call: String
  package let path: String
  package let error: Errno

  /// Something could not be made, changed or kept.
  package var isOfWriting: Bool {
    let calls = ["mkdir", "create", "write", "pwrite", "fdatasync", "fsync", "ftruncate", "rename"]
    return error.isFull || error == .readOnlyFileSystem || calls.contains(call)
  }
}

/// Gives a failed call its name and path on the way out.
func calling<Result>(
  _ call: String, _ path: String, _ body: () throws(Errno) -> Result
) throws(StoreError) -> Result {
  do throws(Errno) {
    return try body()
  } catch {
    throw .system(call, path, error)
  }
}
