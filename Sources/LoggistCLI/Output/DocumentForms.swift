import LoggistDocuments
import LoggistModel

/// What a document can be given out as; each form is made only when it is asked for.
struct DocumentForms {
  var document: () -> Document
  var json: () -> JSONValue
  var csv: (() -> CSVTable)?
  var calendar: (() -> ICalendar)?
  var openMetrics: (() -> String)?
  /// As the store's templates lay it out; nil for a document without one.
  var laidOut: ((Templates, TemplateFormat) throws -> String)?

  init(
    document: @autoclosure @escaping () -> Document, json: @autoclosure @escaping () -> JSONValue
  ) {
    (self.document, self.json) = (document, json)
  }

  init<Made: TemplatedDocument>(_ made: Made, json: @autoclosure @escaping () -> JSONValue) {
    self.init(document: made.document, json: json())
    laidOut = { templates, format in try templates.text(of: made, format) }
  }
}
