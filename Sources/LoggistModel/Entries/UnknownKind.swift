internal import Synchronization

/// A kind that this version does not know.
///
/// A number, by which its name is kept for as long as the program runs: every mark and every entry has a kind, and a number
/// is copied without being counted.
package struct UnknownKind: Sendable, Hashable {
  private let number: Int32

  package init(_ name: String) {
    number = UnknownKind.names.withLock { $0.number(of: name) }
  }

  package var name: String { UnknownKind.names.withLock { $0.all[Int(number)] } }

  private static let names = Mutex(Names())

  private struct Names {
    var all: [String] = []
    private var numbers: [String: Int32] = [:]

    mutating func number(of name: String) -> Int32 {
      if let known = numbers[name] { return known }
      all.append(name)
      numbers[name] = Int32(all.count - 1)
      return Int32(all.count - 1)
    }
  }
}
