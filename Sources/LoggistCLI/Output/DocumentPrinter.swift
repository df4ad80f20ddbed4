import LoggistDocuments
import LoggistModel
import LoggistStore
import Terminal

/// Gives a document out in the form and to the place that were asked for.
struct DocumentPrinter {
  let options: DocumentOptions
  let color: ColorChoice
  /// Those that the command has: one that is not among them was refused before the log was read.
  let formats: [Format]
  /// Whose templates and style sheet lay it out.
  let store: Store

  func print(_ forms: DocumentForms) throws {
    let text = try text(forms)
    if let output = options.output {
      try OutputFile(output).write(text, isForced: options.force)
    } else {
      try StandardOutput.write(text)
    }
  }

  private func text(_ forms: DocumentForms) throws -> String {
    switch try options.chosenFormat(among: formats) {
    case .txt: forms.document().text(width: width, measure: .terminal)
    case .md: try forms.laidOut?(Templates(store), .md) ?? forms.document().markdown
    case .html:
      try forms.laidOut?(Templates(store), .html)
        ?? forms.document().html(style: Templates(store).stylesheet())
    case .json: forms.json().line
    case .csv: forms.csv?().text(isForExcel: options.excel) ?? ""
    case .ics: forms.calendar.map { calendar($0()) } ?? ""
    case .openmetrics: forms.openMetrics?() ?? ""
    }
  }

  /// One without a date is none to some readers, and nothing says why: then a sentence beside it does.
  private func calendar(_ calendar: ICalendar) -> String {
    if calendar.events.isEmpty {
      Messages.write("loggist: nothing in it has a date that it is due: the calendar is empty")
    }
    return calendar.text
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
