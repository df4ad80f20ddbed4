import LoggistMetrics
import LoggistModel

/// The figures of a period for a Prometheus textfile collector (OpenMetrics 1.0).
///
/// Gauges all: a period's figure goes up and down as its incidents end, and nothing counts upwards for ever. What is not
/// recorded has no sample, which is how Prometheus says it; a zero would be a lie.
extension PeriodFigures {
  func openMetrics(_ ids: Set<ClockID>?) -> String {
    var text = ""
    for family in families(ids) {
      text += "# TYPE \(family.name) gauge\n"
      if family.name.hasSuffix("_seconds") { text += "# UNIT \(family.name) seconds\n" }
      text += "# HELP \(family.name) \(escaped(family.help, quote: false))\n"
      var times: [String: Int] = [:]
      for sample in family.samples {
        var labels = sample.labels.map { "\($0.0)=\"\(escaped($0.1, quote: true))\"" }
          .joined(separator: ",")
        times[labels, default: 0] += 1
        // Two names that differ in a control alone read the same here, and one series twice voids the whole file.
        if let count = times[labels], count > 1 { labels += ",nth=\"\(count)\"" }
        text += "\(family.name){\(labels)} \(sample.value)\n"
      }
    }
    return text + "# EOF\n"
  }

  private struct Family {
    let name: String
    let help: String
    var samples: [(labels: [(String, String)], value: Int)] = []

    mutating func add(_ value: Int?, _ labels: [(String, String)]) {
      if let value { samples.append((labels, value)) }
    }
  }

  private func families(_ ids: Set<ClockID>?) -> [Family] {
    let period = [("period", metrics.period.label)]
    var times = Family(
      name: "loggist_time_seconds",
      help:
        "A clock's figure over the period: nearest-rank percentiles, the longest, the Kaplan-Meier median."
    )
    var counts = Family(
      name: "loggist_clocks",
      help:
        "Clocks of the period by state: ended, missing, fallback (of the ended), open, negative.")
    var targets = Family(
      name: "loggist_target_clocks",
      help: "Clocks held against a target: within, missed, undecided.")
    var limits = Family(name: "loggist_target_seconds", help: "The target of a clock.")
    for summary in summaries(ids) {
      let labels = period + summary.labels
      for (name, value) in summary.percentiles {
        times.add(value?.seconds, labels + [("stat", name)])
      }
      times.add(summary.kaplanMeier?.seconds, labels + [("stat", "km_p50")])
      if extras.contains(.mean) { times.add(summary.mean, labels + [("stat", "mean")]) }
      let states = [
        ("ended", summary.count), ("missing", summary.missing), ("fallback", summary.fallback),
        ("open", summary.open.count), ("negative", summary.negative),
      ]
      for (state, count) in states { counts.add(count, labels + [("state", state)]) }
      counts.add(summary.late, labels + [("state", "late")])
      guard let held = summary.held else { continue }
      let results = [
        ("within", held.within), ("missed", held.missed), ("undecided", held.undecided),
      ]
      for (result, count) in results { targets.add(count, labels + [("result", result)]) }
      limits.add(held.target?.seconds, labels)
    }
    var incidents = Family(
      name: "loggist_incidents",
      help: "Incidents of the period's population, and those left out of it.")
    incidents.add(metrics.population.members.count, period + [("state", "counted")])
    for (name, count) in metrics.population.excluded.counts {
      incidents.add(count, period + [("state", name)])
    }
    var asOf = Family(
      name: "loggist_as_of_timestamp_seconds", help: "The moment as of which all of this holds.")
    asOf.add(Int(metrics.asOf.milliseconds / 1000), period)
    return [incidents, times, counts, targets, limits, asOf].filter { !$0.samples.isEmpty }
  }
}

extension Summary {
  fileprivate var labels: [(String, String)] {
    [("metric", id.rawValue)]
      + (group.map { [("by", $0.by.rawValue), ("group", $0.title)] } ?? [])
  }
}

/// A label's value or a help text: backslash, line feed and, in a label, the quotation mark are escaped; controls are
/// visible signs as everywhere.
private func escaped(_ text: String, quote: Bool) -> String {
  var escaped = String.UnicodeScalarView()
  for line in text.lines.map({ visible($0) }).joined(separator: "\n").unicodeScalars {
    switch line {
    case "\\": escaped.append(contentsOf: "\\\\".unicodeScalars)
    case "\n": escaped.append(contentsOf: "\\n".unicodeScalars)
    case "\"" where quote: escaped.append(contentsOf: "\\\"".unicodeScalars)
    default: escaped.append(line)
    }
  }
  return String(escaped)
}
