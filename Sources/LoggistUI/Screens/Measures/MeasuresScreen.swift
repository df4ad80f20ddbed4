import LoggistModel
import Terminal

/// All open measures, by owner and due date.
package struct MeasuresScreen: Sendable, Hashable {
  package init() {}
}

extension State {
  mutating func openMeasures() { screens.append(.measures(MeasuresScreen())) }

  mutating func performInMeasures(_ action: Action) -> [Effect] { [] }

  mutating func settleMeasures() {}
}

extension MeasuresScreen {
  func render(_ state: State, _ areas: Areas, into frame: inout Frame) {}
}
