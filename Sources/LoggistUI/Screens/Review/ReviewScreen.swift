import LoggistModel
import Terminal

/// An incident before its post-mortem is signed: hints, what is missing, the preview.
package struct ReviewScreen: Sendable, Hashable {
  package init() {}
}

extension State {
  mutating func openReview() { screens.append(.review(ReviewScreen())) }

  mutating func performInReview(_ action: Action) -> [Effect] { [] }

  mutating func settleReview() {}
}

extension ReviewScreen {
  func render(_ state: State, _ areas: Areas, into frame: inout Frame) {}
}
