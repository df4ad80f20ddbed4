import LoggistModel
import Terminal

/// An incident as it was known at a moment of the log.
package struct PastScreen: Sendable, Hashable {
  package init() {}
}

extension State {
  mutating func openPast() { screens.append(.past(PastScreen())) }

  mutating func performInPast(_ action: Action) -> [Effect] { [] }

  mutating func settlePast() {}
}

extension PastScreen {
  func render(_ state: State, _ areas: Areas, into frame: inout Frame) {}
}
