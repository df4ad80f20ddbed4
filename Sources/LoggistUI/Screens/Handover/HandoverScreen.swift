import LoggistModel
import Terminal

/// The shift's end and start.
package struct HandoverScreen: Sendable, Hashable {
  package init() {}
}

extension State {
  mutating func openHandover() { screens.append(.handover(HandoverScreen())) }

  mutating func performInHandover(_ action: Action) -> [Effect] { [] }

  mutating func settleHandover() {}
}

extension HandoverScreen {
  func render(_ state: State, _ areas: Areas, into frame: inout Frame) {}
}
