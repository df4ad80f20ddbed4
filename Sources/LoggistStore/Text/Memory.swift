private import CSystem
import Glibc

func memoryEquals(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ count: Int) -> Bool {
  memcmp(left, right, count) == 0
}

extension UnsafeRawBufferPointer {
  /// Where a byte stands first, from a place on.
  func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    guard let base = baseAddress, start < count else { return nil }
    guard let found = memchr(base + start, Int32(byte), count - start) else { return nil }
    return UnsafeRawPointer(found) - base
  }

  /// Where a byte stands last.
  func lastIndex(of byte: UInt8) -> Int? {
    guard let base = baseAddress, let found = loggist_find_last(base, Int32(byte), count) else {
      return nil
    }
    return found - base
  }

  /// Where some bytes begin first, from a place on.
  func firstIndex(of pattern: [UInt8], from start: Int = 0) -> Int? {
    guard let base = baseAddress, start < count else { return nil }
    guard let found = loggist_find(base + start, count - start, pattern, pattern.count) else {
      return nil
    }
    return found - base
  }

  /// Every place where some bytes begin.
  func places(of pattern: [UInt8]) -> [Int] {
    var places: [Int] = []
    var from = 0
    while let place = firstIndex(of: pattern, from: from) {
      places.append(place)
      from = place + 1
    }
    return places
  }

  subscript(part range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: self[range])
  }
}
