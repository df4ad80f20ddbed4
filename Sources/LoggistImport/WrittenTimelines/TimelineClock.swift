internal import LoggistModel

/// Finds out when each entry of a timeline was, from the first to the last.
struct TimelineClock {
  private(set) var doubts: [Doubt] = []
  private let items: [TimelineReader.Item]
  private let facts: DocumentFacts
  private let zones: ZoneBook
  private let ownZone: Zone?
  private let order: DayOrder
  /// No time of the document is later than 12:59, and none says am or pm.
  private let isTwelveHourClock: Bool
  private var dated: [(raw: RawEntry, entry: WrittenEntry)] = []

  // Where the reading has come to.
  private var day: CivilDate?
  /// `day` was taken from outside of the timeline.
  private var isBorrowed = true
  private var lastSecond: Int?
  private var lastWasTwelveHour = false
  /// Twelve hours, where the times of a day are written without am and pm and noon has passed.
  private var shift = 0
  private var isNewSection = false
  /// What `Day 2` counts from.
  private var firstDay: CivilDate?
  private var origin: Timestamp?
  /// Doubts that are named once.
  private var named: Set<String> = []

  /// A step back that is no longer is somebody's afterthought.
  private static let forgotten = 3600

  init(
    _ items: [TimelineReader.Item], _ facts: inout DocumentFacts, _ zones: ZoneBook, ownZone: Zone?
  ) {
    (self.items, self.zones, self.ownZone) = (items, zones, ownZone)
    var (own, firstLine): ([ReadDay], Int?) = ([], nil)
    for item in items {
      switch item {
      case .entry(let entry):
        guard let day = entry.lead?.day else { continue }
        own.append(day)
        firstLine = firstLine ?? (day.isFull ? entry.line : nil)
      case .day(let day, let line):
        own.append(day)
        firstLine = firstLine ?? (day.isFull ? line : nil)
      case .section, .zone: continue
      }
    }
    isTwelveHourClock = !items.contains { item in
      guard case .entry(let entry) = item, let time = entry.lead?.time else { return false }
      return time.isTwelveHour || time.second >= 13 * 3600
    }
    order = DayOrder(days: facts.days + own, entries: own)
    let first = own.first(where: \.isFull)
    facts.settle(order, first: first.flatMap { day in firstLine.map { (day, $0) } })
    self.facts = facts
    day = facts.base?.day
  }

  /// The entries, in the order of the document.
  func entries(_ definitions: InlineText.Definitions) -> [WrittenEntry] {
    dated.map { item in
      var entry = item.entry
      entry.text = item.raw.text(definitions, zones).text
      entry.kind = LikelyKind.of(entry.text)
      return entry
    }
  }
}

// MARK: The walk

extension TimelineClock {
  mutating func run() {
    let zones = entryZones()
    let next = nextSeconds()
    var number = 0
    for item in items {
      switch item {
      case .section: isNewSection = true
      case .zone: continue
      case .day(let read, let line): begin(read, line)
      case .entry(let raw):
        take(raw, zones[number], next: next[number])
        number += 1
      }
    }
    placeUndated()
    findStrays()
  }

  private mutating func begin(_ read: ReadDay, _ line: Int) {
    if let date = date(of: read, line) {
      (day, isBorrowed) = (date, false)
      (lastSecond, shift) = (nil, 0)
    }
  }

  private mutating func take(_ raw: RawEntry, _ zone: DocumentZone, next: Int?) {
    var entry = WrittenEntry(line: raw.line, text: "")
    entry.written = raw.written.text
    defer { dated.append((raw, entry)) }
    guard let lead = raw.lead else {
      entry.precision = .approximate
      entry.hint = "no time is written"
      doubts.append(TimelineDoubts.noTime(raw.line))
      return
    }
    if lead.isApproximate || lead.time?.isHourOnly == true { entry.precision = .approximate }
    if let elapsed = lead.elapsed { return takeElapsed(&entry, elapsed) }
    let written = lead.day.map { date(of: $0, raw.line) }
    guard let time = lead.time else { return takeDay(&entry, lead, written ?? nil, raw.line, zone) }
    var second = time.second
    if let written {
      guard let date = written else {
        entry.precision = .approximate
        entry.hint = "the day \(entry.written) cannot be told"
        return
      }
      (day, isBorrowed, shift, isNewSection) = (date, false, 0, false)
      lastSecond = second
    } else {
      guard day != nil else {
        entry.precision = .approximate
        entry.hint = "no day is written"
        nameOnce("day", TimelineDoubts.missingDay(raw.line))
        return
      }
      second = step(time, raw.line, next: next)
    }
    lastWasTwelveHour = time.isTwelveHour
    guard let day else { return }
    if isBorrowed, let base = facts.base {
      if case .numeric(let first, let second, let year)? = facts.baseNumbers?.day {
        nameOnce(
          "order",
          TimelineDoubts.ambiguousDay(raw.line, first, second, year: year, order))
      }
      nameOnce("base", TimelineDoubts.dayFromElsewhere(raw.line, day, base.source, base.line))
      if !facts.rivals.isEmpty {
        nameOnce(
          "rivals", TimelineDoubts.rivalDays(raw.line, day, facts.rivals.map(\.day).distinct))
      }
    }
    let at = timestamp(day, second, time.milliseconds, zone, raw.line)
    entry.at = at
    if lead.time?.isHourOnly == true { entry.hint = "\(entry.written): the minutes are not known" }
    entry.until = end(lead, day, second, zone, raw.line)
    compare(at, raw, isWritten: written != nil)
    origin = origin ?? at
  }

