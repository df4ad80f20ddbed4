import LoggistModel
import LoggistStore

extension Session {
  /// How far an entry got: saved on this machine's disk, sent, held by others. Nil where no log is carried anywhere.
  ///
  /// Only what another machine holds is on a second disk: what was sent lies with the engine, which may lose it.
  func reach(of ref: EntryRef) -> String? {
    guard configuration.sync != nil else { return nil }
    guard let report = SyncReport.load(store) else { return "saved; carried nowhere yet" }
    let holders = report.holders(of: ref)
    if holders > 0 { return "saved; held by \(holders) \(holders == 1 ? "other" : "others")" }
    return report.isSent(ref) ? "saved; sent, held by nobody else yet" : "saved; not sent yet"
  }
}
