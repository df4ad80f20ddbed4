/// Reads what stands behind `field=` by the type of the field.
enum FieldValue {
  /// When the entry happened and what the present is: what `+30m` and a time without a day count from.
  struct Moment {
    let at: Timestamp
    let context: EntryLineContext
  }

  /// The value as the log keeps it, or what is wrong with it.
  ///
  /// - A choice, a flag, a reference: in any case of letters, `-` for `_`.
  /// - A time: every form of `WrittenTime`, ahead too (`+30m` counts from the entry's time). A time of day is the
  ///   first such not before the entry, for a form that was opened the last such.
  /// - A day: `2026-03-20`, `+7d` and `+2w` from today, or an exact time.
  static func read(
    _ written: String, for rule: FieldRule, _ moment: Moment
  ) -> Result<JSONValue, EntryLineProblem> {
    switch rule.type {
    case .timestamp: return time(written, for: rule, moment)
    default: break
    }
    let value = plain(written, rule.type, moment)
    // An empty required value is a missing one: the entry's own validation says so when it is logged.
    if let problem = rule.problem(with: value), !isMissing(problem) {
      return .failure(.value(rule.field, written: written, problem))
    }
    return .success(value)
  }

  private static func isMissing(_ problem: Entry.Problem) -> Bool {
    if case .missing = problem { true } else { false }
  }

  /// The value in the form that the log keeps; a text that is none stays a text, for the rule to refuse.
  private static func plain(_ written: String, _ type: FieldType, _ moment: Moment) -> JSONValue {
    switch type {
    case .choice(let words):
      let folded = folded(written)
      return .string(words.first { $0 == folded } ?? written)
    case .flag:
      switch written.lowercased() {
      case "yes", "true": return .bool(true)
      case "no", "false": return .bool(false)
      default: return .string(written)
      }
    case .integer: return Int(written).map { .integer($0) } ?? .string(written)
    case .entry, .incident: return .string(written.uppercased())
    case .priority: return .string(Priority(written)?.description ?? written)
    case .day: return .string(day(written, moment) ?? written)
    case .text, .suggestion, .timestamp, .json: return .string(written)
    }
  }

  private static func folded(_ written: String) -> String {
    String(written.lowercased().map { $0 == "-" ? "_" : $0 })
  }
}

extension FieldValue {
  /// A whole value as a time.
  static func time(_ written: String, _ context: EntryLineContext) -> WrittenTime? {
    let bytes = Array(written.utf8)
    if let seconds = WrittenTime.ahead(written) {
      return WrittenTime(value: .relative(seconds: seconds), end: bytes.count)
    }
    guard let time = WrittenTime.read(bytes, own: context.zone), time.end == bytes.count,
      time.untilSecond == nil, !time.isApproximate
    else { return nil }
    return time
  }

  /// When a written time is, counted from an entry: what lies ahead from its time, what lies back from the present.
  static func resolve(
    _ time: WrittenTime, _ moment: Moment, isPast: Bool = false
  ) -> WrittenTime.Resolution {
    let context = moment.context
    if case .relative(let seconds) = time.value, seconds > 0 {
      return WrittenTime.Resolution(
        at: context.zone.timestamp(moment.at.instant + .seconds(seconds)))
    }
    return time.resolved(
      now: context.now, zone: context.zone, isPast ? .past : .future(from: moment.at.instant))
  }

  private static func time(
    _ written: String, for rule: FieldRule, _ moment: Moment
  ) -> Result<JSONValue, EntryLineProblem> {
    guard let time = time(written, moment.context) else {
      return .failure(
        .value(rule.field, written: written, .wrongType(rule.field, expected: rule.type)))
    }
    let resolution = resolve(time, moment, isPast: rule.field == .formOpened)
    if let problem = resolution.problem { return .failure(problem) }
    return .success(.string(resolution.at.description))
  }

  /// `2026-03-20`, `+7d`, `+2w`, or RFC 3339.
  private static func day(_ written: String, _ moment: Moment) -> String? {
    if let exact = Timestamp(written) { return exact.description }
    if let date = CivilDate(written) { return date.description }
    guard let seconds = WrittenTime.ahead(written), seconds % 86_400 == 0 else { return nil }
    let context = moment.context
    return context.zone.civil(context.now).date.adding(days: seconds / 86_400).description
  }
}
