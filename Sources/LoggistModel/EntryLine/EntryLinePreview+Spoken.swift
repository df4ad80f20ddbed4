extension EntryLinePreview {
  /// How it will be recorded, as the line under the composer says it:
  /// `20:50 WAT, 12 min ago · place Pharmacy · caller Ama Owusu · priority P1`, all but the text.
  ///
  /// Times are those of the desk's zone and clock, whatever zone was typed; a day that is not today is named.
  package func spoken(in context: EntryLineContext) -> String {
    var parts = [spokenTime(in: context)]
    if let until { parts.append("until \(spokenMoment(until, in: context))") }
    parts += fields.map { spoken($0, in: context) }
    if let author { parts.append("by \(author)") }
    parts += changes.map { spoken($0, in: context) }
    parts += tags.map { "#\($0)" }
    return parts.joined(separator: " · ")
  }

  /// `20:50 WAT, 12 min ago`; `about Tue 4 Jan 23:50 WAT, 15 min ago`.
  package func spokenTime(in context: EntryLineContext) -> String {
    let about = precision == .approximate ? "about " : ""
    let distance = context.now.wholeSeconds - at.instant.wholeSeconds
    let ago =
      if abs(distance.seconds) < 60 { "now" } else if distance > .zero {
        "\(distance.spoken) ago"
      } else {
        "in \((at.instant.wholeSeconds - context.now.wholeSeconds).spoken)"
      }
    return "\(about)\(spokenMoment(at, in: context)), \(ago)"
  }

  private func spokenMoment(_ moment: Timestamp, in context: EntryLineContext) -> String {
    let clock = context.clock
    let time = clock.timeAndZone(moment.instant)
    if clock.date(moment.instant) == clock.date(context.now) { return time }
    return "\(clock.shortDay(moment.instant, seenFrom: context.now)) \(time)"
  }

  /// `next due 21:30 WAT`, `callback yes`, `priority P1`, `major`.
  private func spoken(_ member: JSONMember, in context: EntryLineContext) -> String {
    let field = Field(rawValue: member.name)
    let name = member.name.split(separator: "_").joined(separator: " ")
    switch member.value {
    case .bool(true) where field == .major: return name
    case .bool(let flag): return "\(name) \(flag ? "yes" : "no")"
    case .string(let text):
      let isTime = field.flatMap { kind.rule.rule(for: $0) }?.type == .timestamp
      if isTime, let moment = Timestamp(text) {
        return "\(name) \(spokenMoment(moment, in: context))"
      }
      return "\(name) \(text)"
    default: return "\(name) \(member.value.text)"
    }
  }
}
