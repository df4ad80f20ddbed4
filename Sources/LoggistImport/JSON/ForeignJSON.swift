internal import CSimdJSON
import LoggistModel

/// Reads JSON texts into values, member by member as they stand. Not for two threads at once.
final class ForeignJSON {
  private let state: OpaquePointer
  private var padded: [UInt8] = []

  init() {
    guard let state = loggist_json_parser_new() else { preconditionFailure("out of memory") }
    self.state = state
  }

  deinit { loggist_json_parser_free(state) }

  /// A value, or why a text is none and near which byte, from 0.
  func read(_ bytes: some Sequence<UInt8>) -> Result<JSONValue, Failure> {
    padded.removeAll(keepingCapacity: true)
    padded.append(contentsOf: bytes)
    let count = padded.count
    padded.append(contentsOf: repeatElement(0, count: Int(LOGGIST_JSON_PADDING)))
    return padded.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else {
        return .failure(Failure(why: "empty", offset: 0))
      }
      let result = loggist_json_parse(state, start, count)
      guard result.error == LOGGIST_JSON_OK, let tokens = result.tokens else {
        return .failure(
          Failure(why: ForeignJSON.words(result.error), offset: Int(result.error_offset)))
      }
      return .success(ForeignJSON.value(tokens, 0))
    }
  }

  struct Failure: Error {
    let why: String
    let offset: Int

    var sentence: String { "\(why), near byte \(offset + 1)" }
  }

  /// Recursion is bounded by the parser's limit of 512.
  private static func value(_ tokens: UnsafePointer<loggist_json_token>, _ index: Int) -> JSONValue
  {
    let token = tokens[index]
    switch token.kind {
    case LOGGIST_JSON_OBJECT:
      var members: [JSONMember] = []
      var key = index + 1
      while tokens[key].kind == LOGGIST_JSON_KEY {
        members.append(JSONMember(text(tokens[key]), value(tokens, key + 1)))
        key = Int(tokens[key + 1].next)
      }
      return .object(members)
    case LOGGIST_JSON_ARRAY:
      var values: [JSONValue] = []
      var element = index + 1
      while tokens[element].kind != LOGGIST_JSON_ARRAY_END {
        values.append(value(tokens, element))
        element = Int(tokens[element].next)
      }
      return .array(values)
    case LOGGIST_JSON_STRING: return .string(text(token))
    case LOGGIST_JSON_NUMBER: return .number(text(token))
    case LOGGIST_JSON_TRUE: return .bool(true)
    case LOGGIST_JSON_FALSE: return .bool(false)
    default: return .null
    }
  }

  private static func text(_ token: loggist_json_token) -> String {
    String(
      decoding: UnsafeBufferPointer(start: token.text, count: Int(token.length)), as: UTF8.self)
  }

  private static func words(_ error: loggist_json_error) -> String {
    switch error {
    case LOGGIST_JSON_NOT_UTF8: "not UTF-8"
    case LOGGIST_JSON_TOO_DEEP: "nested deeper than 512"
    case LOGGIST_JSON_BAD_ESCAPE: "an escape that stands for no character"
    case LOGGIST_JSON_UNCLOSED_STRING: "a string without its end"
    case LOGGIST_JSON_CONTROL_CHARACTER: "a control character in a string"
    case LOGGIST_JSON_BAD_NUMBER: "a number that is none"
    case LOGGIST_JSON_NO_MEMORY: "too large for this machine's memory"
    case LOGGIST_JSON_TRAILING: "something behind its end"
    default: "not JSON"
    }
  }
}

/// The JSON records of a file: a line each, or all in one text.
///
/// A file whose first line is a whole value is read line by line as it comes; any other is one value, which is read when
/// it is all there.
struct JSONRecords {
  private var pending: [UInt8] = []
  private var line = 1
  private var isLines: Bool?
  private let json = ForeignJSON()

  struct Record {
    let line: Int
    let bytes: [UInt8]
    let value: Result<JSONValue, ForeignJSON.Failure>
  }

  /// - Parameters:
  ///   - look: shown lines before they are read, with their line breaks and so many readable bytes behind them.
  ///   - isTaken: asked of each of them whether that was enough.
  mutating func read(
    _ bytes: UnsafeRawBufferPointer, padding: Int = 0,
    looking look: (UnsafeRawBufferPointer) -> Void = { _ in },
    taking isTaken: (_ place: Int, _ line: Int) -> Bool = { _, _ in false },
    _ body: (Record) -> Void
  ) {
    pending += bytes
    if isLines == nil { decide() }
    guard isLines == true, let last = pending.lastIndex(of: 0x0A) else { return }
    pending += repeatElement(0, count: padding)
    pending.withUnsafeBytes { look(UnsafeRawBufferPointer(rebasing: $0[...last])) }
    pending.removeLast(padding)
    takeLines(isTaken, body)
  }

  /// By the first line that is not blank.
  private mutating func decide() {
    if pending.starts(with: [0xEF, 0xBB, 0xBF]) { pending.removeFirst(3) }
    var start = 0
    while let end = pending[start...].firstIndex(of: 0x0A) {
      let first = pending[start..<end]
      if first.allSatisfy({ $0 <= 0x20 }) {
        start = end + 1
        continue
      }
      if case .success(let value) = json.read(first) {
        // `[` alone would be no value; an array on one line is the whole file.
        isLines = value.members != nil
      } else {
        // A line of a log that is damaged looks like `{"v":1,…`; a text over several lines begins with a bracket alone.
        isLines = first.count > 40 && first.first == UInt8(ascii: "{")
      }
      return
    }
  }

  private mutating func takeLines(_ isTaken: (Int, Int) -> Bool, _ body: (Record) -> Void) {
    var (start, place) = (0, 0)
    while let end = pending[start...].firstIndex(of: 0x0A) {
      if isTaken(place, line) { line += 1 } else { take(pending[start..<end], body) }
      start = end + 1
      place += 1
    }
    pending.removeFirst(start)
  }

  private mutating func take(_ bytes: ArraySlice<UInt8>, _ body: (Record) -> Void) {
    defer { line += 1 }
    var bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    if bytes.allSatisfy({ $0 <= 0x20 }) { return }
    body(Record(line: line, bytes: Array(bytes), value: json.read(bytes)))
  }

  mutating func finish(_ body: (Record) -> Void) {
    if isLines == nil { decide() }
    let rest = pending
    pending = []
    if isLines != true, let first = rest.firstIndex(where: { $0 > 0x20 }) {
      line = rest[..<first].count { $0 == 0x0A } + 1
      body(Record(line: line, bytes: rest, value: json.read(rest)))
    } else if !rest.isEmpty {
      take(rest[...], body)
    }
  }
}
