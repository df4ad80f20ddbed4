internal import CTerminal
internal import Glibc
internal import Synchronization

/// The real terminal, which this object alone may touch, on the one thread that made it.
///
/// While it is up, standard error goes to a file, ^C and ^Z are keys, and a crash gives the terminal back
/// first. ``close()`` gives everything back.
package final class CursesTerminal: Terminal {
  package struct Options: Sendable {
    /// Where standard error goes while the screen is up; it is removed again when nothing was written.
    package var errorLog: String?
    /// The colours asked for; nil takes `NO_COLOR` and the terminal into account.
    package var colorDepth: ColorDepth?
    package var theme: Theme
    package var reportsFocus: Bool

    package init(
      errorLog: String? = nil, colorDepth: ColorDepth? = nil, theme: Theme = .standard,
      reportsFocus: Bool = false
    ) {
      self.errorLog = errorLog
      self.colorDepth = colorDepth
      self.theme = theme
      self.reportsFocus = reportsFocus
    }
  }

  package private(set) var size = Size(rows: 24, columns: 80)
  /// The terminfo name in use; not that of `TERM` when terminfo does not know it.
  package let name: String
  /// Whether `name` is a guess, which the user should be told.
  package let isFallback: Bool
  package let colorDepth: ColorDepth
  /// What the terminal can show; everything else is painted as what stands in for it.
  package let repertoire: Repertoire
  /// Changing it repaints everything with the next frame.
  package var theme: Theme {
    didSet {
      guard isOpen, theme != oldValue else { return }
      defineStyles()
      shown = nil
    }
  }
  /// The key sequences that terminfo knows, for the ``InputDecoder``.
  package let terminfoKeys: [[UInt8]: Key]
  /// Ready when ``read()`` has something.
  package let inputDescriptor: Int32
  /// Ready when ``nextSignal()`` has something.
  package let signalDescriptor: Int32

  private let output: Int32
  private var errorLog: ErrorLog?
  private var isOpen = true
  private var shown: Frame?
  /// Whether the next continue is the end of our own stop.
  private var knowsOfContinue = false

  private static let isTaken = Atomic(false)

  package init(_ options: Options = Options()) throws(TerminalError) {
    guard !CursesTerminal.isTaken.exchange(true, ordering: .relaxed) else { throw .alreadyOpen }
    do throws(TerminalError) {
      _ = ct_set_locale()
      let descriptors = try CursesTerminal.openTerminal()
      (inputDescriptor, output) = descriptors
      do throws(TerminalError) {
        let log = try ErrorLog(path: options.errorLog)
        signalDescriptor = try CursesTerminal.installHandlers(inputDescriptor, options)
        (name, isFallback) = try CursesTerminal.takeOver(output, options)
        log.begin()
        errorLog = consume log
      } catch {
        ct_guard_remove()
        ct_signals_close()
        _ = Glibc.close(descriptors.input)
        _ = Glibc.close(descriptors.output)
        throw error
      }
    } catch {
      CursesTerminal.isTaken.store(false, ordering: .relaxed)
      throw error
    }
    colorDepth = ColorDepth.choose(
      terminalColors: Int(ct_colors()), noColor: environment("NO_COLOR"),
      override: options.colorDepth)
    theme = options.theme
    repertoire = Repertoire(
      terminal: name, locale: Repertoire.locale { environment($0) })
    terminfoKeys = TerminfoKeys.read()
    defineStyles()
    refreshSize()
  }

  deinit { close() }

  /// Gives the terminal back as it was; a second call does nothing.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    ct_close()
    ct_guard_remove()
    ct_signals_close()
    errorLog?.end()
    errorLog = nil
    _ = Glibc.close(inputDescriptor)
    _ = Glibc.close(output)
    CursesTerminal.isTaken.store(false, ordering: .relaxed)
  }
}

// MARK: - Input

extension CursesTerminal {
  /// All bytes that have arrived, and whether the terminal is gone; never waits.
  package func read() -> (bytes: [UInt8], isHungUp: Bool) {
    let (bytes, isAtEnd) = readPending(inputDescriptor)
    return (bytes, isAtEnd)
  }

