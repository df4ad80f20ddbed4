import LoggistModel
import Terminal

/// Callers who wait to be called back.
package struct CallbacksScreen: Sendable, Hashable {
  package init() {}
}

extension State {
  mutating func openCallbacks() { screens.append(.callbacks(CallbacksScreen())) }

  mutating func performInCallbacks(_ action: Action) -> [Effect] { [] }

  mutating func settleCallbacks() {}
}

extension CallbacksScreen {
  func render(_ state: State, _ areas: Areas, into frame: inout Frame) {}
}
