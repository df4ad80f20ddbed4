import Testing

@testable import LoggistModel

@Suite("JSON values")
struct JSONTests {
  @Test(
    "only what JSON demands is escaped",
    arguments: [
      ("plain", #""plain""#),
      ("", #""""#),
      ("a\"b\\c/d", #""a\"b\\c/d""#),
      ("line\nbreak\r\ttab", #""line\nbreak\r\ttab""#),
      ("\u{0}\u{1F}\u{8}\u{C}\u{1B}", #""\u0000\u001f\u0008\u000c\u001b""#),
      ("\u{7F}\u{85}\u{2028}\u{FEFF}", "\"\u{7F}\u{85}\u{2028}\u{FEFF}\""),
      ("Bùkọ́lá 药房 صيدلية 🏥", #""Bùkọ́lá 药房 صيدلية 🏥""#),
    ])
  func escapes(text: String, json: String) {
    #expect(JSONValue.string(text).text.utf8.elementsEqual(json.utf8))
  }

  @Test("values are written compactly and in their order")
  func writing() {
    let value = JSONValue.object([
      JSONMember("z", .null),
      JSONMember("a", .array([.bool(true), .bool(false), .number("1.50e-3"), .integer(-7)])),
      JSONMember("", .object([])),
      JSONMember("e", .array([])),
    ])
    #expect(value.text == #"{"z":null,"a":[true,false,1.50e-3,-7],"":{},"e":[]}"#)
  }

  @Test("a value is read as what it is and nothing else")
  func reading() {
    #expect(JSONValue.number("12").integer == 12)
    #expect(JSONValue.number("12.0").integer == nil)
    #expect(JSONValue.string("12").integer == nil)
    #expect(JSONValue.string("true").bool == nil)
    #expect(JSONValue.bool(true).string == nil)
    #expect(JSONValue.array([.null]).array == [.null])
    #expect(JSONValue.null.members == nil)
  }

  @Test("where a key stands twice the first wins")
  func duplicates() {
    let value = JSONValue.object([JSONMember("a", .integer(1)), JSONMember("a", .integer(2))])
    #expect(value["a"]?.integer == 1)
    #expect(value["b"] == nil)
  }
}
