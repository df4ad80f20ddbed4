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
    let (refs, count) = try EraseCommand.erase(store, settings)
    EntryPoint.print(
      refs.isEmpty
        ? "Nothing is to be erased."
        : "\(refs.map(\.description).joined(separator: ", ")): \(count) \(count == 1 ? "message" : "messages") erased."
    )
  }

  /// - Returns: the entries that are gone now, and how many messages that took.
  static func erase(
    _ store: Store, _ settings: Configuration.Sync
  ) throws -> (refs: [EntryRef], messages: Int) {
    var erasures = Erasures(store)
    do {
      let open = try erasures.open()
      guard !open.isEmpty else { return ([], 0) }
      let count = try Eraser(store, settings).erase(open)
      try erasures.note(open)
      return (open, count)
    } catch let error as StoreError {
      throw Failure(error)
    }
  }
}
