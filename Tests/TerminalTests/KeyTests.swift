import Testing

@testable import Terminal

@Suite struct KeyTests {
  @Test func `placeholder`() {}
}
