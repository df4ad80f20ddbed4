/// What other entries said about where one stands, taken in one after the other in the order in which they were recorded:
/// whether it counts, and whether its caller was called back.
package struct Standing: Sendable, Hashable {
  /// Somebody struck it: it does not count.
  package private(set) var isStruck = false
  /// The call back that happened first.
  package private(set) var informed: EffectiveEntry.CallBack?

  mutating func take(_ remark: Moment) {
    switch remark.kind {
    case .struck: isStruck = true
    case .unstruck: isStruck = false
    case .informed:
      // The first call counts, on whatever incident it was noted: complaints move.
      if let informed, informed.at.instant <= remark.at { return }
      informed = EffectiveEntry.CallBack(
        ref: remark.ref, at: remark.timestamp, isApproximate: remark.isApproximate)
    default: break
    }
  }
}

extension Kind {
  /// Whether all that an entry of this kind says about another one is how that stands.
  var isAboutStanding: Bool { self == .struck || self == .unstruck || self == .informed }
}
