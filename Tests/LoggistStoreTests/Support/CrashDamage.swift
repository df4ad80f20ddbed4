import Synchronization
import TestSupport

/// What a power cut may do to what was not flushed. Bytes that were flushed are never touched: a disk is believed when it
/// says that it has them, and a sector that is written anew holds what it held or what it was to hold.
enum CrashDamage: CaseIterable, Sendable {
  /// Nothing of it is there.
  case dropped
  /// All of it is.
  case kept
  /// The first writes are there, the last of them up to a byte.
  case cut
  /// Whole writes are missing while later ones are there; their place holds NULs.
  case reordered
  /// Sectors of 512 bytes arrived in any order, what is missing is NULs.
  case torn
  /// The file grew, and nothing that was written is in it.
  case nulls
  /// Missing sectors hold what the disk had there before.
  case garbage
  /// The same, and what it had there was somebody's text.
  case staleText
}

extension SimulatedDisk {
  /// The disk after the power came back.
  func afterPowerCut(
    _ damage: CrashDamage, using generator: inout SeededGenerator
  ) -> SimulatedDisk {
    SimulatedDisk(state.withLock { $0 }.afterPowerCut(damage, using: &generator))
  }
}

extension SimulatedDisk.State {
  func afterPowerCut(
    _ damage: CrashDamage, using generator: inout SeededGenerator
  ) -> SimulatedDisk.State {
    var state = self
    for node in nodes.keys.sorted() {
      guard var inode = nodes[node] else { continue }
      if inode.isFolder {
        inode.damageNames(damage, using: &generator)
      } else if !inode.pending.isEmpty {
        inode.kept = inode.damaged(damage, using: &generator)
      }
      (inode.data, inode.names, inode.pending) = (inode.kept, inode.keptNames, [])
      state.nodes[node] = inode
    }
    (state.files, state.locks, state.isDead, state.counts) = ([:], [:], false, [:])
    return state
  }
}

extension SimulatedDisk.Inode {
  fileprivate mutating func damageNames(
    _ damage: CrashDamage, using generator: inout SeededGenerator
  ) {
    for name in Set(names.keys).union(keptNames.keys).sorted() where names[name] != keptNames[name]
    {
      switch damage {
      case .dropped: break
      case .kept: keptNames[name] = names[name]
      default: if Bool.random(using: &generator) { keptNames[name] = names[name] }
      }
    }
  }

  fileprivate func damaged(
    _ damage: CrashDamage, using generator: inout SeededGenerator
  ) -> [UInt8] {
    var result = kept
    switch damage {
    case .dropped: break
    case .kept:
      for write in pending { result.put(write.bytes, at: write.offset) }
    case .cut:
      let last = Int.random(in: 0..<pending.count, using: &generator)
      for write in pending[..<last] { result.put(write.bytes, at: write.offset) }
      let length = Int.random(in: 0...pending[last].bytes.count, using: &generator)
      result.put(Array(pending[last].bytes[..<length]), at: pending[last].offset)
    case .reordered:
      for write in pending where Bool.random(using: &generator) {
        result.put(write.bytes, at: write.offset)
      }
    case .nulls: result = grown(using: &generator) { _, _ in 0 }
    case .torn: result = torn(using: &generator) { _ in 0 }
    case .garbage:
      result = torn(using: &generator) { UInt8.random(in: 0...255, using: &$0) }
    case .staleText:
      result = torn(using: &generator) { UInt8.random(in: 0x61...0x7A, using: &$0) }
    }
    return result
  }

  /// The file at a length up to that of all writes; what was not flushed comes from the filler.
  private func grown(
    using generator: inout SeededGenerator, _ filler: (Int, inout SeededGenerator) -> UInt8
  ) -> [UInt8] {
    let end = max(kept.count, pending.map { $0.offset + $0.bytes.count }.max() ?? 0)
    let length = Int.random(in: kept.count...end, using: &generator)
    return kept + (kept.count..<length).map { filler($0, &generator) }
  }

  /// Sector by sector what was written or what the filler gives.
  private func torn(
    using generator: inout SeededGenerator, _ filler: (inout SeededGenerator) -> UInt8
  ) -> [UInt8] {
    var written = kept
    for write in pending { written.put(write.bytes, at: write.offset) }
    var result = written
    // Of what was written over, each sector is the old one or the new one.
    for start in stride(from: 0, to: kept.count, by: 512) {
      let sector = start..<min(kept.count, start + 512)
      if kept[sector] != written[sector], Bool.random(using: &generator) {
        result.replaceSubrange(sector, with: kept[sector])
      }
    }
    var start = kept.count
    while start < written.count {
      let end = min(written.count, (start / 512 + 1) * 512)
      if Bool.random(using: &generator) {
        for place in start..<end { result[place] = filler(&generator) }
      }
      start = end
    }
    // The size may not have arrived either, in steps of a sector.
    if Int.random(in: 0..<4, using: &generator) == 0 {
      let length = Int.random(in: kept.count...written.count, using: &generator)
      result.removeSubrange(max(kept.count, length / 512 * 512)...)
    }
    return result
  }
}
