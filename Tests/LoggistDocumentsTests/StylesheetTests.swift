import Foundation
import Testing

@testable import LoggistDocuments

@Suite struct StylesheetTests {
  /// The colours by name, of the light scheme and of the dark one.
  private var schemes: [[String: String]] {
    let blocks = Stylesheet.standard.matches(of: /:root \{([^}]*)\}/).map { $0.1 }
    return blocks.map { block in
      var colors: [String: String] = [:]
      for match in block.matches(of: /--([a-z0-9-]+): #([0-9a-f]+)/) {
        colors[String(match.1)] = String(match.2)
      }
      return colors
    }
  }

  /// Relative luminance, as WCAG 2.2 defines it.
  private func luminance(_ color: String) throws -> Double {
    let digits = color.count == 3 ? color.map { "\($0)\($0)" }.joined() : color
    let value = try #require(Int(digits, radix: 16))
    func part(_ shift: Int) -> Double {
      let share = Double((value >> shift) & 255) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    let (red, green, blue) = (part(16), part(8), part(0))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }

  private func contrast(_ one: String, _ other: String) throws -> Double {
    let both = [try luminance(one), try luminance(other)].sorted()
    return (both[1] + 0.05) / (both[0] + 0.05)
  }

  @Test(
    "Text has a contrast of 4.5:1 at least, marks of 3:1, in both schemes",
    arguments: [
      ("ink", "paper", 4.5), ("quiet", "paper", 4.5), ("quiet", "wash", 4.5),
      ("link", "paper", 4.5), ("ink", "notice", 4.5), ("ink", "band", 4.5), ("ink", "band-2", 4.5),
      ("ink", "alarm-band", 4.5), ("h1-ink", "h1", 4.5), ("h2-ink", "h2", 4.5),
      ("h3-ink", "h3", 4.5), ("h4-ink", "h4", 4.5), ("h5-ink", "h5", 4.5),
      ("accent", "paper", 3), ("edge", "paper", 3), ("alarm", "paper", 3), ("warm", "notice", 3),
      ("alarm", "alarm-band", 3), ("quiet", "paper", 3),
    ])
  func contrast(_ mark: String, _ ground: String, _ least: Double) throws {
    let schemes = schemes
    try #require(schemes.count == 2)
    for scheme in schemes {
      let ratio = try contrast(try #require(scheme[mark]), try #require(scheme[ground]))
      #expect(ratio >= least)
    }
  }

  @Test func `A style sheet asks for nothing from elsewhere`() {
    for word in ["url(", "@import", "@font-face", "<", "http"] {
      #expect(!Stylesheet.standard.contains(word))
    }
  }
}
