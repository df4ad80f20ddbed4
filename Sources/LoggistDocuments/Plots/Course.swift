package import LoggistModel

/// An incident on an axis of time: milestones, and below them phases, impact and silences as bands.
package struct Course: Plot {
  package var title: String
  package var start: Instant
  package var end: Instant
  package var style: ClockStyle
  package var milestones: [Milestone]
  package var lanes: [Lane]

  /// A point in time with a name.
  package struct Milestone: Sendable, Hashable {
    package var at: Instant
    package var name: String
    package var isApproximate: Bool

    package init(_ name: String, at: Instant, isApproximate: Bool = false) {
      (self.name, self.at, self.isApproximate) = (name, at, isApproximate)
    }
  }

  /// Bands of one sort side by side.
  package struct Lane: Sendable, Hashable {
    /// `Phases`, `Impact`, `No entry`.
    package var name: String
    package var bands: [Band]

    package init(_ name: String, _ bands: [Band]) {
      (self.name, self.bands) = (name, bands)
    }
  }

  package struct Band: Sendable, Hashable {
    package var from: Instant
    package var to: Instant
    package var end: End
    package var name: String
    /// What is said of it beside its name where there is room: an impact's scope.
    package var detail: String?
    package var look: Look

    package init(
      _ name: String, _ look: Look, from: Instant, to: Instant, _ end: End = .recorded,
      detail: String? = nil
    ) {
      (self.name, self.look, self.from, self.to) = (name, look, from, to)
      (self.end, self.detail) = (end, detail)
    }
  }

  /// Whether a band's right edge is an end.
  package enum End: Sendable, Hashable {
    case recorded
    /// It is still going on at the moment of the document.
    case running
    /// Nobody wrote down when it ended.
    case missing
  }

  package enum Look: String, Sendable, Hashable {
    case phase, full, degraded, risk, silence
  }

  package init(
    _ title: String, from start: Instant, to end: Instant, style: ClockStyle,
    milestones: [Milestone], lanes: [Lane]
  ) {
    (self.title, self.start, self.end, self.style) = (title, start, end, style)
    (self.milestones, self.lanes) = (milestones, lanes)
  }
}

extension Course {
  package var alternative: String {
    var sentences = milestones.map { milestone in
      "\(milestone.name) at \(milestone.isApproximate ? "about " : "")"
        + "\(style.time(milestone.at, seenFrom: start))"
    }
    sentences = sentences.isEmpty ? [] : [sentences.joined(separator: ", ") + "."]
    for lane in lanes where !lane.bands.isEmpty {
      let bands = lane.bands.map { band in
        let name = [band.name, band.detail.map { "(\($0))" } ?? ""].filter { !$0.isEmpty }
        return (name + [band.length]).joined(separator: " ")
      }
      sentences.append("\(lane.name): \(bands.joined(separator: ", ")).")
    }
    return sentences.joined(separator: " ")
  }

  /// Phases, impact and timeline are tables of the document.
  package var table: Table? { nil }
}

extension Course.Band {
  /// `17 min`, `17 min so far`, `end not recorded`.
  var length: String {
    let span = (to - from).spoken
    return switch end {
    case .recorded: span
    case .running: "\(span) so far"
    case .missing: "end not recorded"
    }
  }
}
