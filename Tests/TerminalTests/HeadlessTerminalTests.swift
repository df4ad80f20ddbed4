import Testing

@testable import Terminal

@Suite struct HeadlessTerminalTests {
  @Test func `the screen is text: rows, styles where there are some, the cursor`() {
    let terminal = HeadlessTerminal(size: Size(rows: 3, columns: 12))
    #expect(terminal.screen.isEmpty)
    var frame = Frame(size: terminal.size)
    frame.put("P1 INC-12", row: 0, column: 0)
    frame.put("P1", row: 0, column: 0, style: .critical)
    frame.put("字 held?", row: 1, column: 0, style: .hint)
    frame.select(row: 1)
    frame.cursor = Position(row: 1, column: 3)
    terminal.present(frame)
    #expect(
      terminal.screen == """
        01│P1 INC-12   │
        01~cc··········
        02│字 held?    │
        02~VVVVVVVVNNNN
        03│            │
        cursor 2,4

        """)
    terminal.present(Frame(size: Size(rows: 1, columns: 2)))
    #expect(terminal.screen == "01│  │\ncursor hidden\n")
    #expect(terminal.frames.count == 2)
  }

  @Test func `row numbers are as long as the last one`() {
    let lines = Frame(size: Size(rows: 100, columns: 1)).screen.split(separator: "\n")
    #expect(lines.first == "001│ │")
    #expect(lines[99] == "100│ │")
  }

  @Test func `every style has a letter of its own`() {
    let letters = Role.allCases.flatMap { [Style($0).letter, Style($0).selected.letter] }
    #expect(Set(letters).count == letters.count)
    #expect(letters.allSatisfy { $0.count == 1 })
  }
}
