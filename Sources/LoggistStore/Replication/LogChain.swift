internal import LoggistModel

/// Which lines of a node's log are here without a hole, each linked to the one before it, and where each lies.
struct LogChain {
  private(set) var position: LogPosition
  private var places: [Place] = []
  /// Lines behind a hole, by their number.
  private var later: [Int: Later] = [:]

  /// A line in a file: so many bytes from an offset on, its end of line among them.
  struct Place {
    /// Among the log's files, as they are counted by who reads them.
    var file: Int32
    /// Bytes in front of it that are no line.
    var before: UInt32
    var length: UInt32
    var offset: Int

    init(file: Int, before: Int, offset: Int, length: Int) {
      self.file = Int32(file)
      (self.before, self.length) = (UInt32(clamping: before), UInt32(clamping: length))
      self.offset = offset
    }

    var range: Range<Int> { offset..<offset + Int(length) }
  }

  private struct Later {
    var prev: String
    var head: String
    var place: Place
  }

  init(_ position: LogPosition) {
    self.position = position
  }

  subscript(sequence: Int) -> Place? {
    places.indices.contains(sequence - 1) ? places[sequence - 1] : nil
  }

  /// Takes a line in, whichever comes first: one that closes a hole brings those behind it along.
  mutating func take(_ sequence: Int, prev: String, head: String, at place: Place) {
    guard sequence > position.sequence else { return }
    guard sequence == position.sequence + 1 else {
      if later[sequence] == nil { later[sequence] = Later(prev: prev, head: head, place: place) }
      return
    }
    guard prev == position.head else { return }
    places.append(place)
    position = LogPosition(sequence: sequence, head: head)
    while let next = later.removeValue(forKey: position.sequence + 1), next.prev == position.head {
      places.append(next.place)
      position = LogPosition(sequence: position.sequence + 1, head: next.head)
    }
  }
}

/// Shows the lines of a file to a chain.
struct ChainVisitor: LineVisitor {
  var chain: LogChain
  let file: Int
  /// The end of the last line in the file.
  var end: Int

  mutating func visit(_ line: Line, at place: LinePlace, bytes: UnsafeRawBufferPointer) {
    let lying = LogChain.Place(
      file: file, before: place.offset - end, offset: place.offset, length: place.end - place.offset
    )
    end = place.end
    guard let prev = line.prev else { return }
    let head = base64URL(SHA256.digest(bytes[part: 0..<line.headLength]))
    chain.take(line.sequence, prev: prev, head: head, at: lying)
  }

  mutating func note(_ reason: FindingReason, at place: LinePlace) {}
}
