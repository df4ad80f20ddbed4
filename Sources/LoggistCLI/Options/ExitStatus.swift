/// What the program leaves behind for scripts; the manual page explains each. The numbers are those of sysexits.h.
enum ExitStatus: Int32, Error {
  case done = 0
  /// A stated failure, with nothing lost.
  case failed = 1
  /// The command line is not understood.
  case usage = 64
  /// What was to be logged is not valid.
  case badInput = 65
  /// A file or folder cannot be made.
  case cannotCreate = 73
  /// Something cannot be written: no room, read-only, a broken disk.
  case cannotWrite = 74
}
