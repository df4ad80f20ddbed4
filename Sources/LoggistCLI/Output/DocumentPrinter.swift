import LoggistDocuments
import LoggistModel
import LoggistStore
import Terminal

/// Gives a document out in the form and to the place that were asked for.
struct DocumentPrinter {
  let options: DocumentOptions
  let color: ColorChoice
  /// Whose templates and style sheet lay it out.
  let store: Store

  func print(_ document: @autoclosure () -> Document, json: @autoclosure () -> JSONValue) throws {
    switch try options.chosenFormat() {
    case .txt: try write(document().text(width: width, measure: .terminal))
    case .md: try write(document().markdown)
    case .html: try write(document().html(style: Templates(store).stylesheet()))
    case .json: try write(json().line)
    }
  }

  /// A document that the store can have templates of.
  func print<Made: TemplatedDocument>(
    _ document: Made, json: @autoclosure () -> JSONValue
  ) throws {
    switch try options.chosenFormat() {
    case .md: try write(Templates(store).text(of: document, .md))
    case .html: try write(Templates(store).text(of: document, .html))
    case .txt, .json: try print(document.document, json: json())
    }
  }

  private func write(_ text: String) throws {
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
