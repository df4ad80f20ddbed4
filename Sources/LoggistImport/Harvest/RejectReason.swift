/// Why a record of a foreign file is none.
package enum RejectReason: Error, Sendable, Hashable {
  case cells(Int, expected: Int)
  case openQuote
  case noTime
  case noIncident
  case notATime(String)
  /// A day that no calendar has: `31-02-2016`.
  case noSuchDay(String)
  case notJSON(String)
  case notAnObject
  case lacks(String)
  /// It is about an entry that is not among the imported ones.
  case unknownEntry(String)
  case notAnEntry(String)
}

extension RejectReason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .cells(let count, let expected):
      "\(count) \(count == 1 ? "cell" : "cells"), the header has \(expected)"
    case .openQuote: "a quotation mark that is never closed"
    case .noTime: "no time"
    case .noIncident: "no incident"
    case .notATime(let text): "\"\(text)\" is no time of the formats that are read here"
    case .noSuchDay(let text): "\"\(text)\" is a day that the calendar does not have"
    case .notJSON(let why): why
    case .notAnObject: "not a JSON object"
    case .lacks(let name): "no \"\(name)\""
    case .unknownEntry(let ref): "about \(ref), which is not among the imported entries"
    case .notAnEntry(let why): why
    }
  }
}
