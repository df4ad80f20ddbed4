internal import LoggistModel

extension TimelineClock {
  mutating func timestamp(
    _ day: CivilDate, _ second: Int, _ milliseconds: Int, _ zone: DocumentZone, _ line: Int
  ) -> Timestamp {
    let civil = CivilDateTime(date: day.adding(days: second / 86_400), secondOfDay: second % 86_400)
    var at: Timestamp
    switch zone {
    case .written(let written, let name):
      let near = Instant(seconds: civil.secondsFromEpoch)
      at = Timestamp(civil, offsetMinutes: written.offsetMinutes(in: zones.own, near: near))
      if case .assumed = written {
        nameOnce("shared \(name)", TimelineDoubts.zoneShared(line, name, at.offsetText))
      }
      checkSeason(name, at, line)
    case .rules(let rules, let name):
      switch rules.read(civil) {
      case .once(let read): at = read
      case .skipped(let before, _):
        at = before
        doubts.append(TimelineDoubts.skippedTime(line, at))
      case .repeated(let first, _):
        at = first
        doubts.append(TimelineDoubts.repeatedTime(line, at))
      }
      if name != rules.name, name.utf8.contains(UInt8(ascii: "/")) {
        nameOnce("mistyped \(name)", TimelineDoubts.zoneMistyped(line, name, rules.name))
      }
    }
    at.instant.milliseconds += Int64(milliseconds)
    return at
  }

  /// People write `PST` all the year round.
  private mutating func checkSeason(_ name: String, _ at: Timestamp, _ line: Int) {
    guard let home = ZoneBook.homes[name], !named.contains("season \(name)"),
      let rules = zones.rules(of: home)
    else { return }
    let period = rules.period(at: at.instant)
    guard period.abbreviation != name, period.offsetMinutes != at.offsetMinutes else { return }
    nameOnce(
      "season \(name)",
      TimelineDoubts.zoneOutOfSeason(
        line, name, at.offsetText, actual: period.abbreviation, home))
  }

  /// Names a step back between days that are written.
  mutating func compare(_ at: Timestamp, _ raw: RawEntry, isWritten: Bool) {
    guard isWritten, let before = dated.last(where: { $0.entry.at != nil })?.entry.at,
      at.instant < before.instant
    else { return }
    doubts.append(TimelineDoubts.earlierThanBefore(raw.line, at, before))
  }

  /// Gives entries without a time the place at which they stand.
  mutating func placeUndated() {
    var last: Timestamp?
    for index in dated.indices {
      if let at = dated[index].entry.at {
        (dated[index].entry.place, last) = (at, at)
        continue
      }
      let own = dated[index].entry.place
      if let own, let before = last, before.civil.date == own.civil.date,
        own.instant < before.instant
      {
        dated[index].entry.place = before
      } else {
        dated[index].entry.place = own ?? last
      }
      last = dated[index].entry.place
    }
    // Those before the first time.
    var next: Timestamp?
    for index in dated.indices.reversed() {
      if dated[index].entry.place == nil { dated[index].entry.place = next }
      next = dated[index].entry.place
    }
  }

  /// A time months away from its neighbours, which are close together.
  mutating func findStrays() {
    let timed = dated.compactMap { item in item.entry.at.map { (line: item.entry.line, at: $0) } }
    guard timed.count > 2 else { return }
    let far = TimeSpan.days(60)
    func distance(_ left: Int, _ right: Int) -> TimeSpan {
      let span = timed[left].at.instant - timed[right].at.instant
      return span < .zero ? TimeSpan(milliseconds: -span.milliseconds) : span
    }
    for index in timed.indices.dropFirst().dropLast()
    where far < distance(index, index - 1) && far < distance(index, index + 1)
      && distance(index - 1, index + 1) < far
    {
      doubts.append(TimelineDoubts.farAway(timed[index].line, timed[index].at))
    }
  }
}
