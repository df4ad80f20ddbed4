import LoggistModel
import Terminal

/// Somebody whom an escalation may go to, with the number to dial.
struct CalleeRow: Sendable, Hashable {
  let name: String
  let phone: String?
  /// `applications until Sat 8 Jan 08:00`; empty for somebody who is not on call.
  let duty: String
  /// Whom Enter logs.
  let isChosen: Bool
}

extension State {
  /// Who is on call for each team; where the line names somebody, only that person, if there is a number to dial.
  func calleeRows(_ composer: Composer) -> [CalleeRow] {
    guard case .entry(.escalated, _) = composer.purpose else { return [] }
    if let name = named(in: composer) {
      let person = desk.onCall.person(name)
      return person.phone.map {
        [CalleeRow(name: person.name, phone: $0, duty: "", isChosen: true)]
      } ?? []
    }
    return composer.onCall.enumerated().map { place, proposal in
      CalleeRow(
        name: proposal.person.name, phone: proposal.person.phone,
        duty: proposal.duty(desk.clock, now: now), isChosen: place == composer.choice)
    }
  }

  /// Whom the line itself names.
  private func named(in composer: Composer) -> String? {
    if composer.editor.isEmpty { return nil }
    let line = EntryLine.read(
      composer.editor.text, as: .escalated, in: desk.lineContext(now: now))
    return line[.to]?.string
  }
}

extension OnCallProposal {
  fileprivate func duty(_ clock: ClockStyle, now: Instant) -> String {
    guard let until else { return team }
    let isToday = clock.date(until) == clock.date(now)
    let day = isToday ? "" : "\(clock.shortDay(until, seenFrom: now)) "
    return "\(team) until \(day)\(clock.time(until))"
  }
}

extension Composer {
  /// `▌Terence Waller  ☎ +234 …  applications until Sat 8 Jan 08:00`, a row a team.
  func renderCallees(_ state: State, _ rows: Range<Int>, into frame: inout Frame) {
    let callees = state.calleeRows(self)
    let names = callees.map { displaySafe($0.name) }
    let phones = callees.map { displaySafe($0.phone.map { "☎ \($0)" } ?? "no number") }
    // Names and numbers stand below each other; a name of any length leaves room for the number.
    let nameWidth = min(names.map { CellWidth.of($0) }.max() ?? 0, 24)
    let phoneWidth = phones.map { CellWidth.of($0) }.max() ?? 0
    let chosen = callees.firstIndex(where: \.isChosen) ?? 0
    let top = min(max(0, chosen - rows.count + 1), callees.count)
    for (row, place) in zip(rows, top..<callees.count) {
      let text =
        pad(truncate(names[place], to: nameWidth), to: nameWidth) + "  "
        + pad(phones[place], to: phoneWidth) + "  " + displaySafe(callees[place].duty)
      let isChosen = callees[place].isChosen
      frame.put(isChosen ? "▌" : " ", row: row, column: 1, style: .prompt)
      frame.put(
        truncate(text, to: max(state.size.columns - 4, 0)), row: row, column: 3,
        style: isChosen ? Style(.normal, isSelected: true) : .normal)
    }
  }

  /// Where there is no row for it: whom Enter logs, behind the empty line.
  func renderProposal(row: Int, width: Int, into frame: inout Frame) {
    guard editor.isEmpty, onCall.indices.contains(choice) else { return }
    let words = displaySafe("→ \(onCall[choice].person.name)")
    frame.put(truncate(words, to: max(width - 3, 0)), row: row, column: 3, style: .muted)
  }
}
