import ArgumentParser
import LoggistModel
import LoggistStore
import Terminal

/// Who is called now, and until when.
struct OnCallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oncall",
    abstract: "Say who is on call, until when, and who comes next.",
    discussion:
      "By the weekly rotas, overrides and calendar files of 'on_call' in config.yaml. Exit status 1 where nobody is."
  )

  @Argument(help: "The team; without it, every team.")
  var team: String?

  @Option(help: ArgumentHelp("The moment that is meant, instead of now.", valueName: "time"))
  var at: Verbatim?

  @OptionGroup var format: ListFormatOptions
  @OptionGroup var options: StoreOptions

  @Flag(help: "The same as --format json.")
  var json = false

  func run() throws {
    let isJSON = try format.isJSON() || json
    let session = try Session.open(options)
    let moment =
      try at.map {
        try Session.moment($0, option: "--at", session.style, now: session.moment)
      } ?? session.moment
    let (rota, mistakes) = session.onCall()
    for mistake in mistakes { Messages.write("loggist: \(mistake.placed)") }
    if rota.isEmpty { throw Failure(.noRota) }
    let shifts = try shifts(of: rota, at: moment)
    try StandardOutput.write(
      isJSON ? json(shifts, at: moment, session).line : text(shifts, at: moment, session))
    // A script that is to call somebody has to notice that there is nobody.
    if shifts.contains(where: { $0.person == nil }) { throw ExitStatus.failed }
  }

  private func shifts(of rota: OnCallRota, at moment: Instant) throws -> [OnCallShift] {
    guard let team else { return rota.shifts(at: moment) }
    guard let known = rota.team(team) else {
      throw Failure(.noSuchTeam(team, rota.teams.map(\.name)))
    }
    return [rota.shift(of: known, at: moment)]
  }

  // MARK: - Saying it

  private func text(_ shifts: [OnCallShift], at moment: Instant, _ session: Session) -> String {
    var columns = Columns(.wrap)
    for shift in shifts {
      columns.add([
        .init(shift.team, .key),
        shift.person.map { .init($0.name, .emphasis) } ?? .init("nobody", .warning),
        .init(shift.person?.phone ?? "", .normal),
        .init(change(shift, at: moment, session.style), .normal),
      ])
    }
    return columns.text(on: session.paper)
  }

  /// `until Mon 10 Jan 08:00 WAT, then Femi Bello`.
  private func change(_ shift: OnCallShift, at moment: Instant, _ clock: ClockStyle) -> String {
    guard let until = shift.until else {
      return shift.person == nil ? "within a year" : "for the coming year"
    }
    let next = shift.next?.name ?? "nobody"
    return
      "until \(clock.shortDay(until, seenFrom: moment)) \(clock.timeAndZone(until)), then \(next)"
  }

  private func json(_ shifts: [OnCallShift], at moment: Instant, _ session: Session) -> JSONValue {
    .object([
      JSONMember("v", .integer(1)),
      JSONMember("at", .string(session.zone.timestamp(moment).description)),
      JSONMember(
        "teams",
        .array(
          shifts.map { shift in
            .object([
              JSONMember("team", .string(shift.team)),
              JSONMember("person", shift.person?.json ?? .null),
              JSONMember(
                "until",
                shift.until.map { .string(session.zone.timestamp($0).description) } ?? .null),
              JSONMember("next", shift.next?.json ?? .null),
            ])
          })),
    ])
  }
}

extension OnCallRota.Person {
  fileprivate var json: JSONValue {
    func optional(_ name: String, _ text: String?) -> [JSONMember] {
      text.map { [JSONMember(name, .string($0))] } ?? []
    }
    return .object(
      optional("key", id) + [JSONMember("name", .string(name))] + optional("phone", phone)
        + optional("mail", mail))
  }
}

extension ConfigurationMistake {
  /// `config.yaml:9: "keymap.log.note": …`.
  var placed: String { line > 0 ? "\(file):\(line): \(self)" : "\(file): \(self)" }
}
