import LoggistModel
import Terminal
import Testing

@testable import LoggistUI

/// The line mode at the desk of an evening: what is said to what is typed.
private struct Talk {
  var plain: PlainSession
  var log = MemoryLog.ofTheDesk
  var said: [String] = []

  init(pageLength: Int? = nil) {
    plain = PlainSession(.ofAnEvening(), pageLength: pageLength)
    _ = plain.begin()
  }

  /// Types a line; returns what was said to it.
  @discardableResult
  mutating func callAsFunction(_ line: String) -> [String] {
    var lines: [String] = []
    take(plain.read(line), into: &lines)
    said += lines
    return lines
  }

  private mutating func take(_ answer: PlainSession.Answer, into lines: inout [String]) {
    lines += answer.lines
    for effect in answer.effects {
      if case .append(let submission) = effect {
        let records = log.append(submission, by: "ama", at: plain.state.now)
        take(plain.take(.appended(token: submission.token, records)), into: &lines)
      }
      for message in Evening.answer(effect) { take(plain.take(message), into: &lines) }
    }
  }

  var last: Entry? { plain.state.journal.records.last?.entry }
}

@Suite struct PlainTests {
  @Test func `A call is attached by number, and unasked where the line says to what`() {
    var talk = Talk()
    #expect(
      talk("n mail again from Ward A") == [
        "Which incident is it about?", "1: a new incident", "2: INC-2, P2, Mail is not delivered",
        "3: INC-3, P4, Badge reader dead at the back door", "4: do not log it",
      ])
    talk("2")
    #expect(talk.last?.incident?.number == 2)
    talk("q")
    talk("n INC-3 the door again")
    #expect(talk.last?.incident?.number == 3)
    talk("q")
    talk("n + smoke in the server room")
    #expect(talk.last?.incident?.number == 4)
  }

  @Test func `A question wants one of its numbers`() {
    var talk = Talk()
    talk("1")
    #expect(
      talk("n 2022-01-05 23:00 maintenance begins") == [
        "That is in the future.", "1: log it all the same", "2: do not log it",
      ])
    #expect(talk("7").first == "That is no answer. Type a number from 1 to 2.")
    #expect(talk("n") == ["Not logged."])
    talk("n 2022-01-05 23:00 maintenance begins")
    talk("1")
    #expect(talk.last?.text == "maintenance begins")
  }

  @Test func `An answer names its escalation where there are several`() {
    var talk = Talk()
    talk("1")
    talk("e @t.waller")
    talk("e @ben")
    #expect(
      talk("y he looks") == [
        "Which escalation?", "1: INC.13, 20:58, to Terence Waller", "2: INC.14, 20:58, to ben",
        "3: do not log it",
      ])
    talk("2")
    #expect(talk.last?.kind == .engaged)
    #expect(talk.last?.ref?.sequence == 14)
    #expect(talk.last?.text == "he looks")
    talk("unanswered")
    #expect(talk.last?.kind == .unanswered)
    #expect(talk.last?.ref?.sequence == 13)
  }

  @Test func `Callers are called back from the board by number`() {
    var talk = Talk()
    #expect(
      talk("b") == [
        "1: INC-2, 19:18, registration: Mail is not delivered",
        "b, the number and WORDS: that caller was called back.",
      ])
    talk("b 1 told them")
    #expect(talk.last?.kind == .informed)
    #expect(talk.last?.ref?.sequence == 6)
    #expect(talk.plain.state.openIncident == nil)
    #expect(talk("b") == ["Nobody waits to be called back."])
  }

  @Test func `Pasted lines are shown before they are logged`() {
    var talk = Talk()
    talk("1")
    for line in ["paste", "20:45 looked at the relay", "- 20:50 disk is full"] { talk(line) }
    #expect(
      talk(".") == [
        "Wed 5 Jan 20:45, note: looked at the relay", "Wed 5 Jan 20:50, note: disk is full",
        "Log them?", "1: log all 2", "2: do not log them",
      ])
    talk("1")
    #expect(
      talk.plain.state.journal.records.suffix(2).map(\.entry.text) == [
        "looked at the relay", "disk is full",
      ])
  }

  @Test func `A filter, the figures, the measures`() {
    var talk = Talk()
    #expect(
      talk("f badge") == [
        "2 open, 1 call to return. Filter: badge.",
        "1: INC-3, P4, Badge reader dead at the back door, open, owner nobody",
      ])
    #expect(talk("f").count == 4)
    #expect(talk("metrics").first == "2022-01: 3 incidents.")
    #expect(talk("M 2021") == ["2021: 0 incidents."])
    #expect(talk("M someday").first?.hasPrefix("someday is no period") == true)
    #expect(talk("m") == ["No measure is open."])
  }

  @Test func `A shift is handed over and accepted`() {
    var talk = Talk()
    #expect(talk("H").contains("INC-2  Mail is not delivered"))
    talk("n @ben all quiet")
    #expect(talk.last?.kind == .handover)
    #expect(talk("a").first == "You gave INC.13 yourself.")
    talk("2")
    talk("me ben")
    talk("a")
    #expect(talk.last?.kind == .accepted)
    #expect(talk.last?.author == "ben")
    #expect(
      talk("earlier") == talk("details"))
    #expect(
      talk("details") == [
        "INC.13: 5 January 2022, 20:58 WAT, ama to ben, accepted by ben at 20:58: all quiet"
      ])
  }

  @Test func `What was known is asked by number and by time`() {
    var talk = Talk()
    talk("1")
    #expect(talk("w 2").first == "As of 5 January 2022, 19:18 WAT, 2 of 5 recorded.")
    #expect(talk("w 20:00").first == "As of 5 January 2022, 19:20 WAT, 4 of 5 recorded.")
    #expect(talk("w 12:00") == ["Nobody knew of INC-2 at 12:00."])
    #expect(talk("w 9") == ["There are 5: type a number from 1 to 5."])
    #expect(talk("w whenever") == ["whenever is neither a number nor a time: w 7, w 21:09."])
  }

  @Test func `The review says what to type, and it can be signed`() {
    var talk = Talk()
    talk("1")
    #expect(
      talk("v").contains("no confirmed diagnosis recorded. Type: diagnosis verdict=confirmed WORDS")
    )
    talk("diagnosis verdict=confirmed disk full")
    #expect(talk.last?.kind == .diagnosis)
    #expect(talk("sign shift lead").first == "4 hints are open.")
    talk("1")
    #expect(talk.last?.string(.role) == "shift lead")
    #expect(talk("preview").first == "Post-mortem: Mail is not delivered")
  }

  @Test func `A long list waits for more`() {
    var talk = Talk(pageLength: 5)
    let help = talk("?")
    #expect(help.count == 6)
    #expect(help.last?.hasSuffix(" more lines: type more.") == true)
    #expect(talk("more").count == 6)
    talk("f")
    #expect(talk("more") == ["There is no more."])
  }

  @Test func `Its own words are ASCII, and other people's stay as they are`() {
    var talk = Talk()
    for line in [
      "?", "", "b", "m", "M", "INC-2", "?", "e @ben → soon", "details", "v", "w 6",
      "+5m later than now",
      "y", "p 1 safety first", "role role=lead", "", "/soon", "paste", "x", ".", "2", "q", "H", "?",
      "n", "details", "q", "frob", "= INC.5", "- 5",
    ] { talk(line) }
    let foreign = talk.said.filter { line in line.unicodeScalars.contains { !$0.isASCII } }
    #expect(foreign.allSatisfy { $0.contains("→ soon") }, "\(foreign)")
    #expect(!foreign.isEmpty)
  }

  @Test func `An own entry that the disk told of first is said once`() {
    var plain = PlainSession(.ofAnEvening())
    var log = MemoryLog.ofTheDesk
    _ = plain.begin()
    _ = plain.read("1")
    guard case .append(let submission)? = plain.read("n one note").effects.first else {
      Issue.record("nothing was submitted")
      return
    }
    let records = log.append(submission, by: "ama", at: plain.state.now)
    #expect(plain.take(.arrived(records)).lines.isEmpty)
    let said = plain.take(.appended(token: submission.token, records)).lines
    #expect(said == ["logged INC-2 INC.13: 20:58, note, ama: one note"])
    let others = log.append(
      Submission(token: 0, entries: submission.entries), by: "ben", at: plain.state.now)
    #expect(
      plain.take(.arrived(others)).lines == ["new: INC-2 INC.14: 20:58, note, ben: one note"])
  }
}
