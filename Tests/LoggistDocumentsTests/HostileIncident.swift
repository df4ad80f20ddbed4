import LoggistDocuments
import LoggistModel

/// An incident in which every text that a person can give tries to be something else.
enum HostileIncident {
  static let texts = [
    "\u{1B}]0;owned\u{7}\u{1B}[2J\u{1B}[31mred", "over\rwritten", "name\u{202E}gpj.exe",
    "<script>alert(1)</script><img src=x onerror=alert(1)>", "| a | b |\n| --- | --- |\n| c | d |",
    "# heading\n\n- list\n\n1. one\n\n> quote\n\n```\ncode",
    "[link](javascript:alert(1)) ![i](http://x)",
    "=HYPERLINK(\"http://evil\")", "**bold** _em_ ~~gone~~ `code`",
    "https://evil.example www.evil.example a@evil.example",
    "\n\nSetext\n=====\n\n[ref]: http://evil \"t\"", "&lt;b&gt; &#60;i&#62;",
    "end with backslash\\",
    "<!-- comment", "Àgbo ọ̀gẹ̀dẹ̀ أموكسيسيلين 阿莫西林 👩🏽‍⚕️",
  ]

  static var journal: Journal {
    let (node, id) = (PharmacyIncident.node, PharmacyIncident.id)
    var log = TestLog(node: node, id: id)
    let start = PharmacyIncident.wat(5, "20:45")
    var minute = 0
    func next() -> Timestamp {
      defer { minute += 1 }
      return Timestamp(start.instant + .minutes(minute), offsetMinutes: 60)
    }
    for text in texts {
      log.write(
        .opened, next(), text,
        [(.title, .string(text)), (.service, .string(text)), (.place, .string(text))], by: text)
      log.write(
        .complaint, next(), text, [(.caller, .string(text)), (.place, .string(text))], by: text)
      log.write(.impact, next(), text, [(.change, .string("started")), (.scope, .string(text))])
      let escalated = log.write(
        .escalated, next(), text, [(.to, .string(text)), (.reason, .string(text))])
      log.write(.diagnosis, next(), text, [(.verdict, .string("ruled_out"))])
      log.write(.change, next(), text, [(.target, .string(text)), (.result, .string(text))])
      log.write(.mitigation, next(), text, [(.outcome, .string(text))])
      log.write(.restored, next(), text, [(.verifiedBy, .string(text))])
      log.write(.reopened, next(), text, [(.reason, .string(text))])
      log.write(.role, next(), text, [(.role, .string(text)), (.who, .string(text))])
      for kind in [Kind.summary, .rootCause, .factor, .resolution, .signed, Kind(name: text)] {
        log.write(kind, next(), text, [(.category, .string(text)), (.role, .string(text))])
      }
      log.write(
        .measure, next(), text,
        [(.type, .string("corrective")), (.owner, .string(text)), (.due, .string(text))])
      log.write(
        .corrected, next(), nil,
        [
          (.ref, .string(escalated.description)), (.reason, .string(text)),
          (
            .set,
            .object([JSONMember("text", .string(text + "!")), JSONMember(text, .string(text))])
          ),
        ], by: text)
    }
    return Journal(log.records)
  }

  static var context: DocumentContext {
    var context = PharmacyIncident.context()
    context.deskName = texts.joined(separator: " ")
    context.isRehearsal = true
    return context
  }
}
