/// Where the figures and the plots stand on the metrics screen.
///
/// Side by side where it is wide, the plot below the figures where it is high enough, else the figures alone.
struct MetricsLayout: Sendable, Hashable {
  let headings: Int?
  let list: Range<Int>
  let listWidth: Int
  /// The distribution, or the hours in its place.
  let panel: Box?
  /// The hours, where both have room.
  let hours: Box?

  struct Box: Sendable, Hashable {
    let rows: Range<Int>
    let column: Int
    let width: Int
  }

  init(width: Int, body: Range<Int>) {
    headings = body.count > 2 ? body.lowerBound : nil
    let first = body.lowerBound + (headings == nil ? 0 : 1)
    let end = body.upperBound
    if width >= 131, body.count >= 24 {
      (list, listWidth) = (first..<end, 79)
      let (column, room) = (listWidth + 1, width - listWidth - 1)
      let below = end - MetricsLayout.hoursHeight
      panel = Box(
        rows: body.lowerBound..<min(below, body.lowerBound + 20), column: column, width: room)
      hours = Box(rows: below..<end, column: column, width: room)
    } else if width >= 60, body.count >= 17 {
      let split = end - MetricsLayout.hoursHeight
      (list, listWidth) = (first..<split, width)
      panel = Box(rows: split..<end, column: 0, width: width)
      hours = nil
    } else {
      (list, listWidth) = (first..<max(first, end), width)
      (panel, hours) = (nil, nil)
    }
  }

  /// A title, the hours' names, seven days, a legend.
  private static let hoursHeight = 10
}
