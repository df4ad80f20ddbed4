import LoggistModel
import LoggistStore
import TestSupport

/// Stores that nobody would have: logs of every kind of entry that says something about another one, on up to three
/// nodes, in months out of order, with lines of every form that a reader takes and some that it does not.
struct RandomStore {
  var random: SeededGenerator
  let folder = TemporaryFolder()
  let store: Store
  private(set) var texts: [String] = []

  /// A number may stand twice in a log.
  let isDoubled: Bool

  private let codes: [NodeCode]
  private var counts: [NodeCode: Int] = [:]
  private var names: [(name: String, kind: String)] = []
  /// How odd the lines are: 0 for what this program writes.
  private let oddity: Int

  init(seed: UInt64) throws {
    random = SeededGenerator(seed: seed)
    codes = Array(
      [inc, NodeCode("LAB"), NodeCode("WARD2")].compactMap(\.self).prefix(1 + random.below(3)))
    oddity = random.pick([0, 0, 1, 4])
    let isChosen = random.below(4) == 0
    isDoubled = oddity > 0 && isChosen
    let path = folder.path + "/store"
    _ = try rehearsal(path)
    for code in codes where code != inc {
      try SystemCalls.real.mkdir("\(path)/nodes/\(code)", 0o700)
      folder.write(
        "store/nodes/\(code)/node.json",
        Array(#"{"node":"\#(code)","uuid":"u-\#(code)","created":"2022-01-05T19:51:12.000Z"}"#.utf8)
      )
    }
    store = try Store.open(path, access: .readOnly)
    var files: [String: [UInt8]] = [:]
    let months = ["2021-11", "2021-12", "2022-01", "2022-01.2", "2022-02"]
    for step in 0..<(30 + random.below(170)) {
      let code = random.pick(codes)
      let file = "store/nodes/\(code)/\(months[min(step / 40, 4)]).jsonl"
      files[file, default: []] += line(of: code, step)
    }
    for (file, bytes) in files {
      folder.write(file, oddity > 0 && random.below(4) == 0 ? bytes.dropLast() : bytes[...])
    }
    if isDoubled, random.below(4) == 0, let (_, bytes) = files.min(by: { $0.key < $1.key }) {
      folder.write("store/nodes/INC/2031-01.jsonl", bytes.prefix(random.below(bytes.count)))
    }
  }

  // MARK: - Words

  private static let words = """
    printer network Störung stört für Été naïve Kaffee \u{212A}elvin ok Öl gro\u{DF} GRO\u{1E9E} 接続 \u{F900}界 できない \
    не Работает Й разъём لا يعمل שלום e\u{301}te\u{301} a\u{308}pfel I\u{307}stanbul İzmir ışık Ω ohm \u{2126} \u{212B}ngström \
    x entry text node INC.3 INC-2 inc lab.1 12:30 17 2 a/b C:\\temp say "hi" tab\there 🚒 한국어 ελλάδα ; \u{37E} ` k kk dead
    """.split(separator: " ").map(String.init)

  private mutating func phrase() -> String {
    let text = (0..<(1 + random.below(6))).map { _ in word() }.joined(separator: " ")
    texts.append(text)
    return text
  }

  private mutating func word() -> String {
    let word = random.pick(RandomStore.words)
    return switch random.below(4) {
    case 0: word.uppercased()
    case 1: word.lowercased()
    default: word
    }
  }

  /// Something to look for: mostly a piece of what stands in the log.
  mutating func query() -> String {
    (0...random.below(3)).map { _ in
      let source: String =
        switch random.below(8) {
        case 0: random.pick(names).name
        case 1:
          random.pick(["incident", "kind", "salt", "at", "complaint", "ama", "Zoë", "seq", "a"])
        case 2: "\(random.pick(codes))-\(random.below(5))"
        case 3: "\(random.below(200))"
        default: random.pick(random.pick(texts).split(separator: " ").map(String.init))
        }
      let letters = Array(source)
      let start = random.below(2) == 0 ? 0 : random.below(letters.count)
      let piece = String(letters[start..<min(letters.count, start + 1 + random.below(8))])
      return random.below(3) == 0 ? piece.uppercased() : piece
    }.joined(separator: " ")
  }

  // MARK: - Entries

  private mutating func ref(_ kinds: String...) -> JSONValue {
    if random.below(12) == 0 { return .string("\(random.pick(codes)).\(random.below(60) + 1)") }
    let fitting = names.filter { kinds.isEmpty || kinds.contains($0.kind) }
    return .string(fitting.isEmpty ? "INC.1" : random.pick(fitting).name)
  }

  private mutating func incident() -> JSONValue {
    // Another machine's, of whose log there is no copy here.
    if oddity > 1, random.below(60) == 0 { return .string("AWAY-1") }
    return .string("\(random.pick(codes))-\(random.below(6) + 1)")
  }

  private static let kinds = """
    opened opened complaint complaint note note observation set set engaged informed attached attached detached merged \
    unmerged corrected corrected corrected corrected struck struck unstruck redacted handover measure_update odd impact \
    resolved resolved closed cancelled reopened restored
    """.split(separator: " ").map(String.init)

  private mutating func entry(_ logged: Instant) -> (kind: String, members: [JSONMember]) {
    let kind = random.pick(RandomStore.kinds)
    var members = [JSONMember("kind", .string(kind))]
    if random.below(6) > 0 { members.append(JSONMember("incident", incident())) }
    let at = Timestamp(logged - .minutes(random.below(300)), offsetMinutes: 60).description
    members.append(JSONMember("at", .string(oddity > 1 && random.below(20) == 0 ? "then" : at)))
    if random.below(3) > 0 { members.append(JSONMember("text", .string(phrase()))) }
    switch kind {
    case "opened": members.append(JSONMember("title", .string(phrase())))
    case "set":
      members.append(
        JSONMember(random.pick(["title", "title", "service", "place"]), .string(phrase())))
    case "complaint": members.append(JSONMember("caller", .string(phrase())))
    case "corrected":
      members.append(
        JSONMember(
          "ref",
          random.below(3) == 0 ? ref("corrected", "struck", "attached", "opened", "set") : ref()))
      members.append(JSONMember("set", .object([change(), change()])))
    case "struck", "unstruck", "redacted", "attached", "detached", "informed", "engaged",
      "unmerged":
      members.append(JSONMember("ref", ref()))
      members.append(JSONMember("reason", .string(phrase())))
    case "merged": members.append(JSONMember("into", incident()))
    case "handover": members.append(JSONMember("open", .array([incident(), ref()])))
    default: break
    }
    if random.below(8) == 0 {
      members.append(JSONMember("tags", .array([.string(word()), .string(word())])))
    }
    if random.below(8) == 0 { members.append(JSONMember("refs", .array([ref()]))) }
    if random.below(8) == 0 {
      members.append(JSONMember("author", .string(random.pick(["zoë", "k.osei"]))))
    }
    if random.below(8) == 0 {
      members.append(
        JSONMember("source", .object([JSONMember("incident", .string("SN\(random.below(99))"))])))
    }
    members.append(JSONMember("salt", .string(String(repeating: "dead", count: 8))))
    return (kind, members)
  }

  private mutating func change() -> JSONMember {
    switch random.below(9) {
    case 0: JSONMember("incident", random.below(4) == 0 ? .null : incident())
    case 1: JSONMember("text", .string(phrase()))
    case 2: JSONMember("at", .string("2022-01-05T2\(random.below(4)):00:00+01:00"))
    case 3:
      JSONMember(
        "kind",
        .string(random.pick(["note", "complaint", "opened", "set", "resolved", "reopened"])))
    case 4: JSONMember("ref", ref())
    case 5: JSONMember("caller", .string(phrase()))
    case 6:
      JSONMember(
        "set",
        .object([JSONMember("text", .string(phrase())), JSONMember("title", .string(phrase()))]))
    default: JSONMember("title", .string(phrase()))
    }
  }

  // MARK: - Lines

  private mutating func line(of node: NodeCode, _ step: Int) -> [UInt8] {
    var number = (counts[node] ?? 0) + 1
    if oddity > 0, random.below(60) == 0 { number += random.below(3) }
    if isDoubled, number > 2, random.below(150) == 0 { number -= 1 + random.below(2) }
    counts[node] = number
    let logged = evening + .minutes(step * 3 + random.below(3))
    let (kind, members) = entry(logged)
    names.append(("\(node).\(number)", kind))
    let digest = String(repeating: random.pick(["a", "K", "e", "9"]), count: 43)
    var head = [
      JSONMember("v", .integer(oddity > 1 && random.below(30) == 0 ? 2 : 1)),
      JSONMember("node", .string("\(node)")), JSONMember("seq", .integer(number)),
      JSONMember("logged", .string(Timestamp.utcText(logged))),
      JSONMember("by", .string(random.pick(["ama", "Zoë", "kofi"]))),
      JSONMember("via", .string("cli")),
      JSONMember("prev", .string(digest)), JSONMember("digest", .string(digest)),
    ]
    if random.below(20) == 0 { head.insert(JSONMember("gap", .string(digest)), at: 7) }
    let form = oddity > 0 && random.below(oddity == 1 ? 10 : 3) == 0 ? random.below(10) : -1
    if form == 0 { head.swapAt(1, 4) }
    var bytes = Array(JSONValue.object(head + [JSONMember("entry", .object(members))]).text.utf8)
    switch form {
    case 1: bytes = RandomStore.escaped(bytes)
    case 2: bytes = RandomStore.spaced(bytes)
    case 3: bytes.append(0x0D)
    case 4:
      bytes.insert(
        contentsOf: Array("{\"v\":1,\"node\":\"INC\",\"seq\":\(number),\"log".utf8), at: 0)
    case 5: bytes += Array("tail".utf8)
    case 6: bytes = bytes.dropLast(3)
    case 7: bytes += [0x0A, 0x0A] + Array("not a line".utf8)
    case 8 where isDoubled: bytes += [0x0A] + bytes
    // What a crash leaves, and the line that got its number afterwards.
    case 9: bytes = bytes.dropLast(12) + [0x0A] + bytes
    default: break
    }
    return bytes + [0x0A]
  }

  /// Every letter that is not ASCII, and now and then one that is, as `\u`.
  private static func escaped(_ bytes: [UInt8]) -> [UInt8] {
    String(decoding: bytes, as: UTF8.self).utf16.flatMap { unit -> [UInt8] in
      if unit < 0x80, unit != 0x72 { return [UInt8(unit)] }
      let digits = String(unit, radix: 16)
      return Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
    }
  }

  /// With a space behind each colon and comma that parts members.
  private static func spaced(_ bytes: [UInt8]) -> [UInt8] {
    Array(
      String(decoding: bytes, as: UTF8.self).replacing("\":", with: "\": ").replacing(
        ",\"", with: ", \""
      )
      .utf8)
  }
}

extension SeededGenerator {
  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[below(elements.count)]
  }

  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
}
