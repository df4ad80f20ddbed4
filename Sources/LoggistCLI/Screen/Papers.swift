import LoggistDocuments
import LoggistModel
import LoggistStore
import LoggistUI

/// Writes the documents that the screens show, from what the screens know: the log is not read again.
struct Papers: Sendable {
  private let session: Session

  init(_ session: Session) {
    self.session = session
  }

  /// The text that an effect asks for; nothing for any other effect.
  func answer(to effect: Effect) -> [Message] {
    do {
      switch effect {
      case .preview(let account, let width):
        let context = try session.documentContextNow()
        let document = PostMortemDocument(
          Journal(account.records), incident: account.id, context: context)
        guard let document else { throw Failure(.noSuchIncident(account.id)) }
        return [.previewed(account.id, lines(document.document, width))]
      case .drawUp(let shift, let last, let width):
        var context = try session.documentContextNow()
        context.asOf = shift.now
        let document = HandoverDocument(
          shift, last: last, targets: session.targets, context: context)
        return [.drawnUp(lines(document.document, width))]
      default: return []
      }
    } catch {
      let why = (error as? Failure)?.sentence ?? "\(error)"
      let words = ["It cannot be written: \(why)"]
      if case .preview(let account, _) = effect { return [.previewed(account.id, words)] }
      return [.drawnUp(words)]
    }
  }

  private func lines(_ document: Document, _ width: Int) -> [String] {
    var lines = document.text(width: width, measure: .terminal)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}

extension Session {
  /// A handover and a signature note where each log ended: nothing before it can be changed unseen any more.
  func withHeads(_ entries: [Entry]) throws -> [Entry] {
    guard entries.contains(where: \.notesHeads) else { return entries }
    let heads = try headsNow()
    return entries.map { entry in
      var entry = entry
      if entry.notesHeads, entry[.heads] == nil { entry[.heads] = heads }
      return entry
    }
  }
}

extension Entry {
  fileprivate var notesHeads: Bool { kind == .handover || kind == .signed }
}
