package import LoggistModel

/// Reads the times of one source: its formats one after the other, its zone where a time says none.
package struct TimeReader: Sendable {
  package var formats: [TimeFormat]
  package var zone: Zone
  /// Nobody named the zone: it is the store's, and that is a doubt.
  package var isZoneAssumed: Bool
  package var decimal: UInt8
  private(set) var doubts: [Doubt] = []
  private var saidZone = false

  package init(
    formats: [TimeFormat], zone: Zone, isZoneAssumed: Bool, decimal: UInt8 = UInt8(ascii: ".")
  ) {
    (self.formats, self.zone) = (formats, zone)
    (self.isZoneAssumed, self.decimal) = (isZoneAssumed, decimal)
  }

  /// The time that a text says. What is doubtful about it is kept in `doubts`.
  mutating func read(
    _ text: UnsafeBufferPointer<UInt8>, line: Int
  ) -> Result<Timestamp, RejectReason> {
    var (found, other): (WallTime?, WallTime?)
    var isNoDay = false
    for format in formats {
      switch format.read(text, decimal: decimal) {
      case .time(let read):
        if let found {
          if other == nil, found.civil != read.civil { other = read }
        } else {
          found = read
        }
      // That there is no such day says more than that it has another form.
      case .noSuchDay: isNoDay = true
      case .none: break
      }
    }
    guard let found else {
      let shown = TimeFormat.shown(text)
      return .failure(isNoDay ? .noSuchDay(shown) : .notATime(shown))
    }
    if let other {
      doubts.append(
        Doubt(
          line: line,
          "\(TimeFormat.shown(text)) could also be \(other.civil.date.spoken): taken as "
            + found.civil.date.spoken))
    }
    return .success(timestamp(found, line: line))
  }

  mutating func read(_ text: String, line: Int) -> Result<Timestamp, RejectReason> {
    var text = text
    return text.withUTF8 { read($0, line: line) }
  }

  /// Whether one of some formats reads a text.
  static func reads(_ text: String, _ formats: [TimeFormat]) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      formats.contains { format in
        if case .time = format.read(bytes, decimal: UInt8(ascii: ".")) { true } else { false }
      }
    }
  }

  private mutating func timestamp(_ wall: WallTime, line: Int) -> Timestamp {
    var read: Timestamp
    if let offset = wall.offsetMinutes {
      read = Timestamp(wall.civil, offsetMinutes: offset)
    } else {
      if isZoneAssumed, !saidZone {
        saidZone = true
        doubts.append(
          Doubt(
            line: line,
            "times without a zone: taken as \(zone.name); --zone or the map names another"
          ))
      }
      read = local(wall.civil, line: line)
    }
    read.instant.milliseconds += Int64(wall.milliseconds)
    return read
  }

  private mutating func local(_ civil: CivilDateTime, line: Int) -> Timestamp {
    if zone.periods.count == 1 {
      return Timestamp(civil, offsetMinutes: zone.periods[0].offsetMinutes)
    }
    switch zone.read(civil) {
    case .once(let time): return time
    case .skipped(let before, let after):
      doubts.append(
        Doubt(
          line: line,
          "\(clock(civil)) did not exist in \(zone.name), the clocks went forward: taken as \(before) "
            + "(\(zone.timestamp(before.instant))), not \(after)"))
      return zone.timestamp(before.instant)
    case .repeated(let first, let second):
      doubts.append(
        Doubt(
          line: line,
          "\(clock(civil)) was twice in \(zone.name), the clocks went back: taken as \(first), not "
            + "\(second)"))
      return first
    }
  }

  private func clock(_ civil: CivilDateTime) -> String {
    "\(civil.date) \(twoDigits(civil.hour)):\(twoDigits(civil.minute))"
  }

  mutating func say(_ doubt: Doubt) { doubts.append(doubt) }
}