  /// The signals since the last call, each kind once, in the order of their first arrival.
  package func nextSignal() -> [Signal] {
    var signals: [Signal] = []
    for number in readPending(signalDescriptor).bytes {
      if let signal = Signal(number: number), !signals.contains(signal) { signals.append(signal) }
    }
    if signals.contains(.continue) {
      // A stop that nobody announced: kill -STOP, or ^Z in another process of the job.
      if !knowsOfContinue { enter() }
    }
    knowsOfContinue = false
    return signals
  }
}

// MARK: - Output

extension CursesTerminal {
  /// Shows a frame: only the rows that differ from the last one are painted.
  package func present(_ frame: Frame) {
    guard isOpen, frame != shown else { return }
    let former = shown.flatMap { $0.size == frame.size ? $0 : nil }
    if former == nil { ct_erase() }
    for row in 0..<min(frame.size.rows, size.rows)
    where former?.cells(row: row) != frame.cells(row: row) {
      paint(frame.cells(row: row).prefix(size.columns), row: row)
    }
    if let cursor = frame.cursor, (0..<size.rows).contains(cursor.row),
      (0..<size.columns).contains(cursor.column)
    {
      ct_cursor(Int32(cursor.row), Int32(cursor.column))
    } else {
      ct_cursor(-1, -1)
    }
    ct_flush()
    shown = frame
  }

  /// Paints a row as runs of one style.
  private func paint(_ cells: ArraySlice<Cell>, row: Int) {
    var run: [UInt32] = []
    var start = cells.startIndex
    var style: Style?
    func finish(at end: Int) {
      if let style, !run.isEmpty {
        let column = Int32(start - cells.startIndex)
        ct_put(Int32(row), column, run, run.count, CursesTerminal.index(style))
      }
      run.removeAll(keepingCapacity: true)
      start = end
    }
    for (index, cell) in zip(cells.indices, cells) where !cell.isContinuation {
      if cell.style != style {
        finish(at: index)
        style = cell.style
      }
      // A wide glyph may be cut only where the frame is larger than the screen.
      let isCut = index + 1 == cells.endIndex && CellWidth.of(cell.glyph) > 1
      let glyph = isCut ? " " : repertoire.shown(cell.glyph)
      run.append(contentsOf: glyph.unicodeScalars.lazy.map(\.value))
    }
    finish(at: cells.endIndex)
  }

  package func bell() {
    if isOpen { ct_bell() }
  }

  /// Paints every cell with the next frame: something else may have written on the screen.
  package func invalidate() {
    guard isOpen else { return }
    ct_resize(Int32(size.rows), Int32(size.columns))
    shown = nil
  }

  /// Asks the kernel for the size and tells curses; the next frame is painted whole.
  package func refreshSize() {
    guard isOpen else { return }
    var (rows, columns) = (Int32(size.rows), Int32(size.columns))
    // A serial line has no size: the usual one is kept.
    _ = ct_kernel_size(output, &rows, &columns)
    size = Size(rows: Int(rows), columns: Int(columns))
    ct_resize(rows, columns)
    shown = nil
  }
}

// MARK: - Other programs

extension CursesTerminal {
  /// Gives the terminal to the shell and stops, as ^Z does; returns with the terminal taken again.
  package func suspend() {
    guard isOpen else { return }
    leave()
    ct_stop()
    enter()
    knowsOfContinue = true
  }

  /// Runs a program on the terminal and waits for it.
  ///
  /// Returns its exit status, 128 + n when signal n ended it. The size may be another one afterwards.
  package func run(_ arguments: [String]) throws(TerminalError) -> Int32 {
    guard isOpen else { throw .system(call: "posix_spawnp", errno: EBADF) }
    var strings = arguments.map { strdup($0) } + [nil]
    defer { for string in strings { free(string) } }
    leave()
    var status: Int32 = 0
    let error = arguments.isEmpty ? EINVAL : ct_run(output, &strings, &status)
    enter()
    if error != 0 { throw .system(call: "posix_spawnp", errno: error) }
    return status
  }

  private func leave() {
    ct_leave()
    errorLog?.end()
  }

  private func enter() {
    // After `bg` we must not draw: this stops us again until `fg`.
    ct_await_foreground(inputDescriptor)
    errorLog?.begin()
    ct_enter()
    refreshSize()
  }
}
