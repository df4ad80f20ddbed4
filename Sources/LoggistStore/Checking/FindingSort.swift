/// What a finding says of the record, in one word: what `verify` tells apart.
package enum FindingSort: String, Sendable, Hashable, CaseIterable {
  /// Somebody changed what was recorded, or added to it.
  case altered
  /// A write that was cut off: nothing that was acknowledged.
  case torn
  /// Something that was recorded is not there.
  case missing
  /// Taken out on purpose, by an entry that says so.
  case redacted
  /// Bytes that are no entry, or an entry that cannot be read.
  case foreign
  /// Worth knowing; says nothing against the record.
  case note
}

extension Finding {
  package var sort: FindingSort {
    switch reason {
    case .redacted, .unfinishedRedaction: return .redacted
    case .alteredEntry, .alteredHead, .alteredFirst, .gapDiffers, .uncoveredBytes, .outOfOrder,
      .loggedGoesBack, .notedHeadDiffers, .differsFromNote, .fork, .forkKept, .evidenceAltered,
      .membersBehindEntry, .doubledKey:
      return .altered
    case .missing, .missingSegment, .notedHeadMissing, .notedAndMissing, .evidenceMissing,
      .nodeFileMissing, .storeFileMissing:
      return .missing
    case .tornTail: return .torn
    case .sync(let problem): return problem.isFork ? .altered : .note
    default:
      // A piece that the next line accounts for was there when that line was written: a write was cut off.
      if reason.isForeign { return accountedBy == nil ? .foreign : .torn }
      return isHarmless ? .note : .foreign
    }
  }
}
