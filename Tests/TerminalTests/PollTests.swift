import Testing

@testable import Terminal

@Suite struct PollTests {
  @Test func `a wake-up is ready from its signal until it is cleared`() throws {
    let wakeup = try Wakeup()
    let other = try Wakeup()
    let both = [wakeup.descriptor, other.descriptor]
    #expect(waitForInput(both, timeoutMilliseconds: 0).isEmpty)
    wakeup.signal()
    wakeup.signal()
    #expect(waitForInput(both, timeoutMilliseconds: nil) == [wakeup.descriptor])
    wakeup.clear()
    #expect(waitForInput(both, timeoutMilliseconds: 0).isEmpty)
  }

  @Test func `a closed descriptor is ready, so that reading it tells`() {
    #expect(waitForInput([1_000_000], timeoutMilliseconds: nil) == [1_000_000])
    #expect(readPending(1_000_000).isAtEnd)
  }
}
