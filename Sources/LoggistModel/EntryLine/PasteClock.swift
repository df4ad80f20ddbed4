/// Finds the days of pasted times, from the first line to the last.
struct PasteClock {
  let context: EntryLineContext
  private(set) var previews: [EntryLinePreview] = []
  /// The last zone that was written or stated.
  var zone: WrittenZone?
  private var date: CivilDate?
  private var lastSecond: Int?
  /// Times before any day was named: where their previews stand, and so many days after the first.
  private var pending: [(index: Int, days: Int, time: WrittenTime, clock: WrittenTime.Clock)] = []

  private static let forgotten = 3600

  init(context: EntryLineContext) {
    self.context = context
  }

  mutating func begin(_ day: WrittenTime.Day) {
    anchorPending()
    let start = WrittenTime.Clock(day: day, secondOfDay: 0, zone: zone)
    let at = resolve(WrittenTime(value: .clock(start))).at
    (date, lastSecond) = (at.civil.date, nil)
  }

  mutating func add(_ entry: PasteReader.PastedEntry, as kind: Kind) {
    var preview = EntryLinePreview(kind, at: context.zone.timestamp(context.now.wholeSeconds))
    switch entry.lead?.when {
    case nil:
      // One that follows undated times takes its time when theirs are found.
      if let last = previews.last, last.hasTime, pending.isEmpty { borrow(&preview, from: last) }
    case .day(let date):
      begin(.date(date))
      let start = WrittenTime.Clock(day: .date(date), secondOfDay: 0, zone: zone)
      let time = WrittenTime(value: .clock(start), isApproximate: true)
      preview.take(time, resolve(time), in: context)
      preview.doubts.append(.timeUnknown)
    case .time(let time): take(time, &preview)
    }
    previews.append(preview)
  }

  private func borrow(_ preview: inout EntryLinePreview, from last: EntryLinePreview) {
    (preview.at, preview.hasTime) = (last.at, true)
    // An open question about a time goes with the time.
    switch last.problem {
    case .inFuture, .skippedTime, .repeatedTime: preview.problem = last.problem
    case .endsBeforeStart, .value, nil: break
    }
    preview.doubts.append(.timeOfLineBefore)
  }

  private mutating func take(_ time: WrittenTime, _ preview: inout EntryLinePreview) {
    guard case .clock(var clock) = time.value else {
      preview.take(time, in: context)
      return
    }
    clock.zone = clock.zone ?? zone
    zone = clock.zone
    if clock.day != nil {
      anchorPending()
      var dated = time
      dated.value = .clock(clock)
      preview.take(dated, resolve(dated), in: context)
      (date, lastSecond) = (preview.at.civil.date, clock.secondOfDay)
      return
    }
    let step = step(to: clock.secondOfDay)
    lastSecond = step == .forgotten ? lastSecond : clock.secondOfDay
    guard let day = date else {
      let days = (pending.last?.days ?? 0) + (step == .nextDay ? 1 : 0)
      pending.append((previews.count, days, time, clock))
      preview.hasTime = true
      if step == .forgotten { preview.doubts.append(.outOfOrder(preview.at)) }
      return
    }
    let own = step == .nextDay ? day.adding(days: 1) : day
    date = own
    set(&preview, time, clock, on: own)
    if step == .forgotten { preview.doubts.append(.outOfOrder(preview.at)) }
    if step == .nextDay { preview.doubts.append(.nextDay(preview.at)) }
  }

  private enum Step { case onward, nextDay, forgotten }

  private func step(to second: Int) -> Step {
    guard let lastSecond, second < lastSecond else { return .onward }
    return lastSecond - second <= PasteClock.forgotten ? .forgotten : .nextDay
  }
}

extension PasteClock {
  /// Gives the times whose days were never named the latest days on which none of them lies ahead.
  mutating func anchorPending() {
    guard let first = pending.first, let final = pending.last else { return }
    let today = first.clock.today(now: context.now, zone: context.zone)
    let latest = today.adding(days: 1 - final.days)
    let start = (0...3).map { latest.adding(days: -$0) }.first { start in
      pending.allSatisfy { item in
        let at = resolution(item.clock, on: start.adding(days: item.days)).at
        return at.instant <= context.now + EntryLine.grace
      }
    }
    let firstDay = start ?? latest.adding(days: -3)
    for item in pending {
      let day = firstDay.adding(days: item.days)
      var preview = previews[item.index]
      let isOutOfOrder = !preview.doubts.isEmpty
      preview.doubts = []
      set(&preview, item.time, item.clock, on: day)
      if isOutOfOrder { preview.doubts.append(.outOfOrder(preview.at)) }
      if day < today, item.index == first.index { preview.doubts.append(.dayBefore(preview.at)) }
      previews[item.index] = preview
    }
    lendTimes(from: first.index)
    pending = []
    (date, lastSecond) = (nil, nil)
  }

  /// Lines among undated ones that have no time of their own.
  private mutating func lendTimes(from first: Int) {
    for index in previews.indices.dropFirst(first + 1) where !previews[index].hasTime {
      borrow(&previews[index], from: previews[index - 1])
    }
  }

  private func resolve(_ time: WrittenTime) -> WrittenTime.Resolution {
    time.resolved(now: context.now, zone: context.zone)
  }

  private func resolution(
    _ clock: WrittenTime.Clock, on date: CivilDate
  ) -> WrittenTime.Resolution {
    clock.resolution(
      of: clock.reading(on: date, zone: context.zone), now: context.now, .past)
  }

  private func set(
    _ preview: inout EntryLinePreview, _ time: WrittenTime, _ clock: WrittenTime.Clock,
    on date: CivilDate
  ) {
    var dated = clock
    dated.day = .date(date)
    var whole = time
    whole.value = .clock(dated)
    preview.take(whole, resolve(whole), in: context)
  }
}
