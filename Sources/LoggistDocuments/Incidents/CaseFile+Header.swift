import LoggistMetrics
import LoggistModel

extension CaseFile {
  /// The facts that stand at the head of every document about one incident.
  var header: [Block] {
    var blocks: [Block] = []
    if context.isRehearsal {
      blocks.append(.paragraph(DocumentContext.rehearsalWords))
    }
    var facts = [
      Fact("Incident", Prose(incident.id.description)),
      Fact("Title", Prose(orNotRecorded: incident.title)),
      Fact("Class", Prose(incident.class.rawValue.underscoresAsSpaces)),
      Fact("Status", Prose(statusWords)),
      Fact("Priority", priority),
      Fact("Service", Prose(orNotRecorded: incident.service)),
      Fact("Place", Prose(orNotRecorded: incident.place)),
      Fact("Desk", Prose(orNotRecorded: context.deskName)),
    ]
    let roles = incident.roles.sorted { $0.key < $1.key }
    if !roles.isEmpty {
      facts.append(
        Fact(
          "Roles", Prose(roles.map { "\($0.underscoresAsSpaces): \($1)" }.joined(separator: "; "))))
    }
    if !incident.sources.isEmpty {
      let sources = incident.sources.map(\.description).joined(separator: ", ")
      facts.append(Fact("Merged into it", Prose(sources)))
    }
    facts += [
      Fact("As of", style.prose(style.moment(context.asOf), at: context.asOf)),
      Fact("Times in", Prose("\(zones), \(style.zone.name)")),
    ]
    facts += context.withheldFacts(about: incident.id)
    facts += context.heads.map { Fact("Log head \($0.node)", Prose($0.text)) }
    facts += [
      Fact("Entries", Prose(countWords)),
      Fact("Made by", Prose("Loggist \(context.version)")),
    ]
    return blocks + [.facts(facts)]
  }

  var title: String { incident.title.isBlank ? incident.id.description : incident.title }

  private var statusWords: String {
    incident.mergedInto.map { "merged into \($0)" } ?? incident.status.rawValue
  }

  private var priority: Prose {
    let priority = Prose(orNotRecorded: incident.priority?.description)
    return incident.isMajor ? priority + ", major incident" : priority
  }

  /// What a template can name of the incident, each in a line.
  var values: [(name: String, value: Prose?)] {
    func said(_ text: String?) -> Prose? { text.flatMap { $0.isBlank ? nil : Prose($0) } }
    return [
      ("incident", Prose(incident.id.description)), ("incident_title", said(incident.title)),
      ("class", Prose(incident.class.rawValue.underscoresAsSpaces)),
      ("status", Prose(statusWords)), ("priority", said(incident.priority?.description)),
      ("major", incident.isMajor ? "major incident" : nil),
      ("service", said(incident.service)), ("place", said(incident.place)),
      ("owner", said(incident.owner)), ("entries", Prose(countWords)),
      ("window", window), ("duration", duration), ("affected", affected),
      ("complaints", complaints), ("detection", detection), ("cause", cause),
    ]
  }

  private var countWords: String {
    "\(counts.entries), of them \(counts.late) late, \(counts.corrected) corrected, "
      + "\(counts.struck) struck, \(counts.redacted) redacted"
  }

  /// The zone of every time in the document.
  var zones: String { style.zones(of: entries.map(\.at)) }

  /// What stands above every table with times.
  var timesCaption: Block { .paragraph(Prose(timesWords, .emphasis)) }

  private var timesWords: String {
    let day = mainDay.map { ", on \(style.longDate($0)) where no date is given" } ?? ""
    return "Times in \(zones)\(day)."
  }

  /// The day on which it began.
  private var mainDay: CivilDate? { zero.map { style.date($0.at.instant) } }

  /// A time in a table under the heading of its day; with its zone where the document has several offsets.
  func cell(_ instant: Instant, isApproximate: Bool = false) -> Prose {
    style.prose(words(instant, isApproximate: isApproximate), at: instant)
  }

  private func words(_ instant: Instant, isApproximate: Bool) -> String {
    let isOnlyOffset = style.zone.period(at: instant).offsetMinutes == onlyOffset
    return (isApproximate ? "~" : "")
      + (isOnlyOffset ? style.time(instant) : style.timeAndZone(instant))
  }

  /// A time in a table under `timesCaption`: with its date where it is not the day on which it all began.
  func datedCell(_ instant: Instant, isApproximate: Bool = false) -> Prose {
    let time = words(instant, isApproximate: isApproximate)
    let date = style.date(instant)
    return style.prose(
      date == mainDay ? time : "\(style.longDate(date)), \(time)", at: instant)
  }

  /// `INC.7, 9:20 pm on January 5, 2022`.
  func moment(of entry: EffectiveEntry) -> String {
    let about = entry.entry.precision == .approximate ? "~" : ""
    return "\(entry.ref), \(about)\(style.moment(entry.at))"
  }
}
