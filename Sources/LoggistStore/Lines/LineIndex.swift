/// Where each number's line lies in a node's log.
///
/// Numbers without great holes lie in an array; a line that claims a number far beyond goes into a dictionary, so that
/// it costs no memory: the array has room for twice as many numbers as there are lines, and a million.
struct LineIndex {
  struct Place {
    /// In the reader's own counting.
    var segment: Int32
    var length: Int32
    var offset: Int

    init(segment: Int, offset: Int, length: Int) {
      self.segment = Int32(segment)
      self.length = Int32(length)
      self.offset = offset
    }

    fileprivate static let none = Place(segment: -1, offset: 0, length: 0)
  }

  private var places: [Place] = []
  private var outliers: [Int: Place] = [:]
  private var lineCount = 0
  /// From the lowest to the highest number that it has.
  private(set) var range: ClosedRange<Int>?
  private static let reach = 1 << 20

  /// Takes a line in, or returns the place of the line of that number that it has already.
  mutating func insert(_ sequence: Int, at place: Place) -> Place? {
    if let known = self[sequence] { return known }
    range =
      range.map { min($0.lowerBound, sequence)...max($0.upperBound, sequence) }
      ?? sequence...sequence
    lineCount += 1
    if sequence < places.count {
      places[sequence] = place
    } else if sequence < 2 * lineCount + LineIndex.reach {
      // Growing by doubling, and to what is needed the first time: the newest segment comes first.
      places.append(contentsOf: repeatElement(.none, count: sequence - places.count))
      places.append(place)
    } else {
      outliers[sequence] = place
    }
    return nil
  }

  subscript(sequence: Int) -> Place? {
    if sequence < places.count, places[sequence].segment >= 0 { return places[sequence] }
    return outliers.isEmpty ? nil : outliers[sequence]
  }
}
