/// The plain text of a piece of HTML, and the lists in it: what status pages keep in the body of an update.
enum HTMLText {
  /// Without its tags: breaks and ends of paragraphs are line breaks, entities are what they stand for.
  static func plain(_ html: String) -> String {
    var text = ""
    var rest = html[...]
    while let open = rest.firstIndex(where: { $0 == "<" || $0 == "&" }) {
      text += rest[..<open]
      rest = rest[open...]
      if rest.first == "&" {
        rest = entity(rest, into: &text)
        continue
      }
      guard let close = rest.firstIndex(of: ">"), isTag(rest) else {
        text.append("<")
        rest = rest.dropFirst()
        continue
      }
      let name = rest.dropFirst().prefix { $0 != ">" && $0 != " " }.lowercased()
      if ["br", "br/", "/p", "/li", "/div", "/ul", "/ol", "/h1", "/h2", "/h3"].contains(name) {
        text += "\n"
      }
      if name == "li" { text += "- " }
      rest = rest[close...].dropFirst()
    }
    text += rest
    return trimmed(text)
  }

  /// `a < b` is text, `<b>` and `</p>` are tags.
  private static func isTag(_ rest: Substring) -> Bool {
    guard let next = rest.dropFirst().first else { return false }
    return next.isLetter || next == "/" || next == "!"
  }

  /// `&amp;`, `&#39;`, `&#x27;`; anything else is what stands there.
  private static func entity(_ rest: Substring, into text: inout String) -> Substring {
    let names: [String: Character] = [
      "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "–",
      "mdash": "—", "hellip": "…", "rsquo": "’", "lsquo": "‘", "rdquo": "”", "ldquo": "“",
    ]
    let body = rest.dropFirst().prefix(10)
    guard let end = body.firstIndex(of: ";") else {
      text.append("&")
      return rest.dropFirst()
    }
    let name = String(body[..<end])
    if let character = names[name] {
      text.append(character)
    } else if name.hasPrefix("#"),
      let scalar = number(name.dropFirst()).flatMap(Unicode.Scalar.init)
    {
      text.unicodeScalars.append(scalar)
    } else {
      text.append("&")
      return rest.dropFirst()
    }
    return rest[end...].dropFirst()
  }

  private static func number(_ digits: Substring) -> UInt32? {
    digits.first == "x" || digits.first == "X"
      ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
  }

  /// The items of the lists in a text, and what stands around them; nil without a list.
  static func list(in html: String) -> (items: [String], around: String)? {
    var items: [String] = []
    var around = ""
    var rest = html[...]
    while let open = range(of: ["<li>", "<li "], in: rest) {
      around += rest[..<open.lowerBound]
      guard let start = rest[open.lowerBound...].firstIndex(of: ">") else { break }
      let body = rest[start...].dropFirst()
      let end = range(of: ["</li>", "<li>", "<li ", "</ul>", "</ol>"], in: body)
      items.append(String(body[..<(end?.lowerBound ?? body.endIndex)]))
      rest = body[(end?.lowerBound ?? body.endIndex)...]
    }
    around += rest
    return items.isEmpty ? nil : (items, plain(around).filter { $0 != "-" }.trimmedText)
  }

  private static func range(of tags: [String], in text: Substring) -> Range<Substring.Index>? {
    var start = text.startIndex
    while let open = text[start...].firstIndex(of: "<") {
      for tag in tags where text[open...].prefix(tag.count).lowercased() == tag {
        return open..<text.index(open, offsetBy: tag.count)
      }
      start = text.index(after: open)
    }
    return nil
  }

  private static func trimmed(_ text: String) -> String {
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let plain = String(line).trimmedText
      if plain.isEmpty, lines.last?.isEmpty ?? true { continue }
      lines.append(plain)
    }
    return lines.joined(separator: "\n").trimmedText
  }
}

extension String {
  /// Without blanks at either end.
  var trimmedText: String {
    guard let start = firstIndex(where: { !$0.isWhitespace }),
      let end = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[start...end])
  }
}
