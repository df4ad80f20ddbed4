import LoggistDocuments
import LoggistModel
import Terminal

/// Gives a document out in the form and to the place that were asked for.
struct DocumentPrinter {
  let options: DocumentOptions
  let color: ColorChoice

  func print(_ document: @autoclosure () -> Document, json: @autoclosure () -> JSONValue) throws {
    let text =
      switch try options.chosenFormat() {
      case .txt: document().text(width: width, measure: .terminal)
      case .md: document().markdown
      case .json: json().line
      }
    if let output = options.output {
      try OutputFile(output).write(text, isForced: options.force)
    } else {
      try StandardOutput.write(text)
    }
  }

  /// A terminal's own, as long as lines stay readable; the same for every pipe and file, so that its bytes are.
  private var width: Int {
    guard options.output == nil, let columns = Paper(color).width else { return 100 }
    return min(max(columns, 40), 140)
  }
}

extension TextMeasure {
  /// As wide as a terminal's cells, and safe for them.
  static var terminal: TextMeasure {
    TextMeasure(width: { CellWidth.of($0) }, safe: { displaySafe($0) })
  }
}
