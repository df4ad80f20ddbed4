import Testing

@testable import LoggistModel

@Suite("Entries about entries")
struct EffectiveEntryTests {
  @Test("a correction changes what an entry says and leaves the line alone")
  func correction() throws {
    var log = Scribe()
    let ref = log.log(.note, "wrong")
    let correction = log.correct(ref, [("text", .string("right"))], reason: "misheard")
    let entry = try #require(log.journal.entry(ref))
    #expect(entry.entry.text == "right")
    #expect(entry.record.entry.text == "wrong")
    #expect(entry.corrections.map(\.ref) == [correction])
    #expect(entry.corrections.map(\.reason) == ["misheard"])
    #expect(log.journal["INC-1"]?.entries.texts == ["right"])
  }

  @Test("of several corrections the one that was logged last wins, field by field")
  func latestWins() throws {
    var log = Scribe()
    let ref = log.log(.complaint, "a", [.place: .string("Ward A")])
    log.correct(ref, [("text", .string("late")), ("place", .null)], logged: 9, node: "LAB")
    log.correct(ref, [("text", .string("early")), ("caller", .string("Bisi"))], logged: 5)
    let entry = try #require(log.journal.entry(ref)).entry
    #expect(entry.text == "late")
    #expect(entry.string(.place) == nil)
    #expect(entry.string(.caller) == "Bisi")
  }

  @Test("a corrected correction counts as corrected")
  func chain() {
    var log = Scribe()
    let ref = log.log(.note, "a")
    let first = log.correct(ref, [("text", .string("b"))])
    log.correct(first, [("set", .object([JSONMember("text", .string("c"))]))])
    #expect(log.journal.entry(ref)?.entry.text == "c")
  }

  @Test("striking a correction brings the first words back, unstriking takes them away again")
  func strikeOfCorrection() {
    var log = Scribe()
    let ref = log.log(.note, "a")
    let correction = log.correct(ref, [("text", .string("b"))])
    let strike = log.say(.struck, of: correction)
    #expect(log.journal.entry(ref)?.entry.text == "a")
    #expect(log.journal.entry(ref)?.corrections.isEmpty == true)
    var other = log
    log.say(.unstruck, of: correction)
    #expect(log.journal.entry(ref)?.entry.text == "b")
    other.say(.struck, of: strike)
    #expect(other.journal.entry(ref)?.entry.text == "b")
  }

  @Test("a struck entry stays in the record and out of what counts")
  func strike() throws {
    var log = Scribe()
    log.log(.opened, nil, [.title: .string("t")])
    let ref = log.log(.note, "x", by: "bisi")
    let strike = log.say(.struck, of: ref)
    let entry = try #require(log.journal.entry(ref))
    #expect(entry.strike?.ref == strike)
    #expect(entry.strike?.author == "ama")
    #expect(entry.strike?.reason == "because")
    let incident = try #require(log.journal["INC-1"])
    #expect(incident.all.count == 2)
    #expect(incident.entries.count == 1)
    log.say(.unstruck, of: ref)
    #expect(log.journal["INC-1"]?.entries.count == 2)
  }

  @Test("correcting the incident moves the entry, correcting the time its place in the timeline")
  func moves() throws {
    var log = Scribe()
    log.log(.note, at: 10, "first")
    let ref = log.log(.note, at: 20, "second")
    log.log(.note, in: "INC-2", at: 30, "other")
    log.correct(ref, [("incident", .string("INC-2"))])
    log.correct(ref, [("at", .string("2022-01-05T20:40:00+01:00"))])
    #expect(log.journal["INC-1"]?.entries.texts == ["first"])
    #expect(log.journal["INC-2"]?.entries.texts == ["other", "second"])
    #expect(log.journal.entry(ref)?.incident == Scribe.incident("INC-2"))
  }

  @Test("a correction from a machine whose clock is slow counts all the same")
  func slowClock() {
    var log = Scribe()
    let ref = log.log(.note, at: 10, "a")
    log.correct(ref, [("text", .string("b"))], logged: 7, node: "LAB")
    #expect(log.journal.entry(ref)?.entry.text == "b")
    let second = log.log(.note, at: 11, "c")
    log.say(.struck, of: second, logged: 8, node: "LAB")
    #expect(log.journal.entry(second)?.isStruck == true)
  }

  @Test("entries that strike each other, or themselves, come to an end")
  func circles() throws {
    var log = Scribe()
    let third = try #require(EntryRef("INC.3"))
    let first = log.say(.struck, of: third)
    let second = log.say(.struck, of: first)
    log.say(.struck, of: second)
    let itself = try #require(EntryRef("INC.4"))
    log.say(.struck, of: itself)
    let journal = log.journal
    // INC.1 is older than INC.3 and cannot strike it: INC.3 strikes INC.2, so that INC.1 stands.
    #expect(journal.entry(third)?.isStruck == false)
    #expect(journal.entry(second)?.isStruck == true)
    #expect(journal.entry(first)?.isStruck == false)
    #expect(journal.entry(itself)?.isStruck == false)
  }

