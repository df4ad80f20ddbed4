internal import CSimdJSON
internal import LoggistModel

/// What the entry of a line says, without a record in between.
extension IndexedSegment {
  /// Whether there is more to a line than its numbers: then its record tells.
  func saysMore(_ place: Int) -> Bool {
    lines[place].kind == IndexedSegment.other || lines[place].has(LOGGIST_LINE_SAYS_MORE)
  }

  /// Makes the moment of a line in the first of some slots; false, and nothing is made, where the line says more than its
  /// numbers do.
  func initialize(
    _ slots: UnsafeMutableBufferPointer<Moment>, from place: Int, as number: Int
  ) -> Bool {
    if saysMore(place) { return false }
    let line = lines[place]
    let kind = kind(of: line)
    slots.initializeElement(
      at: 0,
      to: Moment(
        ref: EntryRef(node: node, sequence: Int(line.sequence)), incident: incident(of: place),
        kind: kind,
        at: Timestamp(Instant(milliseconds: line.at), offsetMinutes: Int(line.offset_minutes)),
        logged: Instant(milliseconds: line.logged),
        target: line.target == 0 ? nil : EntryRef(node: node, sequence: Int(line.target)),
        isApproximate: line.has(LOGGIST_LINE_APPROXIMATE), isBackfill: line.via == 2,
        detail: line.detail(of: kind), place: number))
    return true
  }

  /// A field's value where it is a string.
  func string(_ field: Field, of place: Int) -> String? {
    if let number = other(place) { return others[number].entry.string(field) }
    return string(named: field.rawValue, of: place)
  }

  /// A field's value where it is true or false.
  func flag(_ field: Field, of place: Int) -> Bool? {
    if let number = other(place) { return others[number].entry[field]?.bool }
    return member(field.rawValue, of: place) { value in
      switch value[0] {
      case UInt8(ascii: "t"): true
      case UInt8(ascii: "f"): false
      default: nil
      }
    }
  }

  func text(of place: Int) -> String? {
    if let number = other(place) { return others[number].entry.text }
    return string(named: "text", of: place)
  }

  /// The entries of which a correction says that they are of one of these kinds.
  func corrected(to kinds: Set<Kind>) -> [EntryRef] {
    let words = kinds.map { Array("\"kind\":\(JSONValue.string($0.name).text)".utf8) }
    func isNamed(in bytes: UnsafeRawBufferPointer) -> Bool {
      words.contains { bytes.firstIndex(of: $0) != nil }
    }
    return lines.indices.compactMap { place in
      let isMeant: Bool
      if let number = other(place) {
        guard others[number].entry.kind == .corrected else { return nil }
        var text = others[number].entry[.set]?.text ?? ""
        isMeant = text.withUTF8 { isNamed(in: UnsafeRawBufferPointer($0)) }
      } else {
        guard kind(of: lines[place]) == .corrected else { return nil }
        isMeant =
          member(Field.set.rawValue, of: place) { isNamed(in: UnsafeRawBufferPointer($0)) } ?? false
      }
      return isMeant ? string(.ref, of: place).flatMap { EntryRef($0) } : nil
    }
  }

  func author(of place: Int) -> String {
    if let number = other(place) { return others[number].author }
    return string(named: "author", of: place) ?? names.users[Int(lines[place].by)]
  }

  private func string(named name: String, of place: Int) -> String? {
    member(name, of: place) { value in
      guard value.count >= 2, value[0] == UInt8(ascii: "\"") else { return nil }
      return String(
        decoding: UnsafeBufferPointer(rebasing: value[1..<(value.count - 1)]), as: UTF8.self)
    }
  }

  private func member<Value>(
    _ name: String, of place: Int, _ read: (UnsafeBufferPointer<UInt8>) -> Value?
  ) -> Value? {
    let line = lines[place]
    guard line.members_length > 0 else { return nil }
    var name = name
    return name.withUTF8 { name in
      guard let text = name.baseAddress else { return nil }
      var length = 0
      let value = loggist_member_find(
        members + Int(line.members), Int(line.members_length), text, name.count, &length)
      return value.flatMap { read(UnsafeBufferPointer(start: $0, count: length)) }
    }
  }
}

extension IndexedLine {
  func has(_ mark: some BinaryInteger) -> Bool { marks & UInt16(truncatingIfNeeded: mark) != 0 }

  fileprivate func detail(of kind: Kind) -> Moment.Detail {
    var detail = Moment.Detail()
    switch kind {
    case .impact:
      detail.change =
        has(LOGGIST_LINE_STARTED)
        ? .started : has(LOGGIST_LINE_CHANGED) ? .changed : has(LOGGIST_LINE_ENDED) ? .ended : nil
      detail.degree =
        has(LOGGIST_LINE_FULL)
        ? .full : has(LOGGIST_LINE_DEGRADED) ? .degraded : has(LOGGIST_LINE_RISK) ? .risk : nil
    case .diagnosis: detail.isConfirmed = has(LOGGIST_LINE_CONFIRMED)
    case .mitigation:
      detail.outcome =
        has(LOGGIST_LINE_HELD) ? .held : has(LOGGIST_LINE_REVERTED) ? .reverted : nil
    case .complaint: detail.wantsCallBack = has(LOGGIST_LINE_CALLBACK)
    default: break
    }
    return detail
  }
}
