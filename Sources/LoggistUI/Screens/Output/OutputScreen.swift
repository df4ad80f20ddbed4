import LoggistModel
import Terminal

/// What a command wrote, to be read.
package struct OutputScreen: Sendable, Hashable {
  package let title: String
  package let lines: [String]
  package internal(set) var top = 0
  /// Columns that have been passed by to the right.
  var shift = 0

  package init(title: String, text: String) {
    self.title = title
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      displaySafe(String(line.prefix(OutputScreen.longest)))
    }.dropLast(text.hasSuffix("\n") ? 1 : 0)
  }

  /// Characters of a line that are shown at most.
  private static let longest = 2_000
}

extension State {
  mutating func performInOutput(_ action: Action) -> [Effect] {
    guard case .output(var output) = screen else { return [] }
    let page = max(areas.body.count - 1, 1)
    switch action {
    case .up: output.top -= 1
    case .down: output.top += 1
    case .pageUp: output.top -= page
    case .pageDown: output.top += page
    case .first: (output.top, output.shift) = (0, 0)
    case .last: output.top = output.lines.count
    case .left: output.shift = max(output.shift - 8, 0)
    case .right: output.shift = min(output.shift + 8, 1_000)
    default: break
    }
    screen = .output(output)
    settleScreen()
    return []
  }

  /// Why there is nothing to that side; nil where there is.
  func reasonAgainst(_ action: Action, _ output: OutputScreen) -> String? {
    switch action {
    case .left where output.shift == 0: "Nothing stands further to the left"
    case .right where output.lines.allSatisfy { $0.count - output.shift <= size.columns }:
      "Nothing stands further to the right"
    default: nil
    }
  }

  mutating func settleOutput() {
    guard case .output(var output) = screen else { return }
    output.top = min(max(output.top, 0), max(output.lines.count - areas.body.count, 0))
    screen = .output(output)
  }

  /// What a command wrote: shown at once, unless a line is being typed.
  mutating func show(_ output: OutputScreen) -> [Effect] {
    if composer != nil {
      notice = Notice("\(output.title) has finished: :output shows what it wrote")
      waitingOutput = output
      return []
    }
    screens.append(.output(output))
    notice = nil
    settleScreen()
    return []
  }
}

extension OutputScreen {
  func render(_ state: State, _ areas: Areas, into frame: inout Frame) {
    if let row = areas.header {
      let end = state.putClock(row: row, into: &frame)
      frame.put(
        truncate(displaySafe(title), to: max(end - 1, 0)), row: row, column: 0, style: .title)
    }
    for (offset, line) in lines[min(top, lines.count)...].prefix(areas.body.count).enumerated() {
      let shown = String(line.dropFirst(shift))
      frame.put(
        truncate(shown, to: state.size.columns), row: areas.body.lowerBound + offset, column: 0,
        style: .normal)
    }
    if !areas.body.isEmpty { frame.cursor = Position(row: areas.body.lowerBound, column: 0) }
  }
}
