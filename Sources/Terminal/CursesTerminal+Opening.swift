internal import CTerminal
internal import Glibc

/// A variable of the environment, nil when it is not set.
func environment(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}

extension CursesTerminal {
  /// `/dev/tty` twice, so that reading does not wait and writing does.
  static func openTerminal() throws(TerminalError) -> (input: Int32, output: Int32) {
    let input = open("/dev/tty", O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    guard input >= 0 else { throw .noTerminal(errno: errno) }
    let output = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard output >= 0 else {
      let error = errno
      _ = Glibc.close(input)
      throw .noTerminal(errno: error)
    }
    return (input, output)
  }

  /// Guard and signals come before curses, which then leaves SIGWINCH, SIGTERM and SIGTSTP to us.
  static func installHandlers(
    _ input: Int32, _ options: Options
  ) throws(TerminalError) -> Int32 {
    let details = options.errorLog.map { "; details in \($0)" } ?? ""
    ct_guard_install(input, "loggist crashed; your draft is kept\(details)\r\n")
    let descriptor = ct_signals_open()
    if descriptor < 0 { throw .system(call: "pipe2", errno: errno) }
    return descriptor
  }

  static func takeOver(
    _ output: Int32, _ options: Options
  ) throws(TerminalError) -> (name: String, isFallback: Bool) {
    let wanted = environment("TERM") ?? ""
    // Newer emulators (kitty, foot, alacritty) have entries that a server seldom knows.
    let candidates = ([wanted, "xterm-256color", "linux"]).filter { !$0.isEmpty }
    for name in candidates {
      switch Int(ct_open(output, name, options.reportsFocus)) {
      case CT_OPENED: return (name, name != wanted)
      case CT_NOT_CAPABLE: throw .notCapable(name: name)
      default: continue
      }
    }
    throw .unknownTerminal(tried: candidates)
  }

  func defineStyles() {
    for role in Role.allCases {
      for style in [Style(role), Style(role).selected] {
        let look = Palette.appearance(of: style, at: colorDepth, in: theme)
        ct_define_style(
          CursesTerminal.index(style), Int32(look.foreground ?? -1), Int32(look.background ?? -1),
          look.attributes.rawValue)
      }
    }
  }

  static func index(_ style: Style) -> Int32 {
    Int32(style.role.rawValue) * 2 + (style.isSelected ? 1 : 0)
  }
}
