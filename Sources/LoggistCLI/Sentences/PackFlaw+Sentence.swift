import LoggistStore

extension Failure {
  /// Why a pack was refused, by file and line.
  init(_ flaw: PackFlaw, _ path: String) {
    let file = path.hasPrefix("/proc/self/fd/") ? "standard input" : path
    switch flaw.reason {
    case .notAPack: self.init("\(file) is no pack: 'loggist pack' makes one", .badInput)
    case .newer(let version):
      self.init(
        "\(file) is a pack of version \(version), which this Loggist does not know: update it; nothing was taken",
        .badInput)
    case .rehearsal(let isRehearsal):
      let (its, ours) =
        isRehearsal ? ("a rehearsal", "a real record") : ("a real record", "a rehearsal")
      self.init("\(file) is from \(its) and this store is \(ours): nothing was taken", .badInput)
    case .cutOff:
      self.init("\(file) was cut off: copy it once more; nothing was taken", .badInput)
    default:
      self.init(
        "\(file):\(flaw.line): \(flaw.words): nothing was taken; ask for a new pack", .badInput)
    }
  }
}

extension PackFlaw {
  fileprivate var words: String {
    switch reason {
    case .line(let flaw): flaw.words
    case .outOfOrder(let ref): "\(ref) does not follow from the line before it"
    case .unproved(let ref): "the text of \(ref) is gone and no entry says why"
    case .evidence: "evidence that is not what its name says"
    case .gap: "bytes that belong to no line"
    case .sum: "the pack is not as it was made: its sum differs"
    case .trailing: "something stands behind the pack's end"
    case .tooLong: "longer than 64 MiB"
    case .notAPack, .newer, .rehearsal, .cutOff: ""
    }
  }
}
