/// How far the making or taking of a pack is, for people who wait.
package enum PackProgress: Sendable, Hashable {
  /// Lines that were held against their digests, of how many as far as that is known.
  case checked(Int, of: Int)
  /// Lines that were written into the pack, or into a store.
  case written(Int, of: Int)

  package typealias Report = (PackProgress) -> Void

  /// Reports are made every so many lines.
  static let interval = 1024
}
