import Glibc

/// The variables of the process. One that is empty counts as not set.
enum Environment {
  static subscript(name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// `NAME=value`, all of them.
  static var all: [String] {
    var variables: [String] = []
    var place = environ
    while let variable = place.pointee {
      variables.append(String(cString: variable))
      place += 1
    }
    return variables
  }

  static var home: String {
    if let home = Environment["HOME"] { return home }
    guard let entry = getpwuid(getuid()) else { return "/" }
    return String(cString: entry.pointee.pw_dir)
  }

  /// Where the person's own settings would lie (XDG Base Directory Specification).
  static var personalConfiguration: String {
    "\(Environment["XDG_CONFIG_HOME"] ?? home + "/.config")/loggist/config.yaml"
  }

  /// The store that is meant when none is named.
  static var defaultStore: String {
    if let store = Environment["LOGGIST_STORE"] { return store }
    return "\(Environment["XDG_DATA_HOME"] ?? home + "/.local/share")/loggist"
  }
}
