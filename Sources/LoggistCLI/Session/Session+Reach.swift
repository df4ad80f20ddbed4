import LoggistModel
import LoggistStore

extension Session {
  /// How far an entry got; nil where no log is carried anywhere.
  func reach(of ref: EntryRef) -> Reach? {
    guard configuration.sync != nil else { return nil }
    return (SyncReport.load(store)?.carriage ?? Carriage()).reach(of: ref)
  }
}

extension Reach {
  /// The members of an entry's JSON that say so.
  var jsonMembers: [JSONMember] {
    switch self {
    case .saved: [JSONMember("kept", .string("saved"))]
    case .sent: [JSONMember("kept", .string("sent"))]
    case .held(let count):
      [JSONMember("kept", .string("held")), JSONMember("held_by", .integer(count))]
    }
  }
}
