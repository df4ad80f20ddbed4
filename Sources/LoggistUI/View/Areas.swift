import Terminal

/// How the rows of a screen are shared out. Every part can be missing: a terminal may have one row.
struct Areas: Sendable, Hashable {
  let header: Int?
  /// For the most pressing reminder, under the header.
  let banner: Int?
  let body: Range<Int>
  let composer: Range<Int>
  let footer: Int?

  /// The line being typed goes before everything, then the list, then the footer, then the header; a reminder goes
  /// where the list keeps two rows beside it.
  init(size: Size, composerRows wanted: Int, hasBanner: Bool = false) {
    let rows = max(size.rows, 0)
    let composerRows = min(wanted, rows > 6 ? rows - 3 : min(wanted, rows, 1))
    var left = rows - composerRows
    footer = left >= 2 && rows >= 3 ? rows - 1 : nil
    if footer != nil { left -= 1 }
    header = left >= 2 ? 0 : nil
    let bottom = rows - (footer == nil ? 0 : 1)
    let below = header == nil ? 0 : 1
    banner = hasBanner && bottom - composerRows - below >= 3 ? below : nil
    let top = below + (banner == nil ? 0 : 1)
    composer = (bottom - composerRows)..<bottom
    body = top..<max(top, bottom - composerRows)
  }
}

extension State {
  var areas: Areas {
    Areas(
      size: size, composerRows: composer == nil ? 0 : composerRows, hasBanner: hasBanner)
  }
}

/// Which part of a list is on the screen: the first row that shows, so that the selected one does too.
///
/// `top` and `selected` are places in the list, `height` the rows there are, `heightOf` the rows of an element.
func scrolled(
  top: Int, selected: Int, count: Int, height: Int, heightOf: (Int) -> Int
) -> Int {
  guard count > 0, height > 0 else { return 0 }
  var top = min(max(top, 0), count - 1)
  if selected < top { return max(selected, 0) }
  // Every element has a row: what is further up than the rows there are cannot show, and is not measured.
  top = max(top, min(selected, count - 1) - height + 1)
  var rows = 0
  for place in top...max(min(selected, count - 1), top) { rows += heightOf(place) }
  while rows > height, top < selected {
    rows -= heightOf(top)
    top += 1
  }
  // No row stays empty at the bottom while there is something above.
  var below = 0
  var place = top
  while place < count, below <= height {
    below += heightOf(place)
    place += 1
  }
  while top > 0, below + heightOf(top - 1) <= height {
    top -= 1
    below += heightOf(top)
  }
  return top
}
