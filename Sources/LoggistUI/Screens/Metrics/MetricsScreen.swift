import LoggistModel
import Terminal

/// A period in figures; every one opens the entries behind it.
package struct MetricsScreen: Sendable, Hashable {
  package init() {}
}

extension State {
  mutating func openMetrics() { screens.append(.metrics(MetricsScreen())) }

  mutating func performInMetrics(_ action: Action) -> [Effect] { [] }

  mutating func settleMetrics() {}
}

extension MetricsScreen {
  func render(_ state: State, _ areas: Areas, into frame: inout Frame) {}
}
