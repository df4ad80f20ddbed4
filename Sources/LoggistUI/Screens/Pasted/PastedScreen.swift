import LoggistModel
import Terminal

/// Several lines that were pasted, before any of them is logged.
package struct PastedScreen: Sendable, Hashable {
  package init() {}
}

extension State {
  mutating func performInPasted(_ action: Action) -> [Effect] { [] }

  mutating func settlePasted() {}
}

extension PastedScreen {
  func render(_ state: State, _ areas: Areas, into frame: inout Frame) {}
}
