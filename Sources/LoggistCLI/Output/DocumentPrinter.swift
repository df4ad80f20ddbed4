import LoggistDocuments
import LoggistModel
import Terminal

/// What a document can be given out as; each form is made only when it is asked for.
struct DocumentForms {
  var document: () -> Document
  var json: () -> JSONValue
  var csv: (() -> CSVTable)?
  var calendar: (() -> ICalendar)?

  init(
    document: @autoclosure @escaping () -> Document, json: @autoclosure @escaping () -> JSONValue
  ) {
    (self.document, self.json) = (document, json)
  }
}

/// Gives a document out in the form and to the place that were asked for.
struct DocumentPrinter {
  let options: DocumentOptions
  let color: ColorChoice
  /// Those that the command has: one that is not among them was refused before the log was read.
  let formats: [Format]

  func print(_ forms: DocumentForms) throws {
    let text = try text(forms)
    if let output = options.output {
      try OutputFile(output).write(text, isForced: options.force)
    } else {
      try StandardOutput.write(text)
    }
  }

  private func text(_ forms: DocumentForms) throws -> String {
    let format = try options.chosenFormat(among: formats)
    return switch format {
    case .txt: forms.document().text(width: width, measure: .terminal)
    case .md: forms.document().markdown
    case .json: forms.json().line
    case .csv: forms.csv?().text(isForExcel: options.excel) ?? ""
    case .ics: forms.calendar?().text ?? ""
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
