/// What is printed of the figures only where somebody asks for it.
package struct FigureExtras: OptionSet, Sendable, Hashable {
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  /// The mean, which no incident ever had.
  package static let mean = FigureExtras(rawValue: 1)
  /// Every value with the entries that it lies between.
  package static let values = FigureExtras(rawValue: 2)
}
