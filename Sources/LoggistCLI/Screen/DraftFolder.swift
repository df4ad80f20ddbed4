import Glibc
import LoggistModel
import LoggistStore
import LoggistUI

/// Where lines wait that were typed and not logged: one private file each, beside the store and not in it, so that a
/// full or read-only store does not lose them.
///
/// A draft is written and renamed within the call, which a killed process survives; `flush` puts it on the disk for a
/// power cut, and may be called from another thread.
struct DraftFolder: Sendable {
  let path: String
  private let store: String

  /// - Parameter store: the store's uuid; drafts of other stores lie in the same folder and are left alone.
  init(path: String, store: String) {
    (self.path, self.store) = (path, store)
  }

  /// `$XDG_STATE_HOME/loggist/drafts`, else below `~/.local/state`.
  static func standardPath(_ environment: (String) -> String?) -> String {
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") {
      return "\(state)/loggist/drafts"
    }
    return "\(environment("HOME") ?? "/tmp")/.local/state/loggist/drafts"
  }

  func load() -> [Draft] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var drafts: [Draft] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasSuffix(".draft"), let bytes = readFile("\(path)/\(name)"),
        let json = try? JSONText.parse(bytes), json["store"]?.string == store,
        let draft = Draft(json: json)
      else { continue }
      drafts.append(draft)
    }
    return drafts
  }

  /// False where it could not be written.
  func keep(_ draft: Draft) -> Bool {
    guard makeFolders() else { return false }
    var json = draft.json
    json.insert(JSONMember("store", .string(store)), at: 0)
    let file = file(draft.name)
    return writeFile(file, Array((JSONValue.object(json).text + "\n").utf8))
  }

  func drop(name: String) { unlink(file(name)) }

  /// Puts what was kept on the disk.
  func flush(name: String) {
    let file = open(file(name), O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    fdatasync(file)
    close(file)
  }

  /// The name is a digest: what somebody called an incident never becomes a path.
  private func file(_ name: String) -> String {
    let digest = SHA256.digest(Array("\(store) \(name)".utf8))
    let hex = digest.prefix(16).map { byte in
      let text = String(byte, radix: 16)
      return text.count < 2 ? "0\(text)" : text
    }.joined()
    return "\(path)/\(hex).draft"
  }

  /// Makes the folder and those above it; false where that is not possible.
  func makeFolders() -> Bool {
    var sofar = ""
    for part in path.split(separator: "/") {
      sofar += "/\(part)"
      if mkdir(sofar, 0o700) != 0, errno != EEXIST { return false }
    }
    return true
  }
}

extension Draft {
  fileprivate var json: [JSONMember] {
    [
      JSONMember("name", .string(name)), JSONMember("cursor", .integer(cursor)),
      JSONMember("opened", .string(Timestamp(opened).description)),
      JSONMember("text", .string(text)),
    ]
  }

  fileprivate init?(json: JSONValue) {
    guard let name = json["name"]?.string, let text = json["text"]?.string,
      let opened = json["opened"]?.string.flatMap({ Timestamp($0) })
    else { return nil }
    self.init(
      name: name, text: text, cursor: json["cursor"]?.integer ?? text.count, opened: opened.instant)
    if !canBeReopened { return nil }
  }
}

/// The whole of a small file, or nil.
func readFile(_ path: String) -> [UInt8]? {
  let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
  guard file >= 0 else { return nil }
  defer { close(file) }
  var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
  while true {
    let count = read(file, &buffer, buffer.count)
    if count == 0 { return bytes }
    if count < 0 {
      if errno == EINTR { continue }
      return nil
    }
    bytes += buffer[..<count]
  }
}

/// Replaces a private file in one step; false where it could not.
func writeFile(_ path: String, _ bytes: [UInt8]) -> Bool {
  let temporary = "\(path).\(getpid())"
  let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
  guard file >= 0 else { return false }
  var done = 0
  while done < bytes.count {
    let count = bytes[done...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    if count < 0, errno != EINTR { break }
    done += max(count, 0)
  }
  close(file)
  guard done == bytes.count, rename(temporary, path) == 0 else {
    unlink(temporary)
    return false
  }
  return true
}
