import LoggistMetrics
import LoggistModel

/// What the Issue Summary states about an incident, each in a line.
extension CaseFile {
  /// From the start of the impact, else the first report, to the restoring; the clock is `ttr.1`.
  var window: Prose {
    guard let clock = metrics.clock(.ttr), let from = clock.from else { return .notRecorded }
    let start = from.at.instant
    let about = clock.isApproximate ? "about " : ""
    if let to = clock.to { return Prose(about + style.window(from: start, to: to.at.instant)) }
    return clock.isOpen
      ? Prose("\(about)\(style.moment(start)), still open")
      : Prose("\(about)\(style.moment(start)) to ") + .notRecorded
  }

  var duration: Prose {
    guard let clock = metrics.clock(.ttr), let span = clock.span else { return .notRecorded }
    let about = clock.isApproximate ? "about " : ""
    return Prose("\(about)\(span.inWords)\(clock.isOpen ? " so far" : "")")
  }

  /// Every scope that an impact named, in order.
  var affected: Prose {
    let scopes = scopes
    return scopes.isEmpty ? .notRecorded : Prose(scopes.joined(separator: "; "))
  }

  var complaints: Prose {
    let complaints = incident.complaints
    guard let first = complaints.first else { return "none recorded" }
    let details = [first.entry.string(.caller), first.entry.string(.place)].compactMap(\.self)
    let who = details.isEmpty ? "" : " (\(details.joined(separator: ", ")))"
    let time = style.timeAndZone(first.at)
    return Prose("\(complaints.count), \(complaints.count > 1 ? "the first " : "")at \(time)\(who)")
  }

  var detection: Prose {
    guard let report = incident.firstReport else { return .notRecorded }
    let time = style.timeAndZone(report.at)
    if report.kind == .complaint { return Prose("by a caller's complaint at \(time)") }
    let how = report.entry.string(.how).map { " by \($0 == "vendor" ? "a vendor" : $0)" } ?? ""
    return Prose("noticed\(how) at \(time)")
  }

  /// The first line of the root cause; the rest has its section.
  var cause: Prose {
    Prose(
      orNotRecorded: latestText(.rootCause)?.lines.first { !String($0).isBlank }.map {
        String($0)
      })
  }
}
