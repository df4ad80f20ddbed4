package import LoggistModel
import Terminal

/// An incident before its post-mortem is signed: hints, what is missing, the preview.
package struct ReviewScreen: Sendable, Hashable {
  package let id: IncidentID
  /// The incident that `rows` were made of.
  private var incident: Incident?
  private(set) var rows: [ReviewRow] = []
  /// A place in `rows`.
  package internal(set) var selected = 0
  var top = 0
  /// The post-mortem as text, where it is shown in place of the list.
  package internal(set) var preview: Preview?

  /// The text as it was written, and whether it still would be.
  package struct Preview: Sendable, Hashable {
    var paper: Paper?
    var of: Incident?

    package var lines: [String]? { paper?.lines }
  }

  init(_ id: IncidentID) {
    self.id = id
  }

  var hint: Hint? {
    if rows.indices.contains(selected), case .hint(let hint) = rows[selected] { hint } else { nil }
  }

  var signature: EffectiveEntry? {
    if rows.indices.contains(selected), case .signed(let entry) = rows[selected] {
      entry
    } else {
      nil
    }
  }

  /// Cost: none where the incident is the one that it was.
  mutating func take(_ incident: Incident?, clock: ClockStyle) {
    guard let incident, incident != self.incident else { return }
    let before = rows.indices.contains(selected) ? rows[selected] : nil
    self.incident = incident
    rows = ReviewRow.rows(incident, clock: clock)
    selected = before.flatMap { rows.firstIndex(of: $0) } ?? selected
    move(by: 0)
  }

  /// To the next row that something can be done about.
  mutating func move(by steps: Int) {
    let places = rows.indices.filter { rows[$0].isSelectable }
    guard let last = places.last else {
      selected = 0
      return
    }
    let nearest = places.firstIndex { $0 >= selected } ?? places.count - 1
    selected = places[min(max(nearest + steps, 0), places.count - 1)]
    if selected > last { selected = last }
  }
}

extension State {
  mutating func openReview() {
    guard let id = openIncident?.id else { return }
    screens.append(.review(ReviewScreen(id)))
    settleScreen()
  }

  mutating func performInReview(_ action: Action) -> [Effect] {
    guard case .review(var review) = screen else { return [] }
    switch action {
    case .preview: return togglePreview(&review)
    case .postMortem: return [.writePostMortem(review.id)]
    case .sign:
      openComposer(.entry(.signed, review.id))
      return []
    case .open:
      if let hint = review.hint, let remedy = Remedy(hint) {
        carryOut(remedy, on: review.id)
      } else if let entry = review.signature {
        carryOut(.goTo(entry.ref), on: review.id)
      }
      return []
    default: break
    }
    let page = max(areas.body.count - 2, 1)
    if var preview = review.preview {
      preview.paper?.scroll(action, height: previewHeight)
      review.preview = preview
    } else {
      switch action {
      case .up: review.move(by: -1)
      case .down: review.move(by: 1)
      case .pageUp: review.move(by: -page)
      case .pageDown: review.move(by: page)
      case .first: review.move(by: -review.rows.count)
      case .last: review.move(by: review.rows.count)
      default: break
      }
    }
    screen = .review(review)
    settleScreen()
    return []
  }

  private mutating func carryOut(_ remedy: Remedy, on id: IncidentID) {
    switch remedy {
    case .goTo(let ref):
      var incident = IncidentScreen(id, selecting: ref)
      incident.showsStruck = journal.entry(ref)?.isStruck == true
      screens.append(.incident(incident))
      settleScreen()
    case .correct(let ref):
      guard let entry = journal.entry(ref) else { return }
      openComposer(.correction(ref), text: correctable(entry.entry))
    case .log(let kind, let ref, let word):
      openComposer(.entry(kind, id), ref: ref)
      if let word, let place = composer?.choices?.words.firstIndex(of: word) {
        composer?.choice = place
      }
    }
  }

  mutating func settleReview() {
    guard case .review(var review) = screen else { return }
    review.take(journal.incidents[review.id], clock: desk.clock)
    let height = areas.body.count
    review.top = scrolled(
      top: review.top, selected: review.selected, count: review.rows.count, height: height
    ) { _ in 1 }
    // The heading above the first row belongs to it.
    if review.selected <= 1, height > 1 { review.top = 0 }
    review.preview?.paper?.settle(height: previewHeight)
    screen = .review(review)
  }
}

// MARK: - The preview

extension State {
  /// One row is the preview's own: what it shows, and of when.
  var previewHeight: Int { max(areas.body.count - 1, 1) }

  /// The columns that a document is written for here.
  var paperWidth: Int { min(max(size.columns - 2, 40), 120) }

  private mutating func togglePreview(_ review: inout ReviewScreen) -> [Effect] {
    if let preview = review.preview, preview.of == journal.incidents[review.id] {
      review.preview = nil
      screen = .review(review)
      return []
    }
    review.preview = ReviewScreen.Preview(of: journal.incidents[review.id])
    screen = .review(review)
    return [.preview(journal.account(of: review.id), width: paperWidth)]
  }

  /// A text that is shown is written anew where the screen has got another width.
  mutating func rewritePaper() -> [Effect] {
    switch screen {
    case .review(let review) where review.preview != nil:
      return [.preview(journal.account(of: review.id), width: paperWidth)]
    case .handover(let handover):
      return [.drawUp(handover.shift, handovers.last, width: paperWidth)]
    default: return []
    }
  }

  /// Takes in the text that was asked for.
  mutating func previewed(_ id: IncidentID, _ lines: [String]) {
    guard case .review(var review) = screen, review.id == id, review.preview != nil else { return }
    let top = review.preview?.paper?.top ?? 0
    review.preview?.paper = Paper(lines: lines, top: top)
    screen = .review(review)
    settleReview()
  }

  /// Esc in the preview goes back to the list; false where it is not shown.
  mutating func leavePreview() -> Bool {
    guard case .review(var review) = screen, review.preview != nil else { return false }
    review.preview = nil
    screen = .review(review)
    settleReview()
    return true
  }
}
