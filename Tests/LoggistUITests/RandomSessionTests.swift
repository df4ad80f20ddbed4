import Foundation
import Terminal
import Testing

@testable import LoggistUI

/// Anything may happen in any order: whatever hands, lines and clocks do, the screen stays whole and nothing typed
/// disappears.
///
/// LOGGIST_RANDOM_STEPS says how many messages, LOGGIST_RANDOM_SEED where the seeds begin; `make torture` has more of them.
@Suite struct RandomSessionTests {
  private static let sessionLength = 1_500
  private static let first = number("LOGGIST_RANDOM_SEED") ?? 1
  private static let sessions = max(
    (number("LOGGIST_RANDOM_STEPS") ?? 4_500) / sessionLength, 1)

  private static func number(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  @Test(arguments: (first..<first + sessions).map(UInt64.init))
  func `Random messages leave the screen whole and lose nothing typed`(_ seed: UInt64) {
    var session = HostileSession(seed: seed)
    for step in 1...Self.sessionLength {
      guard let problem = session.next() else { continue }
      Issue.record(
        "seed \(seed), step \(step): \(problem)\n\(session.trail.suffix(12).joined(separator: "\n"))"
      )
      return
    }
  }

  @Test func `The same messages give the same frames`() {
    func frames() -> [Frame] {
      var session = HostileSession(seed: 99)
      return (0..<200).map { _ in
        _ = session.next()
        return render(session.state)
      }
    }
    #expect(frames() == frames())
  }

  @Test func `A session comes to every place where a key means something`() {
    var places: Set<Binding.Place> = []
    // Every sixteenth is a first start.
    for seed in [16, 1, 2, 3, 4, 5, 6] as [UInt64] where places.count < Binding.Place.allCases.count
    {
      var session = HostileSession(seed: seed)
      for _ in 0..<(seed == 16 ? 10 : 600) {
        _ = session.next()
        places.insert(session.state.screen.place)
      }
    }
    #expect(places == Set(Binding.Place.allCases))
  }
}
