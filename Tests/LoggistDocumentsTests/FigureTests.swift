import LoggistModel
import Testing

@testable import LoggistDocuments

@Suite struct FigureTests {
  static let distribution = Distribution(
    "Time to restore by priority",
    rows: [
      Distribution.Row(
        "P1", seconds: [60, 300, 600, 900, 1200, 1500, 1800, 2100, 2400, 6000],
        target: .hours(1), open: 1),
      Distribution.Row("P2", seconds: [600, 600, 7200], target: .hours(4)),
      Distribution.Row("P3", seconds: []),
    ])

  static let curve = Distribution(
    "Time to resolve",
    rows: [
      Distribution.Row("Ward <C>", seconds: (1...200).map { $0 * $0 * 10 }, target: .hours(24)),
      Distribution.Row("other", seconds: (1...70).map { $0 * 600 }),
    ])

  static let volume = Volume(
    "Incidents by month", series: ["P1", "P2", "not recorded"],
    buckets: [
      Volume.Bucket("Jan", [1, 4, 0]), Volume.Bucket("Feb", [0, 0, 0]),
      Volume.Bucket("Mar", [2, 3, 1]),
    ])

  static var heatMap: HeatMap {
    var counts = Array(repeating: Array(repeating: 0, count: 24), count: 7)
    for day in 0..<7 { for hour in 7..<20 { counts[day][hour] = (day * 5 + hour) % 7 } }
    counts[0][8] = 12
    return HeatMap("First reports by weekday and hour", counts: counts, hours: .twelve)
  }

  static var course: Course {
    let zone = Zone(name: "Africa/Lagos", offsetMinutes: 60, abbreviation: "WAT")
    let start = Instant(seconds: 1_641_411_900)
    func at(_ minutes: Int) -> Instant { start + .minutes(minutes) }
    return Course(
      "Course of INC-1", from: start, to: at(38), style: ClockStyle(zone: zone),
      milestones: [
        Course.Milestone("Impact began", at: start),
        Course.Milestone("First report", at: start),
        Course.Milestone("Escalated", at: at(17), isApproximate: true),
        Course.Milestone("Mitigated", at: at(35)), Course.Milestone("Restored", at: at(38)),
      ],
      lanes: [
        Course.Lane(
          "Phases",
          [
            Course.Band("escalate", .phase, from: start, to: at(17)),
            Course.Band("restore", .phase, from: at(35), to: at(38)),
          ]),
        Course.Lane(
          "Impact",
          [
            Course.Band("full", .full, from: start, to: at(20), detail: "Ward <C> & others"),
            Course.Band("degraded", .degraded, from: at(20), to: at(38), .running),
          ]),
      ])
  }

  static let all: [Figure] = [
    .course(course), .distribution(distribution), .distribution(curve), .volume(volume),
    .heatMap(heatMap),
  ]

  @Test func `Figures say in words what they show`() {
    #expect(
      Self.distribution.alternative
        == "P1: 10 and 1 still open, median 20 min, 90th percentile 40 min, longest 1 h 40 min, "
        + "9 of 10 within the target of 1 h. "
        + "P2: 3, median 10 min, longest 2 h, 3 of 3 within the target of 4 h. P3: none.")
    #expect(
      Self.volume.alternative
        == "11 in all; most in Mar: 6. By series: P1 3, P2 7, not recorded 1.")
    #expect(
      Self.heatMap.alternative.hasPrefix("284 in all; most in one hour: 12, Monday from 8 am."))
    #expect(
      Self.course.alternative
        == "Impact began at 20:45, First report at 20:45, Escalated at about 21:02, Mitigated at "
        + "21:20, Restored at 21:23. Phases: escalate 17 min, restore 3 min. Impact: full (Ward <C> "
        + "& others) 20 min, degraded 18 min so far.")
    #expect(Volume("V", series: [], buckets: []).alternative == "None.")
  }

  @Test func `Figures are these pictures, and words and tables where there are none`() throws {
    let document = Document(
      title: "Figures",
      blocks: [.heading(Heading("One of each sort"))] + Self.all.map { .figure($0) })
    try expectDocument(document.html(style: plainStyle), named: "figures.html")
    try expectDocument(document.markdown, named: "figures.md")
    try expectDocument(document.text(measure: .simple), named: "figures.txt")
  }

  @Test(
    "A length has one decimal at most",
    arguments: [
      (0, "0"), (12, "12"), (12.5, "12.5"), (12.04, "12"), (0.05, "0.1"), (-0.31, "-0.3"),
      (-0.04, "0"), (919.96, "920"),
    ])
  func number(value: Double, expected: String) {
    #expect(fixed(value) == expected)
  }

  @Test func `Labels stand on stairs, so that no label covers another one's leader`() {
    #expect(LabelStairs([(0, 50), (100, 50), (200, 50)]).levels == [0, 0, 0])
    #expect(LabelStairs([(0, 150), (100, 50), (200, 50)]).levels == [1, 0, 0])
    #expect(LabelStairs([(0, 50), (10, 50), (20, 50)]).levels == [2, 1, 0])
    #expect(LabelStairs([]).count == 0)
  }

  @Test func `A scale takes what is long by powers where most is short`() {
    let even = DurationScale(longest: 7000, typical: 3000, left: 0, right: 100)
    #expect(even.ticks == [0, 1800, 3600, 5400, 7200])
    #expect(even.x(3600) == 50)
    let powers = DurationScale(longest: 900_000, typical: 1800, left: 0, right: 100)
    #expect(powers.ticks.first == 60)
    #expect(powers.x(60) == 0)
    #expect(powers.x(900) < powers.x(901))
    #expect(powers.x(0) == 0)
    #expect(abs(logTwo(8) - 3) < 0.0001)
    #expect(abs(logTwo(10) - 3.321928) < 0.0001)
    let none = DurationScale(longest: 0, typical: 0, left: 0, right: 100)
    #expect(none.x(0) == 0)
  }

  @Test func `Ticks are round times of the zone, whatever the span`() {
    let zone = Zone(name: "Asia/Kathmandu", offsetMinutes: 345, abbreviation: "+0545")
    let start = Instant(seconds: 1_641_411_900)
    for minutes in [1, 38, 600, 5000, 100_000, 5_000_000] {
      let axis = TimeAxis(
        start: start, end: start + .minutes(minutes), left: 0, right: 100,
        style: ClockStyle(zone: zone))
      let ticks = axis.ticks(most: 9)
      #expect(ticks.count <= 10)
      for tick in ticks { #expect(zone.civil(tick).secondOfDay % 60 == 0) }
    }
  }
}
