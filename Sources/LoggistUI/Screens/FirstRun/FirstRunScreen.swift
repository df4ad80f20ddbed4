import LoggistModel
import Terminal

/// What a new store has to know: the desk's name, its zone, who sits there.
package struct FirstRunScreen: Sendable, Hashable {
  package init() {}
}

extension State {
  mutating func pressInFirstRun(_ key: Key) -> [Effect] { [] }
}

extension FirstRunScreen {
  func render(_ state: State, _ areas: Areas, into frame: inout Frame) {}
}