  /// The time of day on its own: on the day before it, or the next.
  private mutating func step(_ time: WrittenLead.Clock, _ line: Int, next: Int?) -> Int {
    var second = time.second
    if shift > 0, !time.isTwelveHour, second < 43_200 { second += shift }
    guard let last = lastSecond, let today = day, second < last else {
      lastSecond = second
      isNewSection = false
      return second
    }
    let (before, now) = (TimelineClock.text(last), TimelineClock.text(second))
    let afternoon = second + 43_200
    if !time.isTwelveHour, second < 43_200, afternoon >= last,
      last - second > TimelineClock.forgotten,
      lastWasTwelveHour || (time.isUnpadded && isTwelveHourClock)
    {
      shift = lastWasTwelveHour ? shift : 43_200
      doubts.append(TimelineDoubts.afternoon(line, now, TimelineClock.text(afternoon)))
      lastSecond = afternoon
      return afternoon
    }
    let isBackAtOnce = next.map { $0 >= last } ?? false
    let isNearby = last - second <= TimelineClock.forgotten
    let isRestart = isNewSection && last - second < 43_200
    if isNearby || isRestart || isBackAtOnce && last - second < 6 * 3600 {
      doubts.append(TimelineDoubts.outOfOrder(line, now, before: before))
      if isRestart { lastSecond = second }
    } else {
      let tomorrow = today.adding(days: 1)
      (day, lastSecond) = (tomorrow, second)
      doubts.append(TimelineDoubts.nextDay(line, now, before: before, tomorrow))
    }
    isNewSection = false
    return second
  }

  /// Of each entry, the time of day of the next where that names no day.
  private func nextSeconds() -> [Int?] {
    var (seconds, next): ([Int?], Int?) = ([], nil)
    for item in items.reversed() {
      switch item {
      case .day: next = nil
      case .section, .zone: continue
      case .entry(let entry):
        seconds.append(next)
        if let lead = entry.lead, lead.time != nil || lead.day != nil {
          next = lead.day == nil ? lead.time?.second : nil
        }
      }
    }
    return seconds.reversed()
  }

  static func text(_ second: Int) -> String {
    "\(twoDigits(second / 3600)):\(twoDigits(second / 60 % 60))"
  }

  private mutating func nameOnce(_ name: String, _ doubt: Doubt) {
    if named.insert(name).inserted { doubts.append(doubt) }
  }
}

// MARK: Days

extension TimelineClock {
  private mutating func date(of read: ReadDay, _ line: Int) -> CivilDate? {
    let date: CivilDate?
    switch read.day {
    case .date(let written): date = written
    case .numeric(let first, let second, let year):
      date = order.date(first, second, year: year)
      nameOnce(
        "order", TimelineDoubts.ambiguousDay(line, first, second, year: year, order))
    case .yearless(let month, let day): date = nearest(month, day, line)
    case .yearlessNumeric(let first, let second):
      let isDayFirst = first > 12 || (second <= 12 && order.order == .dayFirst)
      date = nearest(isDayFirst ? second : first, isDayFirst ? first : second, line)
    case .weekday(let weekday):
      date = day.flatMap { start in
        (0...6).map { start.adding(days: $0) }.first { $0.weekday == weekday }
      }
      if let date { doubts.append(TimelineDoubts.dayTaken(line, weekday.name, date)) }
    case .following:
      date = day.map { $0.adding(days: 1) }
      if let date { doubts.append(TimelineDoubts.dayTaken(line, "the next day", date)) }
    case .number(let number):
      date = (firstDay ?? facts.base?.day).map { $0.adding(days: number - 1) }
      if let date { doubts.append(TimelineDoubts.dayTaken(line, "day \(number)", date)) }
    }
    firstDay = firstDay ?? date
    if let date, let weekday = read.weekday, date.weekday != weekday {
      doubts.append(TimelineDoubts.wrongWeekday(line, date, written: weekday))
    }
    if date == nil { nameOnce("day", TimelineDoubts.missingDay(line)) }
    return date
  }

  /// A day without its year: in the year that brings it nearest to the day before it.
  private mutating func nearest(_ month: Int, _ day: Int, _ line: Int) -> CivilDate? {
    guard
      let near = self.day ?? facts.base?.day
        ?? facts.year.flatMap({ CivilDate(year: $0, month: month, day: day) })
    else {
      nameOnce("year", TimelineDoubts.missingYear(line))
      return nil
    }
    let date = (-1...1).compactMap { CivilDate(year: near.year + $0, month: month, day: day) }
      .min { abs($0.dayNumber - near.dayNumber) < abs($1.dayNumber - near.dayNumber) }
    if let date { nameOnce("year", TimelineDoubts.yearTaken(line, date)) }
    return date
  }

