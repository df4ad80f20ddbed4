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

  // MARK: - Streams

  func stream(_ plan: StreamPlan) throws(Failure) -> JSONValue {
    try ask("STREAM.INFO.\(plan.name)")
  }

  func makeStream(_ plan: StreamPlan) throws(Failure) -> JSONValue {
    try ask("STREAM.CREATE.\(plan.name)", plan.configuration)
  }

  func updateStream(_ plan: StreamPlan) throws(Failure) -> JSONValue {
    try ask("STREAM.UPDATE.\(plan.name)", plan.configuration)
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

  /// A short-lived consumer of messages' names, without their texts: of one log, or of the last one of every log.
  func makeScan(
    _ name: String, of node: NodeCode?, in stream: String
  ) throws(Failure) -> JSONValue {
    let subject = node.map { subjects.log($0) } ?? subjects.allLogs
    let configuration = JSONValue.object([
      JSONMember("name", .string(name)), JSONMember("filter_subject", .string(subject)),
      JSONMember("deliver_policy", .string(node == nil ? "last_per_subject" : "all")),
      JSONMember("ack_policy", .string("none")),
      JSONMember("headers_only", .bool(true)), JSONMember("mem_storage", .bool(true)),
      JSONMember("num_replicas", .integer(1)),
      JSONMember("inactive_threshold", .integer(30_000_000_000)),
    ])
    return try ask(
      "CONSUMER.CREATE.\(stream).\(name).\(subject)",
      .object([
        JSONMember("stream_name", .string(stream)), JSONMember("config", configuration),
      ]))
  }

  /// Nothing where there is none.
  func endConsumer(_ name: String, in stream: String) {
    _ = try? ask("CONSUMER.DELETE.\(stream).\(name)")
  }

  /// Writes over a message in the stream's files, and takes it out.
  func erase(_ place: Int, in stream: String) throws(Failure) {
    let body = JSONValue.object([JSONMember("seq", .integer(place))])
    _ = try ask("STREAM.MSG.DELETE.\(stream)", body)
  }

  /// Asks for the next messages; they come to the answer address.
  func pull(
    _ name: String, of stream: String, batch: Int, expires seconds: Int, to reply: String
  ) {
    let body = JSONValue.object([
      JSONMember("batch", .integer(batch)),
      JSONMember("expires", .integer(seconds * 1_000_000_000)),
    ])
    connection.publish(
      "$JS.API.CONSUMER.MSG.NEXT.\(stream).\(name)", reply: reply, Array(body.text.utf8))
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
