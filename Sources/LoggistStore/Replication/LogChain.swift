internal import LoggistModel

/// Which lines of a node's log are here without a hole, each linked to the one before it, and where each lies.
struct LogChain {
  private(set) var position: LogPosition
  /// A line of the next number is here and does not follow from the last one.
  private(set) var isBroken = false
  private var places: [Place] = []
  /// Of each file: the end of its last line that is in the chain.
  private var ends: [Int] = []
  /// Lines behind a hole, by their number.
  private var later: [Int: Link] = [:]

  /// A line in a file, without its end of line.
  struct Place {
    /// Among the log's files, as they are counted by who reads them.
    var file: Int32
    /// Bytes in front of it that it accounts for; `none` where it accounts for nothing.
    var gap: Int32
    var length: Int32
    var offset: Int

    static let none: Int32 = -1

    init(file: Int, gap: Int?, offset: Int, length: Int) {
      self.file = Int32(file)
      self.gap = gap.map { Int32(clamping: $0) } ?? Place.none
      self.length = Int32(clamping: length)
      self.offset = offset
    }

    var range: Range<Int> { offset..<offset + Int(length) }
  }

  struct Link {
    var sequence: Int
    var prev: String
    var head: String
    var place: Place
    /// Behind its end of line.
    var end: Int
  }

  init(_ position: LogPosition) {
    self.position = position
  }

  subscript(sequence: Int) -> Place? {
    places.indices.contains(sequence - 1) ? places[sequence - 1] : nil
  }

  /// Lines stand behind a hole.
  var hasHole: Bool { !later.isEmpty }

  /// Behind the last line of a file that is in the chain: 0 where none is.
  func end(of file: Int) -> Int { ends.indices.contains(file) ? ends[file] : 0 }

  /// The file of the last line.
  var lastFile: Int? { places.last.map { Int($0.file) } }

  /// Takes a line in, whichever comes first: one that closes a hole brings those behind it along.
  mutating func take(_ link: Link) {
    guard link.sequence > position.sequence else { return }
    guard link.sequence == position.sequence + 1 else {
      if later[link.sequence] == nil { later[link.sequence] = link }
      return
    }
    guard link.prev == position.head else {
      isBroken = true
      return
    }
    append(link)
    while let next = later.removeValue(forKey: position.sequence + 1) {
      guard next.prev == position.head else {
        isBroken = true
        return
      }
      append(next)
    }
  }

  /// Adds the next line, and none of those that wait behind a hole.
  mutating func append(_ link: Link) {
    places.append(link.place)
    let file = Int(link.place.file)
    if file >= ends.count { ends += repeatElement(0, count: file + 1 - ends.count) }
    ends[file] = max(ends[file], link.end)
    position = LogPosition(sequence: link.sequence, head: link.head)
    isBroken = false
  }
}

/// Shows the lines of a file to a chain.
struct ChainVisitor: LineVisitor {
  var chain: LogChain
  let file: Int
  /// The end of the last line in the file, whether it is in the chain or not.
  var end: Int
  /// A line with something behind it does not count: it comes again.
  let isCopy: Bool

  mutating func visit(_ line: Line, at place: LinePlace, bytes: UnsafeRawBufferPointer) {
    let gap = line.gap == nil ? nil : place.offset - end
    end = place.end
    let isClean = place.end == place.offset + place.length + 1
    guard let prev = line.prev, isClean || !isCopy else { return }
    let lying = LogChain.Place(file: file, gap: gap, offset: place.offset, length: place.length)
    let head = base64URL(SHA256.digest(bytes[part: 0..<line.headLength]))
    chain.take(
      LogChain.Link(
        sequence: line.sequence, prev: prev, head: head, place: lying, end: place.end))
  }

  mutating func note(_ reason: FindingReason, at place: LinePlace) {}
}