  @Test("a correction cannot make a line be about another entry")
  func fixedSubject() {
    var log = Scribe()
    let (one, two) = (log.log(.note, "1"), log.log(.note, "2"))
    let strike = log.say(.struck, of: one)
    log.correct(strike, [("ref", .string("\(two)"))])
    log.correct(two, [("kind", .string("struck")), ("text", .string("changed"))])
    let journal = log.journal
    #expect(journal.entry(one)?.isStruck == true)
    #expect(journal.entry(two)?.isStruck == false)
    #expect(journal.entry(two)?.kind == .note)
    #expect(journal.entry(two)?.entry.text == "changed")
    #expect(journal.entry(strike)?.entry.ref == one)
  }

  @Test("a long chain of corrections is no trouble")
  func longChain() {
    var log = Scribe()
    var ref = log.log(.note, "a")
    for _ in 0..<3_000 { ref = log.correct(ref, [("reason", .string("again"))]) }
    let journal = log.journal
    #expect(journal.entry(ref)?.corrections.isEmpty == true)
    #expect(journal.records.count == 3_001)
  }

  @Test("an entry about an entry makes no incident")
  func noIncident() {
    var log = Scribe()
    let ref = log.log(.note, "a")
    log.correct(ref, [("incident", .string("INC-2"))])
    #expect(log.journal["INC-1"] == nil)
    #expect(log.journal["INC-2"]?.entries.texts == ["a"])
  }

  @Test("lateness is from the corrected time, and imports are never late")
  func lateness() {
    var log = Scribe()
    let late = log.log(.note, at: 0, logged: 6, "a")
    let onTime = log.log(.note, at: 0, logged: 4, "b")
    let imported = log.log(.note, at: 0, logged: 60, "c", via: .import)
    let mended = log.log(.note, at: 0, logged: 60, "d")
    log.correct(mended, [("at", .string("2022-01-05T20:58:00+01:00"))], logged: 61)
    let journal = log.journal
    #expect(journal.entry(late)?.isLate == true)
    #expect(journal.entry(onTime)?.isLate == false)
    #expect(journal.entry(imported)?.isLate == false)
    #expect(journal.entry(imported)?.isBackfill == true)
    #expect(journal.entry(mended)?.isLate == false)
  }
}

@Suite("Redaction")
struct RedactionTests {
  @Test("takes the text out of the entry, its line and its earlier corrections")
  func redaction() throws {
    var log = Scribe()
    let ref = log.log(.complaint, "patient X", [.caller: .string("X"), .callback: .bool(true)]) {
      $0.tags = ["X"]
    }
    log.correct(
      ref, [("text", .string("patient XY")), ("at", .string("2022-01-05T20:05:00+01:00"))])
    let before = Journal(log.records)
    let redaction = log.say(.redacted, of: ref)
    let entry = try #require(log.journal.entry(ref))
    #expect(entry.redaction == redaction)
    #expect(
      entry.entry.json.text
        == #"{"kind":"complaint","incident":"INC-1","at":"2022-01-05T20:05:00+01:00","#
        + #""callback":true,"redacted":"INC.3"}"#)
    #expect(entry.record.entry.isRedacted)
    #expect(entry.record.entry.text == nil)
    #expect(entry.corrections.flatMap(\.changes).map(\.name) == ["at"])
    #expect(log.journal["INC-1"]?.complaints.count == 1)
    #expect(log.journal.records.first?.entry.text == nil)

    var running = before
    running.apply(log.records.suffix(1))
    #expect(running.entry(ref) == entry)
    #expect(running.asOf(Scribe.minute(0)).entry(ref)?.entry.text == nil)
  }

  @Test("leaves what holds no words, so that no clock and no strike changes")
  func whatRemains() throws {
    var log = Scribe()
    let mitigation = log.log(
      .mitigation, "for patient X", [.outcome: .string("held"), .reason: .string("patient X")])
    let note = log.log(.note, "struck")
    let strike = log.say(.struck, of: note)
    log.say(.redacted, of: mitigation)
    log.say(.redacted, of: strike)
    let journal = log.journal
    #expect(journal.entry(mitigation)?.entry.string(.outcome) == "held")
    #expect(journal.entry(mitigation)?.entry[.reason] == nil)
    #expect(journal.entry(note)?.isStruck == true)
    // Read anew, from what the redaction leaves in the file, it is the same.
    let left = journal.records.map { record in
      var record = record
      if record.ref == strike { record.entry = record.entry.redacted(by: record.ref) }
      return record
    }
    #expect(Journal(left).entry(note)?.isStruck == true)
  }

