import Testing

@testable import LoggistModel

@Suite("On call")
struct OnCallTests {
  private static let people = [
    OnCallRota.Person(id: "t.waller", name: "Terence Waller", phone: "+234 1"),
    OnCallRota.Person(id: "f.bello", name: "Femi Bello", mail: "femi@example.org"),
  ]

  private static func civil(_ text: String) -> CivilDateTime {
    guard let time = Timestamp("\(text)Z") else { preconditionFailure("no time: \(text)") }
    return time.civil
  }

  private static func turn(
    _ people: [String], from start: String, _ weekday: Weekday = .monday, hour: Int = 8
  ) throws -> WeeklyTurn {
    try #require(
      WeeklyTurn(
        people: people, starts: civil(start), weekday: weekday, secondOfDay: hour * 3600))
  }

  /// `Terence Waller until 2022-01-10T08:00:00+01:00, then Femi Bello`.
  private static func answer(
    _ rota: OnCallRota, _ team: String = "apps", at text: String
  ) throws -> String {
    let shift = rota.shift(
      of: try #require(rota.team(team)), at: rota.zone.instant(of: civil(text)))
    let until = shift.until.map { "until \(rota.zone.timestamp($0))" } ?? "for good"
    return "\(shift.person?.name ?? "nobody") \(until), then \(shift.next?.name ?? "nobody")"
  }

  private static func weekly(_ zone: Zone = Desk.lagos) throws -> OnCallRota {
    let turn = try turn(["t.waller", "f.bello"], from: "2022-01-03 08:00")
    var rota = OnCallRota(zone: zone, people: people)
    rota.change("apps") { $0.turns.append(turn) }
    return rota
  }

  @Test(
    "Turns change on their weekday at their time",
    arguments: [
      ("2022-01-03 07:59", "nobody until 2022-01-03T08:00:00+01:00, then Terence Waller"),
      ("2022-01-03 08:00", "Terence Waller until 2022-01-10T08:00:00+01:00, then Femi Bello"),
      ("2022-01-10 07:59", "Terence Waller until 2022-01-10T08:00:00+01:00, then Femi Bello"),
      ("2022-01-10 08:00", "Femi Bello until 2022-01-17T08:00:00+01:00, then Terence Waller"),
      ("2031-12-31 23:00", "Femi Bello until 2032-01-05T08:00:00+01:00, then Terence Waller"),
    ])
  func weekly(_ at: String, _ expected: String) throws {
    #expect(try OnCallTests.answer(OnCallTests.weekly(), at: at) == expected)
  }

  @Test("A start in the middle of the week makes a first turn that is shorter")
  func shortFirst() throws {
    let turn = try OnCallTests.turn(["t.waller", "f.bello"], from: "2022-01-05 12:00")
    var rota = OnCallRota(zone: Desk.lagos, people: OnCallTests.people)
    rota.change("apps") { $0.turns.append(turn) }
    #expect(
      try OnCallTests.answer(rota, at: "2022-01-05 12:00")
        == "Terence Waller until 2022-01-10T08:00:00+01:00, then Femi Bello")
  }

  @Test("A turn that changes at 24:00 changes at the day's end")
  func midnight() throws {
    let turn = try OnCallTests.turn(["a", "b"], from: "2022-01-03 00:00", .sunday, hour: 24)
    var rota = OnCallRota(zone: Desk.lagos)
    rota.change("apps") { $0.turns.append(turn) }
    #expect(
      try OnCallTests.answer(rota, at: "2022-01-09 23:59")
        == "a until 2022-01-10T00:00:00+01:00, then b")
  }

  @Test("08:00 stays 08:00 when the clocks change, and a week of 167 or 169 hours is a week")
  func daylightSaving() throws {
    let rota = try OnCallTests.weekly(Desk.berlin)
    #expect(
      try OnCallTests.answer(rota, at: "2022-03-22 12:00")
        == "Femi Bello until 2022-03-28T08:00:00+02:00, then Terence Waller")
    #expect(
      try OnCallTests.answer(rota, at: "2022-03-28 07:59")
        == "Femi Bello until 2022-03-28T08:00:00+02:00, then Terence Waller")
    #expect(
      try OnCallTests.answer(rota, at: "2022-10-30 12:00")
        == "Terence Waller until 2022-10-31T08:00:00+01:00, then Femi Bello")
  }

  @Test("A change in an hour that the clocks skip comes when they would have shown it")
  func skipped() throws {
    let turn = try OnCallTests.turn(["a", "b"], from: "2022-03-20 02:30", .sunday, hour: 2)
    var rota = OnCallRota(zone: Desk.berlin)
    rota.change("apps") { $0.turns.append(turn) }
    #expect(
      try OnCallTests.answer(rota, at: "2022-03-26 12:00")
        == "a until 2022-03-27T03:00:00+02:00, then b")
  }

  @Test("An exception goes before the turn, and ends where it says")
  func exception() throws {
    var rota = try OnCallTests.weekly()
    rota.change("apps") {
      $0.exceptions.append(
        OnCallException(
          person: "f.bello", from: OnCallTests.civil("2022-01-08 08:00"),
          to: OnCallTests.civil("2022-01-09 08:00")))
    }
    #expect(
      try OnCallTests.answer(rota, at: "2022-01-07 12:00")
        == "Terence Waller until 2022-01-08T08:00:00+01:00, then Femi Bello")
    #expect(
      try OnCallTests.answer(rota, at: "2022-01-08 08:00")
        == "Femi Bello until 2022-01-09T08:00:00+01:00, then Terence Waller")
  }

  @Test("A change that leaves the same person on call is none")
  func sameAgain() throws {
    let turn = try OnCallTests.turn(["t.waller"], from: "2022-01-03 08:00")
    var rota = OnCallRota(zone: Desk.lagos, people: OnCallTests.people)
    rota.change("apps") { $0.turns.append(turn) }
    #expect(
      try OnCallTests.answer(rota, at: "2022-01-05 12:00")
        == "Terence Waller for good, then nobody")
  }

  @Test("A rota that begins later takes the place of the one before")
  func replaced() throws {
    let later = try OnCallTests.turn(["new"], from: "2022-01-12 08:00")
    var rota = try OnCallTests.weekly()
    rota.change("apps") { $0.turns.append(later) }
    #expect(
      try OnCallTests.answer(rota, at: "2022-01-11 12:00")
        == "Femi Bello until 2022-01-12T08:00:00+01:00, then new")
  }

  @Test("A person is found by key, by name and by mail address")
  func names() {
    let rota = OnCallRota(zone: Desk.lagos, people: OnCallTests.people)
    for text in ["f.bello", "femi bello", "F.BELLO", "Femi@Example.org"] {
      #expect(rota.person(text).name == "Femi Bello")
    }
    #expect(rota.person("Somebody").name == "Somebody")
  }
}
