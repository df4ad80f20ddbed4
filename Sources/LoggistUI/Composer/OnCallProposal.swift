import LoggistModel

/// Somebody whom an escalation may go to: whoever is on call for a team now.
struct OnCallProposal: Sendable, Hashable {
  let team: String
  let person: OnCallRota.Person
  let until: Instant?

  init?(_ shift: OnCallShift) {
    guard let person = shift.person else { return nil }
    (team, self.person, until) = (shift.team, person, shift.until)
  }
}

extension State {
  /// Who is on call now, the team of the incident's service first; none where it is no escalation.
  ///
  /// Cost: that of reading the rota, so asked when the line is opened and once a minute, not with each key.
  func onCallProposals(for purpose: Purpose) -> [OnCallProposal] {
    guard case .entry(.escalated, let id) = purpose, !desk.onCall.isEmpty else { return [] }
    let proposals = desk.onCall.shifts(at: now).compactMap { OnCallProposal($0) }
    let service = journal.incidents[id]?.service?.lowercased()
    let own = proposals.filter { $0.team.lowercased() == service }
    return own + proposals.filter { $0.team.lowercased() != service }
  }

  /// The time or the rota has changed while an escalation is being typed: the chosen team stays chosen.
  mutating func renewOnCallProposals() {
    guard let composer, composer.waiting == nil, case .entry(.escalated, _) = composer.purpose
    else {
      return
    }
    let old = composer.onCall
    let new = onCallProposals(for: composer.purpose)
    if new == old { return }
    let team = old.indices.contains(composer.choice) ? old[composer.choice].team : nil
    self.composer?.onCall = new
    self.composer?.choice = new.firstIndex { $0.team == team } ?? 0
    // What was agreed to was another person.
    self.composer?.changed()
  }
}