  @Test("cannot be struck, and what is written after it stands")
  func afterwards() throws {
    var log = Scribe()
    let ref = log.log(.mitigation, "for patient X", [.outcome: .string("held")])
    let redaction = log.say(.redacted, of: ref)
    log.say(.struck, of: redaction)
    log.correct(ref, [("outcome", .string("held")), ("text", .string("for a patient"))])
    let entry = try #require(log.journal.entry(ref))
    #expect(entry.redaction == redaction)
    #expect(entry.entry.text == "for a patient")
    #expect(entry.entry.string(.outcome) == "held")
  }

  @Test("of a strike leaves the strike in force")
  func ofStrike() {
    var log = Scribe()
    let ref = log.log(.note, "a")
    let strike = log.say(.struck, of: ref)
    log.say(.redacted, of: strike)
    #expect(log.journal.entry(ref)?.strike?.ref == strike)
    #expect(log.journal.entry(ref)?.strike?.reason == "")
  }
}

@Suite("Complaints and their incidents")
struct AttachmentTests {
  @Test("a complaint counts where it was attached last")
  func attach() {
    var log = Scribe()
    let call = log.log(.complaint, in: nil, "c")
    #expect(log.journal.deskWide.texts == ["c"])
    log.log(.opened, in: "INC-1", at: 1)
    log.log(.opened, in: "INC-2", at: 1)
    log.say(.attached, of: call, "INC-1")
    #expect(log.journal["INC-1"]?.complaints.texts == ["c"])
    #expect(log.journal.deskWide.isEmpty)
    log.say(.attached, of: call, "INC-2")
    #expect(log.journal["INC-1"]?.complaints.isEmpty == true)
    #expect(log.journal["INC-2"]?.complaints.texts == ["c"])
    log.say(.detached, of: call, "INC-2")
    #expect(log.journal["INC-2"]?.complaints.isEmpty == true)
    #expect(log.journal.deskWide.texts == ["c"])
  }

  @Test("detaching from an incident that it has left does nothing")
  func detachElsewhere() {
    var log = Scribe()
    let call = log.log(.complaint, in: "INC-1", "c")
    log.say(.attached, of: call, "INC-2")
    log.say(.detached, of: call, "INC-1")
    #expect(log.journal["INC-2"]?.complaints.texts == ["c"])
  }

  @Test("striking an attachment puts the complaint back where it was")
  func strikeOfAttachment() {
    var log = Scribe()
    let call = log.log(.complaint, in: "INC-1", "c")
    let move = log.say(.attached, of: call, "INC-2")
    log.say(.struck, of: move)
    #expect(log.journal["INC-1"]?.complaints.texts == ["c"])
    #expect(log.journal["INC-2"]?.complaints.isEmpty == true)
  }

  @Test("attaching and correcting the incident: what was logged last holds")
  func correctionAfterwards() {
    var log = Scribe()
    let call = log.log(.complaint, in: "INC-1", "c")
    log.say(.attached, of: call, "INC-2")
    log.correct(call, [("incident", .string("INC-3"))])
    #expect(log.journal.entry(call)?.incident == Scribe.incident("INC-3"))
    log.say(.attached, of: call, "INC-1")
    #expect(log.journal.entry(call)?.incident == Scribe.incident("INC-1"))
    // A correction that says nothing of the incident moves nothing.
    log.correct(call, [("text", .string("d"))])
    #expect(log.journal["INC-1"]?.complaints.texts == ["d"])
  }

  @Test("only complaints can be attached")
  func others() {
    var log = Scribe()
    let note = log.log(.note, in: "INC-1", "n")
    log.say(.attached, of: note, "INC-2")
    #expect(log.journal.entry(note)?.incident == Scribe.incident("INC-1"))
  }

  @Test("a caller waits until somebody called back, wherever that was logged")
  func callbacks() {
    var log = Scribe()
    let call = log.log(.complaint, in: "INC-1", "c", [.callback: .bool(true)])
    log.log(.complaint, in: "INC-1", "no wish")
    #expect(log.journal["INC-1"]?.callbacks.map(\.ref) == [call])
    let informed = log.say(.informed, of: call)
    #expect(log.journal["INC-1"]?.callbacks.isEmpty == true)
    log.say(.attached, of: call, "INC-2")
    #expect(log.journal["INC-2"]?.callbacks.isEmpty == true)
    #expect(log.journal.entry(call)?.informed?.ref == informed)
    log.say(.struck, of: informed)
    #expect(log.journal["INC-2"]?.callbacks.map(\.ref) == [call])
  }
}

@Suite("Merging")
struct MergeTests {
  private static func merge(_ log: inout Scribe, _ source: String, into target: String) -> EntryRef
  {
    log.log(.merged, in: source, nil, [.into: .string(target)])
  }

