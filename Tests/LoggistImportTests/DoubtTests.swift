import Testing

@testable import LoggistImport

@Test func `a doubt names its line`() {
  #expect(Doubt(line: 3, "no zone") == Doubt(line: 3, "no zone"))
}
