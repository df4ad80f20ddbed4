/// How far the logs of this machine have got, as far as it knows.
package struct Carriage: Sendable, Hashable {
  /// Of each log that is written here: the last number that the engine has taken.
  package var sent: [NodeCode: Int]
  /// What each of the other machines has on its disk: of each log the last number.
  package var held: [[NodeCode: Int]]

  package init(sent: [NodeCode: Int] = [:], held: [[NodeCode: Int]] = []) {
    (self.sent, self.held) = (sent, held)
  }

  package func reach(of ref: EntryRef) -> Reach {
    let holders = held.count { $0[ref.node] ?? 0 >= ref.sequence }
    if holders > 0 { return .held(by: holders) }
    return sent[ref.node] ?? -1 >= ref.sequence ? .sent : .saved
  }
}

/// How far an entry got. Only what another machine holds is on a second disk: what was sent lies with the engine, which may
/// lose it.
package enum Reach: Sendable, Hashable {
  /// On this machine's disk.
  case saved
  /// The engine has it.
  case sent
  /// So many other machines have it on their disks.
  case held(by: Int)

  /// `saved`, `sent`, `held by 2 others`.
  package var phrase: String {
    switch self {
    case .saved: "saved"
    case .sent: "sent"
    case .held(let count): count == 1 ? "held by 1 other" : "held by \(count) others"
    }
  }
}
