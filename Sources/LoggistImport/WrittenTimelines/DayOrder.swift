internal import LoggistModel

/// Whether the dates of a document that are written in digits name the day or the month first.
struct DayOrder {
  enum Order: Hashable { case dayFirst, monthFirst }

  /// What it was decided by.
  enum Reason: Hashable {
    /// Another date of the document can only be read so.
    case otherDate
    /// It is then a day that the document also writes in words.
    case sameDay
    /// The entries then lie closer together.
    case closeness
    case custom
  }

  let order: Order
  let reason: Reason

  /// - days: all that the document holds; entries: those that open entries.
  init(days: [ReadDay], entries: [ReadDay]) {
    let orders = Set(days.compactMap(\.order))
    if orders.count == 1, let only = orders.first {
      (order, reason) = (only, .otherDate)
    } else if let order = DayOrder.sameDay(days) {
      (self.order, reason) = (order, .sameDay)
    } else if let order = DayOrder.closer(entries) {
      (self.order, reason) = (order, .closeness)
    } else {
      (order, reason) = (.dayFirst, .custom)
    }
  }

  /// The date that two numbers mean.
  static func date(_ first: Int, _ second: Int, year: Int, _ order: Order) -> CivilDate? {
    order == .dayFirst
      ? CivilDate(year: year, month: second, day: first)
      : CivilDate(year: year, month: first, day: second)
  }

  func date(_ first: Int, _ second: Int, year: Int) -> CivilDate? {
    DayOrder.date(first, second, year: year, order)
  }

  private static func sameDay(_ days: [ReadDay]) -> Order? {
    var (known, yearless): (Set<CivilDate>, Set<[Int]>) = ([], [])
    for read in days {
      switch read.day {
      case .date(let date): known.insert(date)
      case .yearless(let month, let day): yearless.insert([month, day])
      case .numeric, .yearlessNumeric, .weekday, .following, .number: break
      }
    }
    var votes = [Order.dayFirst: 0, .monthFirst: 0]
    for read in days {
      guard case .numeric(let first, let second, let year) = read.day else { continue }
      for order in [Order.dayFirst, .monthFirst] {
        guard let date = date(first, second, year: year, order) else { continue }
        let isWeekday = read.weekday.map { $0 == date.weekday } ?? false
        if known.contains(date) || yearless.contains([date.month, date.day]) || isWeekday {
          votes[order, default: 0] += 1
        }
      }
    }
    let (day, month) = (votes[.dayFirst] ?? 0, votes[.monthFirst] ?? 0)
    return day == month ? nil : day > month ? .dayFirst : .monthFirst
  }

  /// An outage lasts days, not months.
  private static func closer(_ days: [ReadDay]) -> Order? {
    func span(_ order: Order) -> Int? {
      let dates = days.compactMap { read -> Int? in
        switch read.day {
        case .date(let date): date.dayNumber
        case .numeric(let first, let second, let year):
          date(first, second, year: year, order)?.dayNumber
        case .yearless, .yearlessNumeric, .weekday, .following, .number: nil
        }
      }
      guard let first = dates.min(), let last = dates.max(), first < last else { return nil }
      return last - first
    }
    guard let day = span(.dayFirst), let month = span(.monthFirst), day != month else { return nil }
    return day < month ? .dayFirst : .monthFirst
  }
}
