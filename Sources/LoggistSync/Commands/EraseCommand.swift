import ArgumentParser
import LoggistModel
import LoggistStore

/// Takes what was redacted out of the servers' copy.
struct EraseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "Take the entries that were redacted out of the servers' copy.",
    discussion:
      "Its user has to be allowed to. With 'sync.erases: true' run does it by itself, and doctor names what is left."
  )

  @OptionGroup var options: StoreOptions

  func run() throws {
    let (store, settings) = try open(options, access: .readOnly)
    // Whoever asks wants it looked for, whatever was looked for before.
    let (refs, count) = try EraseCommand.erase(store, settings, anew: true)
    EntryPoint.print(
      count == 0
        ? "Nothing is to be erased."
        : "\(refs.map(\.description).joined(separator: ", ")): \(count) \(count == 1 ? "message" : "messages") erased."
    )
  }

  /// - Parameter anew: also what is known to be gone.
  /// - Returns: the entries that are gone now, and how many messages that took.
  static func erase(
    _ store: Store, _ settings: Configuration.Sync, anew: Bool = false
  ) throws -> (refs: [EntryRef], messages: Int) {
    var erasures = Erasures(store)
    do {
      let all = try Redaction.redactors(in: store).keys.sorted()
      guard !all.isEmpty else { return ([], 0) }
      let eraser = try Eraser(store, settings)
      let copy = try eraser.connect()
      let refs = anew ? all : try erasures.open(in: copy)
      guard !refs.isEmpty else { return ([], 0) }
      let count = try eraser.erase(refs)
      try erasures.note(refs, in: copy)
      return (refs, count)
    } catch let error as StoreError {
      throw Failure(error)
    }
  }
}
