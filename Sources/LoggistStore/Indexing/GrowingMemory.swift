internal import Glibc

/// Plain values one behind the other, in memory that C can write into. Pages that nothing was written to take no room, so
/// that there may be more of it than is needed; where there is not enough, it is copied. Who has it last deallocates it.
struct GrowingMemory<Value: BitwiseCopyable> {
  private(set) var start: UnsafeMutablePointer<Value>
  private(set) var count = 0
  private var capacity: Int

  /// So many readable bytes stand behind the values.
  private static var padding: Int { JSONParser.padding }

  init(capacity: Int) {
    self.capacity = max(capacity, 1)
    start = GrowingMemory.sized(self.capacity)
  }

  /// Where the next value belongs, with room for so many.
  mutating func end(room: Int) -> UnsafeMutablePointer<Value> {
    if capacity - count < room {
      capacity = max(count + room, capacity + capacity / 4)
      let larger = GrowingMemory.sized(capacity)
      larger.initialize(from: start, count: count)
      free(start)
      start = larger
    }
    return start + count
  }

  /// Counts so many more, which were written at `end`.
  mutating func take(_ more: Int) { count += more }

  /// Gives back what is not needed. After the last value.
  func trim() {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let used = count * MemoryLayout<Value>.stride + GrowingMemory.padding
    let size = capacity * MemoryLayout<Value>.stride + GrowingMemory.padding
    let rest = UnsafeMutableRawPointer(start).advanced(by: used).alignedUp(toMultipleOf: page)
    let length = (size - (rest - UnsafeMutableRawPointer(start))) / page * page
    // A large page that was begun is in the way, small ones were never there.
    if size >= GrowingMemory.largePage, length > 0 { madvise(rest, length, Int32(MADV_DONTNEED)) }
  }

  func deallocate() { free(start) }

  private static var largePage: Int { 2 << 20 }

  /// Large pages, where the kernel has any: for millions of values it then clears and maps hundreds of them instead of a
  /// hundred thousand.
  private static func sized(_ capacity: Int) -> UnsafeMutablePointer<Value> {
    let size = capacity * MemoryLayout<Value>.stride + padding
    var memory: UnsafeMutableRawPointer?
    guard posix_memalign(&memory, size < largePage ? 64 : largePage, size) == 0, let memory else {
      preconditionFailure("out of memory")
    }
    if size >= largePage { madvise(memory, size, Int32(MADV_HUGEPAGE)) }
    return memory.bindMemory(to: Value.self, capacity: capacity)
  }
}
