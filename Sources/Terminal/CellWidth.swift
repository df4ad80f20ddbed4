/// How many cells a scalar takes: glibc's `wcwidth`, by which ncurses positions, as a table.
///
/// A table and not the function, so that layout is the same in every locale and in tests; a test asserts
/// that the two agree on every scalar.
package enum CellWidth {
  /// 0, 1 or 2; what has no width (a control, an unassigned scalar) counts 1, as it is shown by a `?`.
  package static func of(_ scalar: Unicode.Scalar) -> Int {
    let width = wcwidth(scalar)
    return width < 0 ? 1 : width
  }

  /// The cells that display-safe text takes.
  package static func of(_ text: String) -> Int {
    var isASCII = true
    for byte in text.utf8 where byte >= 0x80 { isASCII = false; break }
    if isASCII { return text.utf8.count }
    var width = 0
    for scalar in text.unicodeScalars { width += of(scalar) }
    return width
  }

  /// What `wcwidth` says, −1 for a scalar that cannot be shown.
  static func wcwidth(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 {
      if value >= 0x20 && value < 0x7F || value >= 0xA0 { return 1 }
      return value == 0 ? 0 : -1
    }
    // The last run that begins at the scalar or before it.
    let key = value << 2 | 3
    var low = 0
    var high = cellWidthRuns.count
    while low < high {
      let middle = (low + high) / 2
      if cellWidthRuns[middle] <= key { low = middle + 1 } else { high = middle }
    }
    let code = Int(cellWidthRuns[low - 1] & 3)
    return code == 3 ? -1 : code
  }
}
