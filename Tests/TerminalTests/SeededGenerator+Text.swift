import TestSupport

extension SeededGenerator {
  /// Scalars of every kind, those that make trouble more often than the rest.
  mutating func text(upTo count: Int) -> String {
    let troublesome: [ClosedRange<UInt32>] = [
      0...0x1F, 0x20...0x7E, 0x20...0x20, 0x7F...0x9F, 0x300...0x36F, 0x4E00...0x4FFF,
      0x600...0x6FF,
      0x1100...0x11FF, 0x200B...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFE00...0xFE0F,
      0x1F1E6...0x1F1FF, 0x1F3FB...0x1F3FF, 0x1F600...0x1F64F, 0...0x10FFFF,
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...count, using: &self) {
      guard let range = troublesome.randomElement(using: &self) else { continue }
      if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &self)) { text.append(scalar) }
    }
    return String(text)
  }
}
