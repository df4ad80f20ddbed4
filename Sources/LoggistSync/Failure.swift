import LoggistModel
import LoggistStore

/// A stated failure: what, where and what next, and the status to leave with.
struct Failure: Error, Hashable {
  var sentence: String
  var status: ExitStatus

  init(_ sentence: String, _ status: ExitStatus = .failed) {
    (self.sentence, self.status) = (sentence, status)
  }

  init(_ error: StoreError) {
    let status: ExitStatus =
      switch error {
      case .diskFull, .failedDisk, .readOnly: .cannotWrite
      case .system(let failure) where failure.isOfWriting: .cannotWrite
      default: .failed
      }
    self.init(error.sentence, status)
  }
}

/// The numbers are those of sysexits.h, and those of `loggist`.
enum ExitStatus: Int32, Error {
  case done = 0
  case failed = 1
  case usage = 64
  case badInput = 65
  case unavailable = 69
  case cannotWrite = 74
}

extension StoreError {
  /// What replication may meet of it, in words.
  var sentence: String {
    switch self {
    case .noStore(let path): "there is no store at \(path): make one with 'loggist init'"
    case .notAFolder(let path): "\(path) is not a folder"
    case .broken(let path, let why): "\(path): \(why): put the file back from a copy"
    case .formatTooNew(let path, let format):
      "\(path): format \(format) is newer than this Loggist: install that version here"
    case .unsafe(let path, _): "\(path) is not safe to write: 'loggist doctor' says why"
    case .networkFileSystem(let path, let name):
      "\(path) lies on \(name): logs are carried from a local disk"
    case .locked(let path, let holder):
      "\(path) is held by \(holder.isEmpty ? "another program" : holder): end that program, or wait for it"
    case .diskFull(let path, let error, _):
      "\(path): \(error): make room; what did not fit is asked for again"
    case .failedDisk(let path, let error):
      "\(path): \(error): the disk did not keep what was written; look at it, then start loggist-sync again"
    case .system(let failure): "cannot \(failure.call) \(failure.path): \(failure.error)"
    default: "\(self)"
    }
  }
}
