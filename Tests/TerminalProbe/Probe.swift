import Glibc
import Terminal

// A program that shows what the terminal does: run it in tmux and look. Keys: q quits, ctrl-z stops, e runs
// the program in PROBE_EDITOR, c crashes by fatalError, v by a bad pointer, o by overflowing the stack, f
// floods the screen, s toggles all styles.

func overflow(_ depth: Int) -> Int { depth < 0 ? 0 : overflow(depth + 1) + depth % 3 }

func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

@main
struct Probe {
  let terminal: CursesTerminal
  var decoder: InputDecoder
  var news = ["ready"]
  var showsStyles = false

  /// What painting a large screen costs, without a terminal: `TerminalProbe --bench`.
  static func measure() {
    let clock = ContinuousClock()
    for line in [
      String(repeating: "refreshed several times ", count: 8),
      String(repeating: "Ọ̀rọ̀ 中文 é ", count: 25),
    ] {
      var painted = Frame(size: Size(rows: 60, columns: 200))
      let painting = clock.measure {
        for _ in 0..<100 {
          painted = Frame(size: painted.size)
          for row in 0..<60 { painted.put(line, row: row, column: 0, style: .high) }
        }
      }
      var other = painted
      other.put("x", row: 59, column: 199)
      var differing = 0
      let comparing = clock.measure {
        for _ in 0..<100 {
          for row in 0..<60 where painted.cells(row: row) != other.cells(row: row) {
            differing += 1
          }
        }
      }
      print("200x60: paint \(painting / 100), compare \(comparing / 100), \(differing)")
    }
  }

  static func main() {
    if CommandLine.arguments.contains("--bench") { return measure() }
    do {
      let terminal = try CursesTerminal(.init(errorLog: CommandLine.arguments.dropFirst().first))
      let decoder = InputDecoder(terminfo: terminal.terminfoKeys)
      var probe = Probe(terminal: terminal, decoder: decoder)
      let status = probe.run()
      terminal.close()
      if status == 0 { print("done") }  // A terminal that has stopped reading would hold us here.
      exit(status)
    } catch {
      print("no screen: \(error)")
      exit(2)
    }
  }

  func render() -> Frame {
    var frame = Frame(size: terminal.size)
    let (rows, columns) = (frame.size.rows, frame.size.columns)
    if showsStyles {
      for (row, role) in Role.allCases.enumerated() {
        frame.put("\(role)", row: row, column: 2, width: 20, style: Style(role))
        frame.put("\(role) selected", row: row, column: 24, width: 30, style: Style(role).selected)
      }
      return frame
    }
    let samples = [
      "Yorùbá: Ọ̀rọ̀ àkọ́kọ́ ẹ̀", "中文 wide 字|", "عربي |", "👩‍💻👍🏽🇩🇪⚠️🏳️‍🌈 |",
      "e\u{301}\u{323}\u{302}\u{304} 字\u{301} |",
      "\u{1B}[31mred\r\n\u{202E}evil\u{7} |", "plain │ ─ ┌┐ …|",
    ]
    frame.put(
      "\(terminal.name)\(terminal.isFallback ? " (fallback)" : "") \(terminal.colorDepth) \(columns)x\(rows)",
      row: 0, column: 0, style: .title)
    for (row, sample) in samples.enumerated() {
      let used = frame.put(sample, row: row + 1, column: 0, width: 40)
      frame.put("<\(used)", row: row + 1, column: 40, style: row % 2 == 0 ? .critical : .medium)
      frame.put("字字字", row: row + 1, column: columns - 3 - row % 2, style: .high)
    }
    frame.select(row: 2)
    for (row, line) in news.suffix(max(0, rows - 10)).enumerated() {
      frame.put(line, row: 9 + row, column: 0)
    }
    frame.put(String(repeating: "▒", count: columns), row: rows - 1, column: 0, style: .border)
    frame.cursor = Position(row: 1, column: 3)
    return frame
  }

  func describe(_ event: InputEvent) -> String {
    switch event {
    case .key(let key): "key \(key.name)"
    case .paste(let text): text.count < 60 ? "paste \(text)" : "paste of \(text.utf8.count) bytes"
    case .focus(let isFocused): "focus \(isFocused)"
    }
  }

  mutating func act(_ event: InputEvent) -> Bool {
    news.append(describe(event))
    guard case .key(let key) = event else { return true }
    switch key {
    case "q": return false
    case "ctrl-z":
      terminal.suspend()
      news.append("back from stop, \(terminal.size.columns)x\(terminal.size.rows)")
    case "e":
      let editor = environment("PROBE_EDITOR") ?? "true"
      do {
        let status = try terminal.run(["sh", "-c", editor])
        news.append("editor \(status), \(terminal.size.columns)x\(terminal.size.rows)")
      } catch { news.append("editor: \(error)") }
    case "E":
      do { _ = try terminal.run(["/no/such/program"]) } catch { news.append("editor: \(error)") }
    case "c": fatalError("boom")
    case "v": UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
    case "o": news.append("\(overflow(0))")
    case "s": showsStyles.toggle()
    case "f":
      for number in 0..<200 {
        var frame = Frame(size: terminal.size)
        for row in 0..<frame.size.rows {
          frame.put(String(repeating: "\((number + row) % 10)", count: 80), row: row, column: 0)
        }
        terminal.present(frame)
      }
    default: break
    }
    return true
  }

  mutating func run() -> Int32 {
    while true {
      terminal.present(render())
      let ready = waitForInput(
        [terminal.inputDescriptor, terminal.signalDescriptor],
        timeoutMilliseconds: decoder.isPending ? 25 : nil)
      for signal in terminal.nextSignal() {
        news.append("signal \(signal)")
        switch signal {
        case .resize: terminal.refreshSize()
        case .suspend: terminal.suspend()
        case .terminate, .hangup:
          return 42
        default: break
        }
      }
      var events: [InputEvent] = []
      if ready.contains(terminal.inputDescriptor) {
        let (bytes, isHungUp) = terminal.read()
        events = decoder.feed(bytes)
        if isHungUp {
          return 43
        }
      } else if ready.isEmpty {
        events = decoder.timeout()
      }
      for event in events where !act(event) { return 0 }
    }
  }
}
