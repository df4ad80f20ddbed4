import LoggistModel

/// A clock as a period keeps it: numbers alone, since there are sixteen of them for every incident of ten years. Its member
/// of the population knows the entries and the name that the numbers stand for.
package struct ClockBrief: Sendable, Hashable {
  package let id: ClockID
  package let isOpen: Bool
  /// Why there is no figure; nil where there is one.
  package let absence: Clock.Absence?
  let marks: Clock.Marks
  /// It was held against a target, and kept to it; nil where it can still do so.
  let isHeld: Bool
  let isWithinTarget: Bool?
  /// Of `MemberNames`; below zero: none.
  let subject: Int16
  let start, end: MemberNames.Ref
  private let length: Int

  /// - Parameter clock: where it stands, since a clock that is handed over is copied.
  init(_ clock: UnsafePointer<Clock>, _ names: inout MemberNames) {
    (id, isOpen) = (clock.pointee.id, clock.pointee.isOpen)
    (absence, marks) = (clock.pointee.absence, clock.pointee.marks)
    (isHeld, isWithinTarget) = (clock.pointee.target != nil, clock.pointee.isWithinTarget)
    subject = clock.pointee.subject.map { names.take($0) } ?? -1
    start = clock.pointee.from.map { names.take($0.ref) } ?? .none
    end = clock.pointee.to.map { names.take($0.ref) } ?? .none
    length = clock.pointee.seconds ?? .min
  }

  /// So far, where it is open; nil where it was not recorded.
  package var seconds: Int? { length == .min ? nil : length }

  package var isFallback: Bool { marks.contains(.fallback) }
  package var isApproximate: Bool { marks.contains(.approximate) }
  package var isNegative: Bool { marks.contains(.negative) }
  /// An escalation that nobody has answered yet, or ever.
  package var isUnanswered: Bool { id == .tto && start != .none && end == .none }
}

/// What the clocks of one incident have to do with, by numbers of eight bytes: nearly all are entries of its own node.
struct MemberNames: Sendable, Hashable {
  private let home: NodeCode
  private var others: [NodeCode] = []
  private var subjects: [String] = []

  init(home: NodeCode) { self.home = home }

  /// An entry: the number of its node above its own, which has fifteen digits at most and is no zero.
  struct Ref: Sendable, Hashable {
    private let bits: UInt64

    static let none = Ref(node: 0, sequence: 0)

    fileprivate init(node: Int, sequence: Int) {
      bits = UInt64(node) << 50 | UInt64(sequence)
    }

    fileprivate var node: Int { Int(bits >> 50) }
    fileprivate var sequence: Int { Int(bits & (1 << 50 - 1)) }
  }

  /// None where the entry is of the sixteen-thousandth node or beyond.
  mutating func take(_ ref: EntryRef) -> Ref {
    if ref.node == home { return Ref(node: 0, sequence: ref.sequence) }
    let place = others.firstIndex(of: ref.node) ?? others.endIndex
    guard place + 1 < 1 << 14 else { return .none }
    if place == others.endIndex { others.append(ref.node) }
    return Ref(node: place + 1, sequence: ref.sequence)
  }

  subscript(ref: Ref) -> EntryRef? {
    if ref == .none { return nil }
    return EntryRef(node: ref.node == 0 ? home : others[ref.node - 1], sequence: ref.sequence)
  }

  mutating func take(_ subject: String) -> Int16 {
    guard subjects.count < Int(Int16.max) else { return -1 }
    subjects.append(subject)
    return Int16(subjects.count - 1)
  }

  func subject(_ number: Int16) -> String? { number < 0 ? nil : subjects[Int(number)] }
}
