import Terminal

extension State {
  /// `:theme NAME`: other colours at once, on this screen alone; without a name it tells which there are.
  mutating func chooseTheme(_ name: String) -> [Effect] {
    if name.isEmpty {
      notice = Notice("theme is \(desk.theme.rawValue) · there are \(Theme.choices)")
      return []
    }
    guard let theme = Theme(rawValue: name) else {
      notice = Notice("There is no theme \(name): \(Theme.choices)", .problem)
      return [.bell]
    }
    desk.theme = theme
    notice = Notice("theme is \(theme.rawValue) · theme: in your config.yaml keeps it", .good)
    return [.theme(theme)]
  }
}
