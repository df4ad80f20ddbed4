import Testing

@Suite("Mistakes: what, where, what next")
struct MistakeTests {
  /// No mistake changes it, so that all can share it.
  static let desk = Result {
    let desk = try Rehearsal()
    try desk.pharmacy()
    return desk
  }

  let desk: Rehearsal

  init() throws {
    desk = try Self.desk.get()
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let words: [String]
    let status: Int32
    let errors: String

    init(_ words: [String], _ status: Int32, _ errors: String) {
      (self.words, self.status, self.errors) = (words, status, errors)
    }

    var testDescription: String { words.joined(separator: " ") }
  }

  @Test(
    "Each has its sentence and its status",
    arguments: [
      Case(
        ["add", "INC-1", "mitgation", "x"], 64,
        "there is no kind 'mitgation': did you mean 'mitigation'? 'loggist kinds' lists them"),
      Case(
        ["add", "INC-1", "zzzzz", "x"], 64, "there is no kind 'zzzzz': 'loggist kinds' lists them"),
      Case(
        ["add", "INC-1", "struck", "x"], 64, "'struck' is not added by hand: use 'loggist strike'"),
      Case(
        ["add", "INC-9", "note", "x"], 1,
        "there is no incident INC-9: 'loggist list --all' shows all"),
      Case(
        ["add", "twelve", "note", "x"], 64, "'twelve' is no incident: they are called like INC-12"),
      Case(["add", "INC-1"], 64, "an incident and a kind are needed: loggist add INC-12 note …"),
      Case(
        ["add", "-", "restored"], 64,
        "'restored' needs an incident: name it as in 'loggist add INC-12 restored …'"),
      Case(["add", "INC-1", "escalated", "x"], 65, "to= is missing"),
      Case(
        ["add", "INC-1", "set", "critical"], 65,
        "nothing is set: a priority (1 to 4, high/low), service=, place= or title="),
      Case(
        ["add", "INC-1", "diagnosis", "verdict=maybe", "x"], 65,
        "verdict is not 'maybe': one of suspected, ruled_out, confirmed"),
      Case(
        ["add", "INC-1", "informed", "ref=INC.3"], 65,
        "INC.3 is an `observation`, not a `complaint`"),
      Case(
        ["add", "INC-1", "informed", "20:10", "ref=INC.2"], 65,
        "it cannot have happened before INC.2, which was at 2022-01-05T20:50:00+01:00"),
      Case(
        ["add", "INC-1", "note", "x", "--json"], 64,
        "with --json the entries come from standard input: no kind and no text"),
      Case(
        ["add", "INC-1", "note", "2022-01-05 23:00", "x"], 1,
        "5 January 2022, 23:00 WAT is in the future: not logged; add --yes to log it all the same"),
      Case(
        ["add", "INC-1", "note", "x", "--zone", "Europe/Berlin", "--as-of", "20:00"], 64,
        "--as-of shows a past state: entries are logged now"),
      Case(
        ["add", "INC-1", "note", "2021-10-31 02:30", "x", "--zone", "Europe/Berlin"], 65,
        "the clocks showed this time twice: 02:30 CEST or 02:30 CET? Write 2021-10-31T02:30:00+02:00 or 2021-10-31T02:30:00+01:00"
      ),
      Case(
        ["add", "INC-1", "note", "2021-03-28 02:30", "x", "--zone", "Europe/Berlin"], 65,
        "the clocks skipped this time: 01:30 CET or 03:30 CEST? Write 2021-03-28T02:30:00+01:00 or 2021-03-28T02:30:00+02:00"
      ),
      Case(["correct", "INC.99", "x", "--reason", "r"], 1, "there is no entry INC.99"),
      Case(
        ["correct", "INC-1", "x", "--reason", "r"], 64,
        "'INC-1' is no entry: they are called like INC.812"),
      Case(
        ["correct", "INC.3", "verdict=held", "--reason", "r"], 64,
        "'verdict': an observation has no such field; it has at, until, text, target, result, visibility, tags and author"
      ),
      Case(
        ["correct", "INC.3", "at=20:55", "--reason", "r"], 1,
        "INC.3 reads so already: nothing was logged"),
      Case(
        ["correct", "INC.3", "at=soon", "--reason", "r"], 64,
        "at= 'soon' is no time: write it like '2022-01-05 20:45', 20:45, -2h or 2022-01-05T20:45+01:00"
      ),
      Case(
        ["correct", "INC.3", "text=", "--reason", "r"], 65,
        "nothing is said yet: some words are needed"),
      Case(["strike", "INC.3", "--reason", " "], 65, "reason= is missing"),
      Case(["unstrike", "INC.3", "--reason", "r"], 1, "INC.3 is not struck"),
      Case(["show", "INC-7"], 1, "there is no incident INC-7: 'loggist list --all' shows all"),
      Case(
        ["show", "INC-1", "--as-of", "20:30"], 1,
        "nothing had been recorded about INC-1 by 5 January 2022, 20:30 WAT"),
      Case(["show", "foo"], 64, "'foo' is neither an incident (INC-12) nor an entry (INC.812)"),
      Case(["search", " "], 64, "what is to be searched for? Give a word or several"),
      Case(
        ["list", "--format", "html"], 64, "there is no format 'html' here: there is txt and json"),
      Case(
        ["postmortem", "INC-1", "--format", "pdf"], 64,
        "there is no format 'pdf' here: there is txt, md, html, json, csv and ics"),
      Case(
        ["list", "--as-of", "yesterdy"], 64,
        "--as-of 'yesterdy' is no time: write it like '2022-01-05 20:45', 20:45, -2h or 2022-01-05T20:45+01:00"
      ),
      Case(
        ["list", "--as-of", "2021-10-31 02:30", "--zone", "Europe/Berlin"], 65,
        "--as-of '2021-10-31 02:30': the clocks showed this time twice: 02:30 CEST or 02:30 CET? Write 2021-10-31T02:30:00+02:00 or 2021-10-31T02:30:00+01:00"
      ),
      Case(
        ["list", "--zone", "Mars/Base"], 64,
        "there is no time zone 'Mars/Base': they are called like Africa/Lagos, see 'timedatectl list-timezones'"
      ),
      Case(
        ["metrics", "--period", "2022-Q9"], 64,
        "'2022-Q9' is no period: there is 2026, 2026-Q3, 2026-11, 2026-W47, 2026-11-22 and FROM..TO of two of these"
      ),
      Case(
        ["metrics", "--metric", "foo"], 64,
        "there is no metric 'foo': there is ttd.1, tta.1, tte.1, tto.1, ttx.1, ttm.1, ttr.1, tts.1, active.1, downtime.1, inform.1, gap.1, late.1, sla.ack.1, sla.fix.1 and mtbf.1"
      ),
      Case(
        ["verify", "--since", "INC.3"], 64,
        "'INC.3' is no noted head: it is INC.700:<digest>, as 'loggist verify' prints it"),
      Case(
        ["add", "INC-1", "note", "x", "--node", "WARD"], 1,
        "node WARD is not written on this machine: 'loggist doctor' lists the nodes\n"
          + #"loggist: not logged: {"kind":"note","incident":"INC-1","at":"2022-01-05T21:30:00+01:00","text":"x"}"#
      ),
      Case(
        ["list", "--bogus"], 64,
        "unknown option '--bogus'. Did you mean '--hours'?\nSee 'loggist list --help' for more information."
      ),
      Case(
        ["strike", "INC.3"], 64,
        "missing expected argument '--reason <text>'\nSee 'loggist strike --help' for more information."
      ),
    ])
  func sentences(_ mistake: Case) throws {
    let before = try desk.log
    let result = try desk.run(mistake.words)
    #expect(
      result
        == Program.Result(
          status: mistake.status, output: "", errors: "loggist: \(mistake.errors)\n"))
    #expect(try desk.log == before)
  }

  @Test(
    "Of a store that is none, too",
    arguments: [
      Case(
        ["list", "--store", "/nowhere/x"], 1,
        "there is no store at /nowhere/x: make one with 'loggist init --store /nowhere/x'"),
      Case(
        ["list", "--store", "/no where"], 1,
        "there is no store at /no where: make one with 'loggist init --store '/no where''"),
      Case(
        ["list"], 1,
        "there is no store at /nonexistent/.local/share/loggist: make one with 'loggist init'"),
      Case(["list", "--store", "/etc/passwd"], 1, "/etc/passwd is not a folder"),
      Case(
        ["init", "--store", "/etc"], 73,
        "/etc has other things in it: a store is made in an empty folder or in a new one"),
      Case(["init", "--store", "/proc/x"], 73, "cannot make /proc/x: No such file or directory"),
      Case(
        ["init", "--seed", "x"], 64,
        "--seed is for rehearsal stores, made with 'loggist init --rehearsal': nobody back-dates a real record"
      ),
      Case(
        ["init", "--store", "/tmp/x", "--node", "inc"], 64,
        "'inc' is no code of a node: 1 to 8 capital letters and digits, a letter first"),
      Case(
        ["lst"], 64, "there is no command 'lst': did you mean 'list'? 'loggist --help' lists them"),
      Case(
        ["--store", "x", "shwo", "INC-1"], 64,
        "there is no command 'shwo': did you mean 'show'? 'loggist --help' lists them"),
    ])
  func storeless(_ mistake: Case) throws {
    let result = try Program.run(Program.path, mistake.words)
    #expect(
      result
        == Program.Result(
          status: mistake.status, output: "", errors: "loggist: \(mistake.errors)\n"))
  }

  @Test("A chosen clock and a chosen author are for rehearsals")
  func realRecord() throws {
    let desk = try Rehearsal()
    let store = desk.folder + "/real"
    let made = try Program.run(Program.path, ["init", "--store", store, "--zone", "Africa/Lagos"])
    #expect(made.output == "Made a store at \(store): node INC, times in Africa/Lagos.\n")
    for option in [["--now", "20:00"], ["--by", "kofi"]] {
      let result = try Program.run(Program.path, ["new", "--store", store, "x"] + option)
      #expect(result.status == 64)
      #expect(
        result.errors
          == "loggist: \(option[0]) is for rehearsal stores, made with 'loggist init --rehearsal': nobody back-dates a real record\n"
      )
    }
    let again = try Program.run(Program.path, ["init", "--store", store])
    #expect(again.status == 73)
    #expect(again.errors == "loggist: \(store) is a store already: nothing was changed\n")
  }

  @Test("What could not be logged is given back")
  func fullDisk() throws {
    let desk = try Rehearsal()
    try desk.pharmacy()
    let limited = try Program.run(
      "/bin/sh",
      [
        "-c", "ulimit -f 1; trap '' XFSZ; exec \"$0\" \"$@\"", Program.path, "add", "--store",
        desk.store, "--now", "2022-01-05T21:30:00+01:00", "--by", "ama", "INC-1", "note",
        "precious words",
      ])
    #expect(limited.status == 74)
    #expect(
      limited.errors.contains(
        "not logged: {\"kind\":\"note\",\"incident\":\"INC-1\",\"at\":\"2022-01-05T21:30:00+01:00\",\"text\":\"precious words\"}"
      ))
  }
}
