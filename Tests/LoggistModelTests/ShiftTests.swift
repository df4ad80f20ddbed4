import Testing

@testable import LoggistModel

@Suite struct HandoversTests {
  private func give(_ scribe: inout Scribe, at: Int, to: String) -> EntryRef {
    scribe.log(.handover, in: nil, at: at, nil, [.from: .string("ama"), .to: .string(to)])
  }

  @Test func `The last handover waits until somebody accepts it`() {
    var scribe = Scribe()
    let first = give(&scribe, at: 0, to: "ben")
    #expect(Handovers(scribe.journal).waiting?.ref == first)
    scribe.log(.accepted, in: nil, at: 5, nil, [.ref: .string("\(first)")], by: "ben")
    let handovers = Handovers(scribe.journal)
    #expect(handovers.waiting == nil)
    #expect(handovers.last?.accepted?.author == "ben")
  }

  @Test func `One that was followed by another is no longer waited for`() {
    var scribe = Scribe()
    let first = give(&scribe, at: 0, to: "ben")
    let second = give(&scribe, at: 60, to: "cleo")
    scribe.log(.accepted, in: nil, at: 61, nil, [.ref: .string("\(second)")])
    #expect(Handovers(scribe.journal).waiting == nil)
    #expect(Handovers(scribe.journal)[first]?.accepted == nil)
  }

  @Test func `Taken in one by one they are what they are at once`() {
    var scribe = Scribe()
    let first = give(&scribe, at: 0, to: "ben")
    scribe.log(.note, at: 1, "something else")
    scribe.log(.accepted, in: nil, at: 5, nil, [.ref: .string("\(first)")])
    let second = give(&scribe, at: 60, to: "cleo")
    scribe.log(
      .struck, in: nil, at: 61, nil, [.ref: .string("\(second)"), .reason: .string("too early")])
    var journal = Journal()
    var handovers = Handovers(journal)
    for record in scribe.records {
      journal.apply([record])
      handovers.take([record], in: journal)
      #expect(handovers == Handovers(journal))
    }
    #expect(handovers.all.map(\.ref) == [first])
  }

  @Test
  func `A shift begins with the handover before it; while one waits, with the one before that`() {
    var scribe = Scribe()
    _ = give(&scribe, at: 0, to: "ben")
    let now = Scribe.minute(500)
    scribe.log(.accepted, in: nil, at: 1, nil, [.ref: .string("INC.1")])
    #expect(Handovers(scribe.journal).shiftStart(at: now) == Scribe.minute(0))
    _ = give(&scribe, at: 480, to: "cleo")
    #expect(Handovers(scribe.journal).shiftStart(at: now) == Scribe.minute(0))
    scribe.log(.accepted, in: nil, at: 481, nil, [.ref: .string("INC.3")])
    #expect(Handovers(scribe.journal).shiftStart(at: now) == Scribe.minute(480))
    #expect(Handovers().shiftStart(at: now) == now - .hours(12))
  }
}

@Suite struct ShiftTests {
  @Test func `A promise counts until the next word to the same people`() {
    var scribe = Scribe()
    scribe.log(.opened, nil, [.title: .string("T")])
    func told(_ at: Int, _ audience: String, due: Int?) {
      var fields: [Field: JSONValue] = [.audience: .string(audience)]
      if let due {
        fields[.nextDue] = .string("\(Timestamp(Scribe.minute(due), offsetMinutes: 60))")
      }
      scribe.log(.comms, at: at, "word", fields)
    }
    told(1, "wards", due: 30)
    told(2, "manager", due: 20)
    told(3, "wards", due: 60)
    told(4, "porters", due: 10)
    told(5, "porters", due: nil)
    let shift = Shift(
      scribe.journal, since: Scribe.minute(0), now: Scribe.minute(10), zone: .utc)
    #expect(shift.updates.map { $0.entry.string(.audience) } == ["manager", "wards"])
  }

  @Test func `Measures are due by the end of tomorrow, whatever became of their incident`() {
    var scribe = Scribe()
    scribe.log(.opened, nil, [.title: .string("T")])
    for due in ["2022-01-04", "2022-01-06", "2022-01-07", "someday"] {
      scribe.log(.measure, "by \(due)", [.type: .string("corrective"), .due: .string(due)])
    }
    let done = scribe.log(
      .measure, "done", [.type: .string("corrective"), .due: .string("2022-01-01")])
    scribe.log(.measureUpdate, nil, [.ref: .string("\(done)"), .state: .string("done")])
    scribe.log(.closed, at: 5, nil, [.reason: .string("so")])
    let shift = Shift(
      scribe.journal, since: Scribe.minute(0), now: Scribe.minute(10), zone: .utc)
    #expect(shift.measures.map(\.measure.text) == ["by 2022-01-04", "by 2022-01-06"])
    #expect(shift.measures.map(\.isOverdue) == [true, false])
    #expect(shift.open.isEmpty)
    #expect(shift.ended.map(\.id) == [Scribe.incident("INC-1")])
  }
}
