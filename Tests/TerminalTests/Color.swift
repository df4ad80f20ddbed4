import Foundation

/// A colour of the 256 as light: how strong it is, and how far it is from another one to different eyes.
struct Color {
  let red, green, blue: Double

  static let black = Color(0, 0, 0)
  static let white = Color(255, 255, 255)

  /// 0 to 255 each, as sRGB has them.
  init(_ red: Int, _ green: Int, _ blue: Int) {
    func linear(_ value: Int) -> Double {
      let part = Double(value) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    (self.red, self.green, self.blue) = (linear(red), linear(green), linear(blue))
  }

  /// xterm's colours from 16 on: a cube of six steps a side, then 24 greys.
  init(indexed index: Int) {
    precondition((16...255).contains(index), "the first sixteen are the terminal's own")
    if index >= 232 {
      let grey = 8 + 10 * (index - 232)
      self.init(grey, grey, grey)
    } else {
      let steps = [0, 95, 135, 175, 215, 255]
      let place = index - 16
      self.init(steps[place / 36], steps[place / 6 % 6], steps[place % 6])
    }
  }

  private var luminance: Double { 0.2126 * red + 0.7152 * green + 0.0722 * blue }

  /// 1 to 21.
  func contrast(with other: Color) -> Double {
    let (low, high) = (min(luminance, other.luminance), max(luminance, other.luminance))
    return (high + 0.05) / (low + 0.05)
  }
}

extension Color {
  /// Full colour blindness as Machado, Oliveira and Fernandes (2009) simulate it, in linear light.
  enum Vision: CaseIterable {
    case usual, protanopia, deuteranopia, tritanopia

    var rows: [[Double]] {
      switch self {
      case .usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
      case .protanopia:
        [
          [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
          [-0.003882, -0.048116, 1.051998],
        ]
      case .deuteranopia:
        [
          [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
          [-0.011820, 0.042940, 0.968881],
        ]
      case .tritanopia:
        [
          [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
          [0.004733, 0.691367, 0.303900],
        ]
      }
    }
  }

  /// CIE 1976 in L*a*b*: around 2 is the least that anybody notices.
  func distance(to other: Color, seenBy vision: Vision) -> Double {
    zip(lab(vision), other.lab(vision)).map { ($0 - $1) * ($0 - $1) }.reduce(0, +).squareRoot()
  }

  private func lab(_ vision: Vision) -> [Double] {
    let light = vision.rows.map { row in
      min(max(row[0] * red + row[1] * green + row[2] * blue, 0), 1)
    }
    func curve(_ value: Double) -> Double {
      value > 0.008856 ? cbrt(value) : 7.787 * value + 16.0 / 116
    }
    let x = curve((0.4124 * light[0] + 0.3576 * light[1] + 0.1805 * light[2]) / 0.95047)
    let y = curve(0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2])
    let z = curve((0.0193 * light[0] + 0.1192 * light[1] + 0.9505 * light[2]) / 1.08883)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
  }
}
