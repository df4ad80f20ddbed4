/// A picture of figures, as a value: the data alone.
///
/// The HTML form draws it. Every other form says `words` in its place, so that nothing is in a picture alone.
package enum Figure: Sendable, Hashable {
  /// An incident on an axis of time.
  case course(Course)
  /// How long something took, each case a mark.
  case distribution(Distribution)
  /// How many there were, day by day, week by week or month by month.
  case volume(Volume)
  /// At which hours of which days of the week.
  case heatMap(HeatMap)
}

/// What every sort of picture has beside its drawing.
protocol Plot: Sendable, Hashable {
  /// What it shows: `Time to restore by priority`.
  var title: String { get }
  /// What a person who cannot see it has to know, in sentences computed from the data.
  var alternative: String { get }
  /// The data as a table; nil where the document that shows the picture has such a table anyway.
  var table: Table? { get }
}

extension Figure {
  var plot: any Plot {
    switch self {
    case .course(let plot): plot
    case .distribution(let plot): plot
    case .volume(let plot): plot
    case .heatMap(let plot): plot
    }
  }

  package var title: String { plot.title }
  package var alternative: String { plot.alternative }
  package var table: Table? { plot.table }

  /// The picture in a format that has none: its title, what it says, its table. Nothing where all that is in the
  /// document's own tables.
  package var words: [Block] {
    guard let table else { return [] }
    return [.paragraph(Prose(title, .strong)), .table(table), .paragraph(Prose(alternative))]
  }
}
