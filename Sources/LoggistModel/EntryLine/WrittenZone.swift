/// The zone that somebody wrote behind a time.
///
/// - An offset: `+01:00`, `+0100`, `Z`, `UTC`, `GMT`, `UTC+1`, `UTC-03:30`.
/// - An abbreviation, in capitals. First those that the desk's own zone uses, near the time in question; then the
///   table below. Every other word is text: `20:45 IT down`.
/// - Abbreviations that are English or clinical words (`CAT`, `EAT`, `WEST`, …) are a zone only where the desk's
///   zone uses them: `20:45 CAT scanner down` is about a scanner.
/// - Any of these in parentheses: `20:45 (CEST)`.
package enum WrittenZone: Sendable, Hashable {
  case offset(Int)
  /// An abbreviation of the desk's own zone; its offset depends on the day.
  case own(String)
  /// Several zones share the abbreviation; this is the best known.
  case assumed(String, Int)

  /// Minutes east of UTC near an instant.
  package func offsetMinutes(in zone: Zone, near instant: Instant) -> Int {
    switch self {
    case .offset(let minutes), .assumed(_, let minutes): minutes
    case .own(let name):
      zone.offsetMinutes(abbreviation: name, near: instant)
        ?? zone.period(at: instant).offsetMinutes
    }
  }
}

extension WrittenZone {
  /// Reads a zone that stands here, and needs what ends a time behind it.
  package static func read(_ cursor: inout LineCursor, own zone: Zone) -> WrittenZone? {
    cursor.attempt { cursor in
      let isInParentheses = cursor.take("(")
      guard let found = signedOffset(&cursor) ?? abbreviation(&cursor, own: zone) else {
        return nil
      }
      if isInParentheses, !cursor.take(")") { return nil }
      // `20:45 Z-drive is full` is about a drive.
      return cursor.endsTime ? found : nil
    }
  }

  /// `+01:00`, `+0100`, `−01:00`.
  package static func signedOffset(_ cursor: inout LineCursor) -> WrittenZone? {
    cursor.attempt { cursor in
      let isWest = cursor.take(anyOf: "-", "−")
      guard isWest || cursor.take("+") else { return nil }
      let (hours, minutes): (Int, Int)
      if let short = cursor.attempt({ $0.number(digits: 2...2) }) {
        guard cursor.take(":"), let read = cursor.number(digits: 2...2) else { return nil }
        (hours, minutes) = (short, read)
      } else if let long = cursor.number(digits: 4...4) {
        (hours, minutes) = (long / 100, long % 100)
      } else {
        return nil
      }
      guard hours < 24, minutes < 60 else { return nil }
      return .offset((isWest ? -1 : 1) * (hours * 60 + minutes))
    }
  }

  private static func abbreviation(_ cursor: inout LineCursor, own zone: Zone) -> WrittenZone? {
    // The tz database calls some zones by a number: `+03`.
    for period in zone.periods where period.abbreviation.utf8.first.map({ !$0.isLetter }) == true {
      if cursor.take(period.abbreviation) { return .own(period.abbreviation) }
    }
    let start = cursor.place
    guard cursor.word() != nil else { return nil }
    let letters = cursor.bytes[start..<cursor.place]
    guard letters.count <= 5, letters.allSatisfy({ $0 & 0x20 == 0 }) else { return nil }
    let name = String(decoding: letters, as: UTF8.self)
    if name == "UTC" || name == "GMT" {
      // `UTC` may be the desk's own, but only the plain word: `UTC+1` is elsewhere.
      if let sign = cursor.byte, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        return distanceFromUTC(&cursor)
      }
      return .offset(0)
    }
    if name == "Z" { return .offset(0) }
    if zone.periods.contains(where: { $0.abbreviation == name }) { return .own(name) }
    if let minutes = wellKnown[name] { return .offset(minutes) }
    return shared[name].map { .assumed(name, $0) }
  }

  /// What stands behind `UTC`: `+1`, `+01:00`, `-0330`.
  private static func distanceFromUTC(_ cursor: inout LineCursor) -> WrittenZone? {
    if let exact = signedOffset(&cursor) { return exact }
    let isWest = cursor.take("-")
    guard isWest || cursor.take("+"), let hours = cursor.number(digits: 1...2), hours <= 14 else {
      return nil
    }
    return .offset((isWest ? -1 : 1) * hours * 60)
  }
}

extension WrittenZone {
  /// Abbreviations that mean one offset wherever they are written, in minutes east of UTC.
  private static let wellKnown: [String: Int] = [
    "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "MSK": 180, "WAT": 60, "SAST": 120,
    "EST": -300, "EDT": -240, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
    "AKST": -540, "AKDT": -480, "HST": -600, "NST": -210, "NDT": -150, "ADT": -180, "BRT": -180,
    "JST": 540, "KST": 540, "HKT": 480, "SGT": 480, "WIB": 420, "PKT": 300, "NPT": 345,
    "AEST": 600, "AEDT": 660, "ACST": 570, "ACDT": 630, "AWST": 480, "NZST": 720, "NZDT": 780,
  ]

  /// Abbreviations that several zones share, as incident reports in English mostly mean them.
  ///
  /// Left out on purpose, because they are words in a hospital or at a desk: AST (a laboratory value), ART, CAT, CT,
  /// EAT, ICT, MIT, PT, WEST, WET, WIT.
  private static let shared: [String: Int] = ["BST": 60, "IST": 330, "CST": -360]
}
