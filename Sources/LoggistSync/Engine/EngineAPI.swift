import LoggistModel
import LoggistStore

/// JetStream's own requests, as far as they are needed: JSON to a subject, JSON back.
///
/// libnats has functions for them, and a memory of its own of what is on its way; here there is one such memory, the
/// outbox, and one queue.
struct EngineAPI {
  let connection: NATSConnection
  let subjects: Subjects

  /// Why the engine did not do what it was asked.
  enum Failure: Error, Sendable, Hashable {
    /// Nothing answered: cut off, or the user may not ask this.
    case noAnswer(subject: String)
    /// Nobody answers to that: no JetStream, or no leader for the moment.
    case noEngine
    case refused(code: Int, words: String)

    var isMissing: Bool { if case .refused(10059, _) = self { true } else { false } }
  }

  func ask(_ request: String, _ body: JSONValue? = nil) throws(Failure) -> JSONValue {
    let subject = "$JS.API.\(request)"
    guard let answer = connection.request(subject, body.map { Array($0.text.utf8) } ?? []) else {
      throw .noAnswer(subject: subject)
    }
    if answer.status == 503 { throw .noEngine }
    guard let json = try? JSONText.parse(answer.bytes) else { throw .noAnswer(subject: subject) }
    if let error = json["error"] {
      throw .refused(
        code: error["err_code"]?.integer ?? 0,
        words: printable(error["description"]?.string ?? "error"))
    }
    return json
  }

  // MARK: - The stream

  func stream() throws(Failure) -> JSONValue { try ask("STREAM.INFO.\(subjects.stream)") }

  func makeStream(replicas: Int) throws(Failure) -> JSONValue {
    try ask("STREAM.CREATE.\(subjects.stream)", configuration(replicas: replicas))
  }

  func updateStream(replicas: Int) throws(Failure) -> JSONValue {
    try ask("STREAM.UPDATE.\(subjects.stream)", configuration(replicas: replicas))
  }

  static let window = 24 * 3600 * 1_000_000_000

  /// Kept for ever and purged by nobody; single messages can be taken out, which is what a redaction needs.
  private func configuration(replicas: Int) -> JSONValue {
    .object([
      JSONMember("name", .string(subjects.stream)),
      JSONMember("subjects", .array([.string(subjects.allLogs)])),
      JSONMember("retention", .string("limits")), JSONMember("storage", .string("file")),
      JSONMember("discard", .string("new")), JSONMember("num_replicas", .integer(replicas)),
      JSONMember("max_consumers", .integer(-1)), JSONMember("max_msgs", .integer(-1)),
      JSONMember("max_bytes", .integer(-1)), JSONMember("max_age", .integer(0)),
      JSONMember("max_msg_size", .integer(-1)), JSONMember("deny_delete", .bool(false)),
      JSONMember("deny_purge", .bool(true)),
      JSONMember("duplicate_window", .integer(EngineAPI.window)),
    ])
  }

  /// What of a stream is not as it should be, in words; empty where all is.
  func differences(of stream: JSONValue, replicas: Int) -> [String] {
    let wanted = configuration(replicas: replicas).members ?? []
    let found = stream["config"]
    let checked = [
      "subjects", "retention", "storage", "discard", "num_replicas", "max_age", "max_msgs",
      "max_bytes", "deny_purge", "duplicate_window",
    ]
    return wanted.filter { checked.contains($0.name) && found?[$0.name] != $0.value }
      .map {
        "\($0.name) is \(printable(found?[$0.name]?.text ?? "missing")), not \($0.value.text)"
      }
  }

  // MARK: - The consumer

  func makeConsumer(_ name: String) throws(Failure) -> JSONValue {
    let configuration = JSONValue.object([
      JSONMember("durable_name", .string(name)), JSONMember("name", .string(name)),
      JSONMember("deliver_policy", .string("all")), JSONMember("ack_policy", .string("all")),
      JSONMember("ack_wait", .integer(30_000_000_000)),
      JSONMember("max_ack_pending", .integer(20_000)), JSONMember("max_deliver", .integer(-1)),
      JSONMember("replay_policy", .string("instant")),
    ])
    return try ask(
      "CONSUMER.DURABLE.CREATE.\(subjects.stream).\(name)",
      .object([
        JSONMember("stream_name", .string(subjects.stream)), JSONMember("config", configuration),
      ]))
  }

  func consumer(_ name: String) throws(Failure) -> JSONValue {
    try ask("CONSUMER.INFO.\(subjects.stream).\(name)")
  }

  /// A short-lived consumer of the names of one log's messages, without their texts.
  func makeScan(_ name: String, of node: NodeCode) throws(Failure) -> JSONValue {
    let configuration = JSONValue.object([
      JSONMember("name", .string(name)), JSONMember("filter_subject", .string(subjects.log(node))),
      JSONMember("deliver_policy", .string("all")), JSONMember("ack_policy", .string("none")),
      JSONMember("headers_only", .bool(true)), JSONMember("mem_storage", .bool(true)),
      JSONMember("num_replicas", .integer(1)),
      JSONMember("inactive_threshold", .integer(30_000_000_000)),
    ])
    return try ask(
      "CONSUMER.CREATE.\(subjects.stream).\(name).\(subjects.log(node))",
      .object([
        JSONMember("stream_name", .string(subjects.stream)), JSONMember("config", configuration),
      ]))
  }

  func endScan(_ name: String) { _ = try? ask("CONSUMER.DELETE.\(subjects.stream).\(name)") }

  /// Writes over a message in the stream's files, and takes it out.
  func erase(_ place: Int) throws(Failure) {
    let body = JSONValue.object([JSONMember("seq", .integer(place))])
    _ = try ask("STREAM.MSG.DELETE.\(subjects.stream)", body)
  }

  /// Asks for the next messages; they come to the answer address.
  func pull(_ name: String, batch: Int, expires seconds: Int, to reply: String) {
    let body = JSONValue.object([
      JSONMember("batch", .integer(batch)),
      JSONMember("expires", .integer(seconds * 1_000_000_000)),
    ])
    connection.publish(
      "$JS.API.CONSUMER.MSG.NEXT.\(subjects.stream).\(name)", reply: reply, Array(body.text.utf8))
  }
}

/// A text that somebody else wrote, without what a terminal acts on.
func printable(_ text: String) -> String {
  String(
    String.UnicodeScalarView(
      text.unicodeScalars.map { scalar in
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x206F: "?"
        default: scalar
        }
      }))
}
