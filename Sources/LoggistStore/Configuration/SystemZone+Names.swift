internal import Glibc

extension SystemZone {
  /// The names of this machine's zones, `UTC` among them, in order. Cost: a walk through the database's folders.
  package static var names: [String] {
    var names: Set = ["UTC"]
    collect("", into: &names)
    return names.sorted()
  }

  /// Folders of the database that repeat its zones, and files that are none.
  private static let others: Set = ["posix", "right", "posixrules", "localtime", "Factory"]

  private static func collect(_ folder: String, into names: inout Set<String>) {
    guard let entries = try? SystemCalls.real.names("/usr/share/zoneinfo/\(folder)") else { return }
    for entry in entries where !others.contains(entry) {
      let name = folder.isEmpty ? entry : "\(folder)/\(entry)"
      // A zone's name begins with a capital; what lies beside them (zone.tab, leapseconds) does not.
      guard entry.utf8.first.map({ (0x41...0x5A).contains($0) }) == true else { continue }
      guard let status = try? SystemCalls.real.lstat("/usr/share/zoneinfo/\(name)") else {
        continue
      }
      if status.isFolder {
        collect(name, into: &names)
      } else if exists(name) {
        names.insert(name)
      }
    }
  }
}