  private static func three() -> Scribe {
    var log = Scribe()
    for (minute, id) in [(3, "INC-1"), (2, "INC-2"), (1, "INC-3")] {
      log.log(.opened, in: id, at: minute, nil, [.title: .string(id)])
      log.log(.noticed, in: id, at: minute, "noticed \(id)")
      log.log(.complaint, in: id, at: minute + 5, "complaint \(id)", [.callback: .bool(true)])
      log.log(.note, in: id, at: minute, "note \(id)")
    }
    return log
  }

  @Test("the target counts the source's reports, the source leaves the board")
  func merge() throws {
    var log = MergeTests.three()
    let merge = MergeTests.merge(&log, "INC-2", into: "INC-1")
    let journal = log.journal
    let target = try #require(journal["INC-1"])
    #expect(target.sources == [Scribe.incident("INC-2")])
    #expect(target.complaints.texts == ["complaint INC-2", "complaint INC-1"])
    #expect(target.callbacks.count == 2)
    #expect(target.firstReport?.entry.text == "noticed INC-2")
    #expect(!target.entries.texts.contains("note INC-2"))
    let source = try #require(journal["INC-2"])
    #expect(source.status == .merged)
    #expect(source.mergedInto == target.id)

    log.say(.unmerged, of: merge, "INC-2")
    #expect(log.journal["INC-1"]?.sources.isEmpty == true)
    #expect(log.journal["INC-2"]?.status == .open)
    #expect(log.journal["INC-1"]?.complaints.count == 1)
  }

  @Test("a merge through a third incident counts at the end of the chain")
  func chain() {
    var log = MergeTests.three()
    _ = MergeTests.merge(&log, "INC-3", into: "INC-2")
    _ = MergeTests.merge(&log, "INC-2", into: "INC-1")
    #expect(log.journal["INC-1"]?.complaints.count == 3)
    #expect(log.journal["INC-1"]?.sources.count == 2)
    #expect(log.journal["INC-1"]?.firstReport?.entry.text == "noticed INC-3")
    #expect(log.journal["INC-3"]?.mergedInto == Scribe.incident("INC-2"))
    // A complaint that comes in at the far end is seen at the other.
    var journal = log.journal
    log.log(.complaint, in: "INC-3", "one more")
    let touched = journal.apply(log.records.suffix(1))
    #expect(journal["INC-1"]?.complaints.count == 4)
    #expect(touched.contains(Scribe.incident("INC-1")))
  }

  @Test("of a circle the merge that closes it does not count")
  func circle() {
    var log = MergeTests.three()
    _ = MergeTests.merge(&log, "INC-1", into: "INC-2")
    _ = MergeTests.merge(&log, "INC-2", into: "INC-3")
    _ = MergeTests.merge(&log, "INC-3", into: "INC-1")
    _ = MergeTests.merge(&log, "INC-3", into: "INC-3")
    let journal = log.journal
    #expect(journal["INC-1"]?.status == .merged)
    #expect(journal["INC-2"]?.status == .merged)
    #expect(journal["INC-3"]?.status == .open)
    #expect(journal["INC-3"]?.complaints.count == 3)
  }

  @Test("a second merge moves it, striking that one moves it back")
  func again() {
    var log = MergeTests.three()
    _ = MergeTests.merge(&log, "INC-1", into: "INC-2")
    let second = MergeTests.merge(&log, "INC-1", into: "INC-3")
    #expect(log.journal["INC-1"]?.mergedInto == Scribe.incident("INC-3"))
    #expect(log.journal["INC-2"]?.complaints.count == 1)
    log.say(.struck, of: second)
    #expect(log.journal["INC-1"]?.mergedInto == Scribe.incident("INC-2"))
    #expect(log.journal["INC-3"]?.complaints.count == 1)
  }

  @Test("an incident is not merged into one that nobody has heard of")
  func unknownTarget() {
    var log = MergeTests.three()
    _ = MergeTests.merge(&log, "INC-1", into: "LAB-7")
    var journal = log.journal
    #expect(journal["INC-1"]?.status == .open)
    log.log(.opened, in: "LAB-7", nil, [.title: .string("heard of")], node: "LAB")
    journal.apply(log.records.suffix(1))
    #expect(journal["INC-1"]?.status == .merged)
    #expect(journal["LAB-7"]?.complaints.count == 1)
  }

  @Test("a call back before the merge is not forgotten by it")
  func informedBefore() throws {
    var log = MergeTests.three()
    let call = try #require(log.records.first { $0.entry.text == "complaint INC-2" }).ref
    log.say(.informed, of: call, "INC-2")
    _ = MergeTests.merge(&log, "INC-2", into: "INC-1")
    #expect(log.journal["INC-1"]?.callbacks.texts == ["complaint INC-1"])
  }
}
