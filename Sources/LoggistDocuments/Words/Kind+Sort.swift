import LoggistModel

/// Where in a document a kind of entry has its place.
///
/// The rule: a row of the post-mortem's timeline is something that *happened* while the incident went on, and that
/// somebody reported, saw, tried, found, decided, did or was told. What states a *property* of the incident (its title,
/// priority, roles, the extent of its impact, what it is linked with, that its paperwork is done) stands where that
/// property is shown: in the header, with the impact, in the full log. What was written *about* it afterwards (summary,
/// root cause, factors, resolution, measures) has sections of its own. The timeline document shows happenings and
/// properties; the full log shows everything.
enum EntrySort {
  case happening, property, prose
}

extension Kind {
  var sort: EntrySort {
    switch self {
    case .noticed, .complaint, .acknowledged, .escalated, .engaged, .unanswered, .observation,
      .check, .change, .diagnosis, .decision, .mitigation, .restored, .resolved, .reopened,
      .cancelled, .note, .comms, .informed:
      .happening
    // Another version's kind is shown as a note.
    case .unknown: .happening
    case .summary, .rootCause, .factor, .resolution, .measure, .measureUpdate: .prose
    case .opened, .impact, .closed, .evidence, .set, .role, .paused, .resumed, .attached,
      .detached, .merged, .unmerged, .linked, .corrected, .struck, .unstruck, .redacted, .handover,
      .accepted, .signed, .ioError:
      .property
    }
  }

  /// The name as words: `root cause`.
  var words: String { name.underscoresAsSpaces }
}

extension String {
  /// A name of ours in words: `ruled_out`, `on_call`. What is no such name stays as it is, so that nothing
  /// that somebody typed is changed.
  var underscoresAsSpaces: String {
    let isName = utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "_") }
    if !isName || utf8.first == UInt8(ascii: "_") { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { $0 == "_" ? " " : $0 }))
  }
}
