import LoggistModel

// Work that would take too long for one key: screens that look at every incident do it in slices.

extension State {
  /// Does the next slice of what the screen still has to work out; false where nothing is left.
  package mutating func work() -> Bool {
    switch screen {
    case .metrics: workOnMetrics()
    case .measures: workOnMeasures()
    default: false
    }
  }

  /// Called wherever a screen has got something to work out.
  ///
  /// The one place to change when the loop calls `work` between keys: until then all of it is done here at once.
  mutating func startWork() {
    while work() {}
  }
}
