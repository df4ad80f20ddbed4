internal import CSimdJSON
internal import LoggistModel

typealias JSONToken = loggist_json_token

/// simdjson behind Swift: reads one text at a time into a flat list of tokens. Not for two threads at once.
final class JSONParser {
  private let state: OpaquePointer

  /// So many readable bytes must follow a text; what they hold does not matter.
  static let padding = Int(LOGGIST_JSON_PADDING)

  init() {
    guard let state = loggist_json_parser_new() else { preconditionFailure("out of memory") }
    self.state = state
  }

  deinit { loggist_json_parser_free(state) }

  /// Reads a text behind which `padding` bytes are readable. The tape is valid until the next call and as long
  /// as the bytes are.
  func parse(_ bytes: UnsafeRawBufferPointer) throws(JSONText.Failure) -> JSONTape {
    guard let start = bytes.baseAddress else { throw JSONText.Failure(.empty, at: 0) }
    let result = loggist_json_parse(
      state, start.assumingMemoryBound(to: UInt8.self), bytes.count)
    if result.error != LOGGIST_JSON_OK {
      throw JSONText.Failure(.init(result.error), at: Int(result.error_offset))
    }
    return JSONTape(
      tokens: UnsafeBufferPointer(start: result.tokens, count: Int(result.count)),
      doubledKey: result.doubled_key < 0 ? nil : Int(result.doubled_key))
  }
}

/// The tokens of one text, outermost value first. Borrowed: see `JSONParser.parse`.
struct JSONTape {
  let tokens: UnsafeBufferPointer<JSONToken>
  /// A key that stands twice in the outermost object or in one right inside it.
  let doubledKey: Int?

  var isObject: Bool { tokens[0].kind == LOGGIST_JSON_OBJECT }

  /// Each member of an object: the index of its key; its value is the token behind.
  func eachMember(of object: Int, _ body: (_ key: Int) -> Void) {
    var index = object + 1
    while tokens[index].kind == LOGGIST_JSON_KEY {
      body(index)
      index = Int(tokens[index + 1].next)
    }
  }

  func string(_ index: Int) -> String? {
    let token = tokens[index]
    return token.kind == LOGGIST_JSON_STRING ? token.string : nil
  }

  /// The value that begins at a token. Recursion is bounded by the parser's limit of 512.
  func value(_ index: Int) -> JSONValue {
    let token = tokens[index]
    switch token.kind {
    case LOGGIST_JSON_OBJECT:
      var members: [JSONMember] = []
      eachMember(of: index) { members.append(JSONMember(tokens[$0].string, value($0 + 1))) }
      return .object(members)
    case LOGGIST_JSON_ARRAY:
      var values: [JSONValue] = []
      var element = index + 1
      while tokens[element].kind != LOGGIST_JSON_ARRAY_END {
        values.append(value(element))
        element = Int(tokens[element].next)
      }
      return .array(values)
    case LOGGIST_JSON_STRING: return .string(token.string)
    case LOGGIST_JSON_NUMBER: return .number(token.string)
    case LOGGIST_JSON_TRUE: return .bool(true)
    case LOGGIST_JSON_FALSE: return .bool(false)
    default: return .null
    }
  }
}

extension JSONToken {
  var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: text, count: Int(length))
  }

  /// simdjson has checked that it is UTF-8.
  var string: String { String(decoding: bytes, as: UTF8.self) }

  var isString: Bool { kind == LOGGIST_JSON_STRING }
  var isObject: Bool { kind == LOGGIST_JSON_OBJECT }

  func isText(_ word: StaticString) -> Bool {
    Int(length) == word.utf8CodeUnitCount
      && memoryEquals(text, word.utf8Start, Int(length))
  }

  /// A whole number from 0 on, of at most 15 digits.
  var count: Int? {
    guard kind == LOGGIST_JSON_NUMBER, (1...15).contains(length) else { return nil }
    var number = 0
    for byte in bytes {
      guard (0x30...0x39).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 0x30)
    }
    return number
  }
}
