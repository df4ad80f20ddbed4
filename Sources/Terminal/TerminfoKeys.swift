internal import CTerminal

/// The keys whose sequences terminfo knows for the terminal that is open.
enum TerminfoKeys {
  private static let plain: [(capability: String, key: Key)] = [
    ("kcuu1", Key(.up)), ("kcud1", Key(.down)), ("kcub1", Key(.left)), ("kcuf1", Key(.right)),
    ("khome", Key(.home)), ("kend", Key(.end)), ("kpp", Key(.pageUp)), ("knp", Key(.pageDown)),
    ("kich1", Key(.insert)), ("kdch1", Key(.delete)), ("kent", Key(.enter)),
    ("kcbt", Key(.tab, .shift)),
  ]

  /// The names that ncurses gives to keys with modifiers, `kUP` with shift and `kUP5` with control.
  private static let modified: [(capability: String, code: Key.Code)] = [
    ("kUP", .up), ("kDN", .down), ("kLFT", .left), ("kRIT", .right), ("kHOM", .home),
    ("kEND", .end), ("kPRV", .pageUp), ("kNXT", .pageDown), ("kIC", .insert), ("kDC", .delete),
  ]

  /// Up to F12: what terminfo calls F13 is Shift-F1 on most keyboards, and is decoded as that.
  static func read() -> [[UInt8]: Key] {
    var keys: [[UInt8]: Key] = [:]
    func add(_ capability: String, _ key: Key) {
      guard let value = ct_capability(capability) else { return }
      keys[Array(String(cString: value).utf8)] = key
    }
    for (capability, code) in modified {
      add(capability, Key(code, .shift))
      for number in 3...8 {
        add("\(capability)\(number)", Key(code, Key.Modifiers(rawValue: UInt8(number - 1))))
      }
    }
    for number in 1...12 { add("kf\(number)", Key(.function(number))) }
    for (capability, key) in plain { add(capability, key) }
    return keys
  }
}
