import Testing

@testable import LoggistModel

@Suite("What others may see")
struct DisclosureTests {
  private let id = Scribe.incident("INC-1")

  private func open(_ entry: inout Entry) { entry[.visibility] = .string("public") }

  @Test("Without a wish the journal is as it was")
  func everything() {
    var scribe = Scribe()
    scribe.log(.opened, nil, [.title: .string("Down")])
    let (journal, withheld) = scribe.journal.disclosed(.everything)
    #expect(Array(journal.records) == scribe.records)
    #expect(withheld == Withheld(.everything))
  }

  // MARK: - Public entries

  @Test("An entry is internal unless it says that it is public")
  func internalByDefault() {
    var scribe = Scribe()
    scribe.log(.opened, nil, [.title: .string("Down")], change: open)
    scribe.log(.note, "for the house")
    scribe.log(.note, "for the house, too", [.visibility: .string("internal")])
    scribe.log(.note, "unknown", [.visibility: .string("friends")])
    scribe.log(.note, in: nil, "the desk's")
    let (journal, withheld) = scribe.journal.disclosed(Disclosure(isPublic: true))
    #expect(journal.records.map(\.ref.sequence) == [1])
    #expect(withheld.entries == [id: 3, nil: 1])
  }

  @Test("A public entry reads as it was corrected, and nothing shows that it was")
  func corrected() throws {
    var scribe = Scribe()
    let note = scribe.log(.note, "Mr X fell", change: open)
    scribe.correct(note, [("text", .string("A patient fell"))], reason: "Mr X is a name")
    let hidden = scribe.log(.note, "not for all", change: open)
    scribe.correct(hidden, [("visibility", .string("internal"))])
    let shown = scribe.log(.note, "for all after all")
    scribe.correct(shown, [("visibility", .string("public"))])
    let struck = scribe.log(.note, "wrong", change: open)
    scribe.say(.struck, of: struck)
    let (journal, _) = scribe.journal.disclosed(Disclosure(isPublic: true))
    #expect(journal.records.map(\.entry.text) == ["A patient fell", "for all after all"])
    #expect(try #require(journal.entry(note)).corrections.isEmpty)
    #expect(journal.records.allSatisfy { $0.entry.salt == nil })
  }

  @Test(
    "A public complaint counts where internal entries attached it, and waits for no call that was made"
  )
  func attached() throws {
    var scribe = Scribe()
    scribe.log(.opened, nil, [.title: .string("Down")], change: open)
    let call = scribe.log(
      .complaint, in: nil, "me too", [.callback: .bool(true)], change: open)
    scribe.say(.attached, of: call)
    scribe.say(.informed, of: call)
    let (journal, _) = scribe.journal.disclosed(Disclosure(isPublic: true))
    let incident = try #require(journal.incidents[id])
    #expect(incident.complaints.map(\.ref) == [call])
    #expect(incident.callbacks.isEmpty)
  }

  // MARK: - Names

  private func named(_ text: String) -> String? {
    var scribe = Scribe()
    scribe.log(.complaint, "hello", [.caller: .string("Nurse Ngozi Okafor")], by: "desk.ama")
    scribe.log(.escalated, nil, [.to: .string("Terence Waller")], by: "ama")
    scribe.log(
      .measure, "buy one", [.owner: .string("Adaeze Waller"), .type: .string("corrective")])
    scribe.log(.decision, "go on", [.decidedBy: .string("duty manager")])
    scribe.log(.decision, "go on", [.decidedBy: .string("阿莫")])
    scribe.log(.note, text)
    let (journal, _) = scribe.journal.disclosed(
      Disclosure(hidesNames: true), about: id,
      aliases: [["t.waller", "Terence Waller"], ["z.ohm", "Zoe Ohm"]])
    return journal.records.last?.entry.text
  }

  @Test(
    "A known name in a text becomes the person's role",
    arguments: [
      ("Ngozi Okafor rang", "Caller 1 rang"), ("ngozi okafor's phone", "Caller 1's phone"),
      ("ask OKAFOR", "ask Caller 1"), ("the nurse in Ward B", "the nurse in Ward B"),
      ("terence.waller@example.org", "On-call officer 1@example.org"),
      ("t.waller and Terence", "On-call officer 1 and On-call officer 1"),
      ("Waller said", "a person said"), ("Adaeze; Waller", "Person 1; a person"),
      ("Ama took it", "Desk agent 2 took it"), ("amazing drama", "amazing drama"),
      ("duty manager agreed", "duty manager agreed"), ("问阿莫吧", "问Person 3吧"),
      ("Zoe Ohm was there", "a person was there"), ("Ngozi\nOkafor", "Caller 1"),
      ("nobody", "nobody"), ("", ""),
    ])
  func texts(_ text: String, _ wanted: String) {
    #expect(named(text) == wanted)
  }

  @Test("Fields that take a person, accounts and corrections have the role; a caller's number goes")
  func fields() throws {
    var scribe = Scribe()
    let call = scribe.log(
      .complaint, "hello", [.caller: .string("Ngozi"), .contact: .string("4412")])
    scribe.correct(call, [("caller", .string("Bisi")), ("text", .string("Ngozi's friend Bisi"))])
    scribe.log(.acknowledged, nil, [.who: .string("ama")])
    scribe.log(.impact, nil, [.change: .string("started"), .degree: .string("full")], by: "full")
    let (journal, withheld) = scribe.journal.disclosed(Disclosure(hidesNames: true))
    #expect(withheld.people == 4)
    #expect(
      journal.records.map(\.by) == [
        "On-call officer 1", "On-call officer 1", "On-call officer 1", "Desk agent 1",
      ])
    let effective = try #require(journal.entry(call))
    #expect(effective.record.entry.string(.caller) == "Caller 1")
    #expect(effective.entry.string(.caller) == "Caller 2")
    #expect(effective.entry.text == "Caller 1's friend Caller 2")
    #expect(effective.entry[.contact] == nil)
    // A word of a fixed list is no name, whoever is called so.
    #expect(journal.records[3].entry.string(.degree) == "full")
  }

  @Test("The people of the document's incident are numbered first")
  func numbers() {
    var scribe = Scribe()
    scribe.log(.complaint, in: "INC-2", "x", [.caller: .string("Bisi")])
    scribe.log(.complaint, in: "INC-1", "x", [.caller: .string("Ngozi")])
    let (journal, _) = scribe.journal.disclosed(Disclosure(hidesNames: true), about: id)
    #expect(journal.records.compactMap { $0.entry.string(.caller) } == ["Caller 2", "Caller 1"])
  }
}