  /// An entry that names its day at most.
  private mutating func takeDay(
    _ entry: inout WrittenEntry, _ lead: WrittenLead, _ date: CivilDate?, _ line: Int,
    _ zone: DocumentZone
  ) {
    entry.precision = .approximate
    guard let date else {
      entry.hint = "\(entry.written) is no time"
      doubts.append(TimelineDoubts.unreadable(line, entry.written))
      return
    }
    entry.hint = "only the day is known: \(entry.written)"
    entry.place = timestamp(date, 0, 0, zone, line)
    (day, isBorrowed, lastSecond, shift) = (date, false, nil, 0)
    if let read = lead.endDay, let end = self.date(of: read, line) {
      entry.hint = "a range of days: \(entry.written)"
      day = end
    }
    doubts.append(
      Doubt(line: line, "\(entry.written) names no time of day: the entry has only its day"))
  }

  private mutating func takeElapsed(_ entry: inout WrittenEntry, _ seconds: Int) {
    guard let origin else {
      entry.precision = .approximate
      entry.hint = "\(entry.written): no time before it to count from"
      doubts.append(TimelineDoubts.unreadable(entry.line, entry.written))
      return
    }
    entry.at = Timestamp(origin.instant + .seconds(seconds), offsetMinutes: origin.offsetMinutes)
    entry.precision = .approximate
    entry.hint = "\(entry.written), counted from the first entry"
    nameOnce("elapsed", TimelineDoubts.elapsed(entry.line, from: origin))
  }

  private mutating func end(
    _ lead: WrittenLead, _ day: CivilDate, _ second: Int, _ zone: DocumentZone, _ line: Int
  ) -> Timestamp? {
    guard let end = lead.endTime else { return nil }
    var date = day
    if let read = lead.endDay {
      guard let own = self.date(of: read, line) else { return nil }
      date = own
      (self.day, lastSecond) = (own, end.second)
    } else if end.second < second {
      date = day.adding(days: 1)
    }
    return timestamp(date, end.second, end.milliseconds, zone, line)
  }
}

// MARK: Moments

extension TimelineClock {
  private mutating func timestamp(
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
  private mutating func compare(_ at: Timestamp, _ raw: RawEntry, isWritten: Bool) {
    guard isWritten, let before = dated.last(where: { $0.entry.at != nil })?.entry.at,
      at.instant < before.instant
    else { return }
    doubts.append(TimelineDoubts.earlierThanBefore(raw.line, at, before))
  }

  /// Gives entries without a time the place at which they stand.
  private mutating func placeUndated() {
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
  private mutating func findStrays() {
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

// MARK: Zones

extension TimelineClock {
  /// The zone of each entry: its own, its table's, the one that was stated, its neighbours', the document's.
  private mutating func entryZones() -> [DocumentZone] {
    var (zones, stated, before): ([DocumentZone?], DocumentZone?, (DocumentZone, Int)?) = (
      [], nil, nil
    )
    var (missing, lines): ([Int], [Int]) = ([], [])
    if let said = facts.zone, said.isSaidOfAll { stated = said.zone }
    for item in items {
      switch item {
      case .zone(let zone): stated = zone
      case .section, .day: continue
      case .entry(let entry):
        lines.append(entry.line)
        if let own = entry.lead?.zone ?? entry.zone {
          // Those above it, that had none to look back to.
          for index in missing {
            zones[index] = own
            nameOnce(
              "lent", TimelineDoubts.zoneOfNeighbours(lines[index], own.name, from: entry.line))
          }
          missing = []
          before = (own, entry.line)
          zones.append(own)
        } else if let stated {
          zones.append(stated)
        } else if let before {
          zones.append(before.0)
          if entry.lead?.hasTime == true {
            nameOnce(
              "lent", TimelineDoubts.zoneOfNeighbours(entry.line, before.0.name, from: before.1))
          }
        } else {
          missing.append(zones.count)
          zones.append(nil)
        }
      }
    }
    let rest = missing.first.map { fallBack(lines[$0]) } ?? .written(.offset(0), "UTC")
    return zones.map { $0 ?? rest }
  }

  private mutating func fallBack(_ line: Int) -> DocumentZone {
    if let said = facts.zone {
      doubts.append(TimelineDoubts.zoneOfProse(line, said.zone.name, from: said.line))
      return said.zone
    }
    let zone = ownZone ?? .utc
    doubts.append(TimelineDoubts.missingZone(line, takenFrom: zone.name, isAsked: ownZone != nil))
    return .rules(zone, zone.name)
  }
}

extension [CivilDate] {
  /// Each once, in order.
  fileprivate var distinct: [CivilDate] {
    var seen: Set<CivilDate> = []
    return filter { seen.insert($0).inserted }
  }
}
