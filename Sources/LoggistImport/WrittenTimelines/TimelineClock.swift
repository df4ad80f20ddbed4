internal import LoggistModel

/// Finds out when each entry of a timeline was, from the first to the last.
struct TimelineClock {
  var doubts: [Doubt] = []
  let items: [TimelineReader.Item]
  let facts: DocumentFacts
  let zones: ZoneBook
  let ownZone: Zone?
  let order: DayOrder
  /// No time of the document is later than 12:59, and none says am or pm.
  private let isTwelveHourClock: Bool
  var dated: [(raw: RawEntry, entry: WrittenEntry)] = []

  // Where the reading has come to.
  var day: CivilDate?
  /// `day` was taken from outside of the timeline.
  var isBorrowed = true
  var lastSecond: Int?
  private var lastWasTwelveHour = false
  /// Twelve hours, where the times of a day are written without am and pm and noon has passed.
  var shift = 0
  private var isNewSection = false
  /// What `Day 2` counts from.
  var firstDay: CivilDate?
  var origin: Timestamp?
  /// Doubts that are named once.
  var named: Set<String> = []

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
    placeMistyped(zones)
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
  mutating func step(_ time: WrittenLead.Clock, _ line: Int, next: Int?) -> Int {
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

  mutating func nameOnce(_ name: String, _ doubt: Doubt) {
    if named.insert(name).inserted { doubts.append(doubt) }
  }
}

extension [CivilDate] {
  /// Each once, in order.
  fileprivate var distinct: [CivilDate] {
    var seen: Set<CivilDate> = []
    return filter { seen.insert($0).inserted }
  }
}
