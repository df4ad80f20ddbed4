/// A drawing under way: elements in the order of painting.
///
/// No element has a colour or a font, only a class: the page's style sheet has them for light, dark and print. Lengths
/// are CSS pixels, written with one decimal at most, so that the same data give the same bytes.
struct SVG {
  let width: Double
  private(set) var height: Double = 0
  private var elements: [String] = []

  /// Pixels to an em of the drawing's text.
  static let em = 12.0

  init(width: Double) {
    self.width = width
  }

  /// Makes the drawing at least that high.
  mutating func reach(_ y: Double) { height = max(height, y) }

  mutating func line(
    _ look: String, from start: (x: Double, y: Double), to end: (x: Double, y: Double)
  ) {
    reach(max(start.y, end.y))
    element(
      "line", look,
      [("x1", start.x), ("y1", start.y), ("x2", end.x), ("y2", end.y)])
  }

  mutating func box(
    _ look: String, x: Double, y: Double, width: Double, height: Double, hint: String? = nil
  ) {
    reach(y + height)
    element(
      "rect", look, [("x", x), ("y", y), ("width", max(width, 0)), ("height", max(height, 0))],
      hint: hint)
  }

  mutating func dot(_ look: String, x: Double, y: Double, radius: Double, hint: String? = nil) {
    reach(y + radius)
    element("circle", look, [("cx", x), ("cy", y), ("r", radius)], hint: hint)
  }

  /// A line through points.
  mutating func polyline(_ look: String, _ points: [(x: Double, y: Double)]) {
    for point in points { reach(point.y) }
    let places = points.map { "\(fixed($0.x)),\(fixed($0.y))" }.joined(separator: " ")
    elements.append("<polyline class=\"\(look)\" points=\"\(places)\"/>")
  }

  enum Anchor: String {
    case start, middle, end
  }

  /// `y` is the baseline's.
  mutating func text(
    _ text: String, _ look: String = "", x: Double, y: Double, _ anchor: Anchor = .start
  ) {
    reach(y + 0.3 * SVG.em)
    let attributes =
      (look.isEmpty ? "" : " class=\"\(look)\"")
      + (anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\"")
    elements.append(
      "<text x=\"\(fixed(x))\" y=\"\(fixed(y))\"\(attributes)>\(html(oneLine: text))</text>")
  }

  private mutating func element(
    _ name: String, _ look: String, _ numbers: [(name: String, value: Double)], hint: String? = nil
  ) {
    let attributes = numbers.map { " \($0.name)=\"\(fixed($0.value))\"" }.joined()
    let start = "<\(name) class=\"\(look)\"\(attributes)"
    elements.append(
      hint.map { "\(start)><title>\(html(oneLine: $0))</title></\(name)>" } ?? "\(start)/>")
  }

  /// The element; `name` makes its title's and description's ids unique in the page.
  func markup(named name: String, title: String, alternative: String) -> String {
    """
    <svg viewBox="0 0 \(fixed(width)) \(fixed(height))" role="img" \
    aria-labelledby="\(name)-title" aria-describedby="\(name)-desc">
    <title id="\(name)-title">\(html(oneLine: title))</title>
    <desc id="\(name)-desc">\(html(oneLine: alternative))</desc>
    \(elements.joined(separator: "\n"))
    </svg>
    """
  }
}

/// A length with one decimal at most, `12.5`, rounded half away from zero; the same on every machine.
func fixed(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  let (whole, rest) = (tenths.magnitude / 10, tenths.magnitude % 10)
  return (tenths < 0 ? "-" : "") + "\(whole)" + (rest == 0 ? "" : ".\(rest)")
}

/// About how wide a text is in the drawing: fonts differ, so that this errs on the wide side.
func estimatedWidth(_ text: String) -> Double {
  var ems = 0.0
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x300..<0x370, 0x200B..<0x2010: continue
    case 0x1100..<0x1160, 0x2E80..<0xA4D0, 0xAC00..<0xD7A4, 0xF900..<0xFB00, 0xFF00..<0xFF61,
      0x1F300..<0x1FB00, 0x20000..<0x40000:
      ems += 1.05
    case 0x41...0x5A, 0x4D, 0x6D, 0x77: ems += 0.72
    default: ems += 0.58
    }
  }
  return ems * SVG.em
}
