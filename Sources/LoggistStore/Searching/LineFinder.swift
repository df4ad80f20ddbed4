internal import CSimdJSON
internal import LoggistModel

typealias FoundLine = loggist_found_line
typealias Mention = loggist_mention
typealias LineRun = loggist_line_run
typealias LineMark = loggist_line_mark

/// What makes a line one that is to be read, and what is noted of all others.
struct LineQuestion: Sendable {
  var words = WordSearch.nothing
  var incidents: Set<IncidentID> = []
  /// Where incidents are named: every line names one. Needed for `incidents`.
  var notesIncidents = true
  /// Entries that belong to no incident, or to that of a node that the store does not have.
  var wantsUnnamed = false
}

/// Finds lines by what stands in their bytes: see `linefinder.h`. Not for two threads at once.
final class LineFinder {
  private let state: OpaquePointer

  /// - Parameters:
  ///   - nodes: whose entries and incidents can be mentioned.
  ///   - question: what makes a line one that is to be read.
  init(nodes: [NodeCode], _ question: LineQuestion) {
    let words = question.words
    let codes = nodes.map { Array($0.description.utf8CString) }.joined()
    let name = words.partOfName.map { Array($0.utf8) }
    let all = words.everywhere + words.inTitles
    let choices = all.flatMap(\.choices).map { loggist_byte_choice(one: $0.one, other: $0.other) }
    let state = choices.withUnsafeBufferPointer { choices in
      var (patterns, next): ([loggist_byte_pattern], _) = ([], choices.baseAddress)
      for (place, pattern) in all.enumerated() {
        guard let start = next else { continue }
        patterns.append(
          loggist_byte_pattern(
            bytes: start, length: pattern.count,
            is_for_titles: place >= words.everywhere.count))
        next = start + pattern.count
      }
      return loggist_line_finder_new(
        Array(codes), nodes.count, patterns, patterns.count, name, name?.count ?? 0,
        question.notesIncidents)
    }
    guard let state else { preconditionFailure("out of memory") }
    self.state = state
    if question.wantsUnnamed { loggist_line_finder_want_unnamed(state) }
    for incident in question.incidents {
      guard let node = nodes.firstIndex(of: incident.node),
        let number = UInt32(exactly: incident.number)
      else { continue }
      loggist_line_finder_want(state, node, number)
    }
  }

  deinit { loggist_line_finder_free(state) }

  /// Goes through so many bytes at once from now on, 64, 32 or 1; false where the processor cannot.
  func use(width: Int) -> Bool { loggist_line_finder_use(state, width) }

  /// Begins a segment of the node at a place of `nodes`.
  func begin(_ node: Int) { loggist_line_finder_begin(state, node) }

  /// Goes through whole lines. `JSONParser.padding` readable bytes must follow them.
  func run(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
    guard let start = bytes.baseAddress else { return true }
    return loggist_line_finder_run(
      state, start.assumingMemoryBound(to: UInt8.self), bytes.count, UInt64(offset))
  }

  /// What the last `run` found.
  var lines: UnsafeBufferPointer<FoundLine> { list { loggist_line_finder_lines(state, $0) } }

  var runs: UnsafeBufferPointer<LineRun> { list { loggist_line_finder_runs(state, $0) } }

  var marks: UnsafeBufferPointer<LineMark> { list { loggist_line_finder_marks(state, $0) } }

  /// Mentions of entries of the node at a place of `nodes`.
  func entryMentions(_ node: Int) -> UnsafeBufferPointer<Mention> {
    list { loggist_line_finder_entry_mentions(state, node, $0) }
  }

  func incidentMentions(_ node: Int) -> UnsafeBufferPointer<Mention> {
    list { loggist_line_finder_incident_mentions(state, node, $0) }
  }

  private func list<Element>(
    _ body: (UnsafeMutablePointer<Int>) -> UnsafePointer<Element>?
  ) -> UnsafeBufferPointer<Element> {
    var count = 0
    let start = body(&count)
    return UnsafeBufferPointer(start: start, count: count)
  }
}
