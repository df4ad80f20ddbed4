/// Where a piece of a segment lies.
struct LinePlace: Sendable {
  /// From 1.
  var number: Int
  /// In the file, of its first byte.
  var offset: Int
  /// Without the end of line.
  var length: Int
  /// In the file, behind its end of line: where the next piece may begin.
  var end: Int
}

/// Receives what a scan of a segment meets, in the order of the file.
protocol LineVisitor {
  /// Takes whole lines from the front of some bytes, as far as it can read them on its own; how many bytes and lines.
  mutating func takeFront(_ bytes: UnsafeRawBufferPointer) -> (bytes: Int, lines: Int)
  /// A valid line, and its bytes without the end of line.
  mutating func visit(_ line: Line, at place: LinePlace, bytes: UnsafeRawBufferPointer)
  /// Anything that deserves a finding. Bytes that are no valid line are seen in no other way than that no line
  /// covers them.
  mutating func note(_ reason: FindingReason, at place: LinePlace)
}

extension LineVisitor {
  mutating func takeFront(_ bytes: UnsafeRawBufferPointer) -> (bytes: Int, lines: Int) { (0, 0) }
}
