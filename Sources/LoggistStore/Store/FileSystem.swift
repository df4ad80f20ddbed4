/// What kind of file system a store lies on, by the magic number of `statfs`.
package enum FileSystem: Sendable, Hashable {
  /// Local: locks, appends and flushes hold.
  case local
  /// In memory: writes, but nothing survives a stop of the machine.
  case memory
  /// On a network, in user space, or unknown: `O_APPEND` races, inotify is blind, an error may come at close.
  case network(String)

  package init(magic: Int) {
    self =
      switch magic & 0xFFFF_FFFF {
      case 0xEF53, 0x5846_5342, 0x9123_683E, 0x2FC1_2FC1, 0xF2F5_2010, 0x794C_7630, 0x3153_464A,
        0x5265_4973, 0xCA45_1A4E:
        .local  // ext, xfs, btrfs, zfs, f2fs, overlay, jfs, reiserfs, bcachefs
      case 0x0102_1994, 0x8584_58F6: .memory  // tmpfs, ramfs
      case 0x6969: .network("NFS")
      case 0xFF53_4D42, 0xFE53_4D42, 0x517B: .network("a Windows share")
      case 0x6573_5546: .network("FUSE")
      case 0x0102_1997: .network("9p")
      case 0x00C3_6400: .network("Ceph")
      case 0x0BD0_0BD0: .network("Lustre")
      case 0x4D44: .network("FAT")
      case let other: .network("an unknown file system (0x\(String(other, radix: 16)))")
      }
  }
}
