/// A plot that can draw itself.
protocol DrawnPlot: Plot {
  var drawing: SVG { get }
}

extension Figure {
  var drawing: SVG {
    switch self {
    case .course(let plot): plot.drawing
    case .distribution(let plot): plot.drawing
    case .volume(let plot): plot.drawing
    case .heatMap(let plot): plot.drawing
    }
  }
}
