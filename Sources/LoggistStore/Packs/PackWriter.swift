package import LoggistModel

extension PackPlan {
  /// Writes the pack: the first line, the stretches as they are, the evidence, the last line.
  ///
  /// - Parameter write: takes the bytes in pieces of about a megabyte.
  package func write(
    made: Instant, report: PackProgress.Report = { _ in },
    to write: ([UInt8]) throws(StoreError) -> Void
  ) throws(StoreError) {
    var written = 0
    var (piece, hasher) = ([UInt8](), SHA256Hasher())
    func flush() throws(StoreError) {
      hasher.add(piece)
      try write(piece)
      piece.removeAll(keepingCapacity: true)
    }
    func put(_ line: [UInt8]) throws(StoreError) {
      piece += line
      piece.append(0x0A)
      if piece.count > 1 << 20 { try flush() }
    }
    let header = PackHeader(
      made: Timestamp.utcText(made), store: store.uuid, isRehearsal: store.isRehearsal, runs: runs)
    try put(Array(header.json.text.utf8))
    for run in runs {
      for number in run.first...run.last {
        let line = try line(of: run, number)
        if !line.gap.isEmpty {
          let gap = JSONValue.object([
            JSONMember("gap", .string(Base64.text(line.gap[...]))),
            JSONMember("before", .string("\(EntryRef(node: run.node.code, sequence: number))")),
          ])
          try put(Array(gap.text.utf8))
        }
        try put(line.bytes)
        written += 1
        if written.isMultiple(of: PackProgress.interval) {
          report(.written(written, of: lineCount))
        }
      }
    }
    for name in evidence {
      try EvidencePiece.each(of: name, in: EvidenceFolder(store)) { (piece) throws(StoreError) in
        try put(Array(piece.json.text.utf8))
      }
    }
    try flush()
    let end = PackEnd(lines: lineCount, files: evidence.count, sum: hex(hasher.digest()))
    try write(Array(end.json.text.utf8) + [0x0A])
  }
}

extension EvidencePiece {
  static func each(
    of name: EvidenceName, in folder: EvidenceFolder,
    _ body: (EvidencePiece) throws(StoreError) -> Void
  ) throws(StoreError) {
    var (rest, offset) = ([UInt8](), 0)
    let size = try folder.size(of: name)
    func cut(_ count: Int) throws(StoreError) {
      let bytes = Array(rest.prefix(count))
      rest.removeFirst(bytes.count)
      try body(EvidencePiece(name: name, size: size, offset: offset, bytes: bytes))
      offset += bytes.count
    }
    _ = try folder.read(name) { (bytes) throws(StoreError) in
      rest += bytes
      while rest.count >= limit { try cut(limit) }
    }
    if !rest.isEmpty { try cut(rest.count) }
  }
}
