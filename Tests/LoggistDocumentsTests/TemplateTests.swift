import LoggistDocuments
import LoggistModel
import Testing

@Suite struct TemplateTests {
  private let night = PostMortemDocument(
    Journal(NightIncident.records), incident: NightIncident.id, context: NightIncident.context)
  private let pharmacy = PostMortemDocument(
    PharmacyIncident.journal, incident: PharmacyIncident.id, context: PharmacyIncident.context())
  private let hostile = PostMortemDocument(
    HostileIncident.journal, incident: PharmacyIncident.id, context: HostileIncident.context)
  private let timeline = TimelineDocument(
    Journal(NightIncident.records), incident: NightIncident.id, context: NightIncident.context)

  private var handover: HandoverDocument {
    let now = PharmacyIncident.wat(5, "21:40").instant
    let shift = Shift(
      PharmacyIncident.journal, since: now - .hours(8), now: now, zone: PharmacyIncident.lagos)
    return HandoverDocument(shift, last: nil, context: PharmacyIncident.context())
  }

  private func expectSame(
    _ made: some TemplatedDocument, _ name: TemplateName,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let pages = TemplateFormat.allCases.map {
      Template.builtIn(name, $0).render(made.parts, style: plainStyle)
    }
    #expect(pages[0] == made.document.markdown, sourceLocation: sourceLocation)
    #expect(pages[1] == made.document.html(style: plainStyle), sourceLocation: sourceLocation)
  }

  @Test func `The built-in templates give what the writers write`() throws {
    expectSame(try #require(night), .postmortem)
    expectSame(try #require(pharmacy), .postmortem)
    expectSame(try #require(hostile), .postmortem)
    expectSame(try #require(timeline), .timeline)
    expectSame(handover, .handover)
  }

  private func render(
    _ text: String, _ made: PostMortemDocument?, _ format: TemplateFormat = .md
  ) throws -> String {
    try Template(text, .postmortem, format).render(try #require(made).parts, style: plainStyle)
  }

  @Test func `A template of one's own puts values and sections where it wants`() throws {
    let text = """
      {{! the board's summary }}
      **{{incident}}** {{incident_title}}, {{duration}}

      {{#priority}}
      Priority {{priority}}
      {{/priority}}
      {{^owner}}
      Nobody owned it.
      {{/owner}}
      { {{{verification}}} } {not a tag}

      """
    let verified =
      "- Service back up (verified by the same request, repeated) "
      + "(INC.9, 9:23 pm WAT on January 5, 2022)"
    let page = try render(text, pharmacy)
    #expect(
      page == """
        **INC-1** Pharmacy outage, 38 minutes

        Priority P1
        Nobody owned it.
        { \(verified) } {not a tag}

        """)
  }

  @Test func `What a caller said is neither a tag nor markup in a template`() throws {
    var log = TestLog(node: PharmacyIncident.node, id: PharmacyIncident.id)
    let title = "# {{incident}} </style> <b> | {{{desk}}} - *x*\n{{#priority}}"
    log.write(
      .opened, PharmacyIncident.wat(5, "20:45"), nil,
      [(.title, .string(title)), (.service, .string("- list"))])
    let made = try #require(
      PostMortemDocument(
        Journal(log.records), incident: PharmacyIncident.id, context: PharmacyIncident.context()))
    let words = try render("{{incident_title}}\n{{service}}\n", made)
    #expect(
      words
        == "\\# {{incident}} \\</style\\> \\<b\\> \\| {{{desk}}} - \\*x\\* {{\\#priority}}\n"
        + "\\- list\n")
    let markup = try render("<p title=\"{{incident_title}}\">{{{service}}}</p>", made, .html)
    #expect(
      markup
        == "<p title=\"# {{incident}} &lt;/style&gt; &lt;b&gt; | {{{desk}}} - *x*<br>"
        + "{{#priority}}\">- list</p>")
  }

  @Test(
    "A broken template names its line",
    arguments: [
      ("a\n{{title", 2, TemplateMistake.Reason.unclosedTag),
      ("a\n\n{{{title}}\n", 3, .unclosedTag),
      ("{{tit\nle}}", 1, .unclosedTag),
      ("x\n{{! never\nended", 2, .unclosedTag),
      ("{{#owner}}\n{{#place}}\n{{/place}}\n", 1, .unclosedSection("owner")),
      ("\n{{#owner}}\n{{/place}}", 3, .wrongClose("place", expected: "owner")),
      ("{{/owner}}", 1, .wrongClose("owner", expected: nil)),
      ("{{! a\nb }}\n{{>page}}", 3, .unsupported("{{>page}}")),
      ("{{=<% %>=}}", 1, .unsupported("{{=<% %>=}}")),
      ("{{% CONTENT_TYPE:HTML}}", 1, .unsupported("{{% CONTENT_TYPE:HTML}}")),
      (String(repeating: "{{#owner}}", count: 100_000), 1, .nestedTooDeep),
    ])
  func mistake(text: String, line: Int, reason: TemplateMistake.Reason) {
    #expect(throws: TemplateMistake(line: line, reason: reason)) {
      try Template(text, .postmortem, .md)
    }
  }

  @Test(
    "What a document does not have is no tag of its template",
    arguments: [
      "sumary", "", ".", "{{&title", "title.count", "uppercased(title)", "policy", "open_incidents",
    ])
  func unknown(name: String) throws {
    let known = TemplateName.postmortem.tags(.md).map(\.name).sorted()
    #expect(throws: TemplateMistake(line: 2, reason: .unknownTag(name, among: known))) {
      try Template("\n{{ \(name) }}", .postmortem, .md)
    }
  }

  @Test(
    "Every tag can be named, once, and every part has a tag", arguments: TemplateName.allCases)
  func tags(name: TemplateName) throws {
    for format in TemplateFormat.allCases {
      let tags = name.tags(format).map(\.name)
      #expect(Set(tags).count == tags.count)
      let text = tags.map { "{{\($0)}}" }.joined(separator: "\n")
      let template = try Template(text, name, format)
      let parts =
        switch name {
        case .postmortem: try #require(night).parts
        case .timeline: try #require(timeline).parts
        case .handover: handover.parts
        }
      #expect(template.render(parts, style: plainStyle).contains("2"))
      #expect(Set(parts.names).subtracting(tags) == [])
      // The page's own and those of the title are not parts.
      let others = ["title", "style", "policy", "header"]
      #expect(Set(tags).subtracting(parts.names).subtracting(others) == [])
    }
  }
}
