internal import Glibc

/// Plain values one behind the other, in memory that grows where it stands, so that C can write into it: most of it is
/// never copied, and pages that nothing was written to take no room. Who has it last deallocates it.
struct GrowingMemory<Value: BitwiseCopyable> {
  private(set) var start: UnsafeMutablePointer<Value>
  private(set) var count = 0
  private var capacity: Int

  /// So many readable bytes stand behind the values.
  private static var padding: Int { JSONParser.padding }

  init(capacity: Int) {
    self.capacity = max(capacity, 1)
    start = GrowingMemory.sized(nil, self.capacity)
  }

  var values: UnsafeBufferPointer<Value> { UnsafeBufferPointer(start: start, count: count) }

  /// Where the next value belongs, with room for so many.
  mutating func end(room: Int) -> UnsafeMutablePointer<Value> {
    if capacity - count < room {
      capacity = max(count + room, capacity + capacity / 4)
      start = GrowingMemory.sized(start, capacity)
    }
    return start + count
  }

  /// Counts so many more, which were written at `end`.
  mutating func take(_ more: Int) { count += more }

  /// Gives back what is not needed.
  mutating func trim() {
    capacity = max(count, 1)
    start = GrowingMemory.sized(start, capacity)
  }

  private static func sized(
    _ start: UnsafeMutablePointer<Value>?, _ capacity: Int
  ) -> UnsafeMutablePointer<Value> {
    guard let memory = realloc(start, capacity * MemoryLayout<Value>.stride + padding) else {
      preconditionFailure("out of memory")
    }
    return memory.assumingMemoryBound(to: Value.self)
  }
}
