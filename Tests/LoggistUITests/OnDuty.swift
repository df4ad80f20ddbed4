import LoggistModel
import Terminal

@testable import LoggistUI

// The same evening at a desk that has a rota and wants to be reminded.

extension Desk {
  static func onDuty() -> Desk {
    var desk = Desk.ofAnEvening()
    var rota = OnCallRota(
      zone: .lagos,
      people: [
        .init(id: "t.waller", name: "Terence Waller", phone: "+234 803 000 1111"),
        .init(id: "f.bello", name: "Femi Bello", phone: "+234 803 000 2222"),
      ])
    let start = Evening.at("2022-01-03T08:00:00+01:00").civil
    for (team, people) in [("applications", ["t.waller", "f.bello"]), ("e-mail", ["f.bello"])] {
      let turn = WeeklyTurn(people: people, starts: start, weekday: .monday, secondOfDay: 28_800)
      rota.change(team) { team in if let turn { team.turns.append(turn) } }
    }
    rota.change("vendors") { _ in }
    desk.onCall = rota
    desk.canned["wiki"] = "Sent the caller the page on passwords."
    desk.reminders = ReminderRules(
      targets: desk.targets, silence: [.p1: .minutes(20), .p2: .hours(1)],
      unanswered: .minutes(10), nextUpdate: true)
    return desk
  }
}

extension State {
  static func onDuty(size: Size = Size(rows: 24, columns: 80)) -> State {
    var state = State(size: size, now: Evening.now, desk: .onDuty())
    _ = update(&state, .loaded(Register(Evening.records, now: Evening.now, zone: .lagos)))
    return state
  }
}
