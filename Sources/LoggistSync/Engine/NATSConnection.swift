internal import CNATS
import Glibc

/// One connection to the servers, which comes back by itself for as long as it takes. Not for two threads at once.
final class NATSConnection {
  private let state: OpaquePointer

  struct Options: Sendable {
    var servers: [String]
    var name: String
    /// Subjects of answers begin with it.
    var inbox: String
    /// Paths of PEM files.
    var authority: String?
    var certificate: String?
    var key: String?
  }

  struct Refusal: Error, Sendable, Hashable {
    /// As the library says it.
    var text: String
  }

  enum Item: Sendable {
    case message(Message)
    case connected
    case disconnected
    case fault(String)
    case closed(String)
  }

  struct Message: Sendable {
    var subject: String
    var reply: String
    var bytes: [UInt8]
    var label: String?
    var id: String?
    /// 404, 408, 503, …; 0: a message like any other.
    var status: Int
    var text: String?
  }

  init(_ options: Options) throws(Refusal) {
    var error = [CChar](repeating: 0, count: 256)
    let opened = options.forTheLibrary { wanted in
      loggist_nats_open(&wanted, &error, error.count)
    }
    guard let opened else { throw Refusal(text: text(error)) }
    state = opened
  }

  deinit { loggist_nats_close(state) }

  /// Readable while something waits.
  var descriptor: Int32 { loggist_nats_descriptor(state) }
  var isConnected: Bool { loggist_nats_is_connected(state) }
  /// Bytes of a message at most; 0 while there is no connection.
  var largestMessage: Int { Int(loggist_nats_max_payload(state)) }

  func next() -> Item? {
    var item = loggist_nats_item()
    guard loggist_nats_next(state, &item) else { return nil }
    return switch item.kind {
    case LOGGIST_NATS_CONNECTED: .connected
    case LOGGIST_NATS_DISCONNECTED: .disconnected
    case LOGGIST_NATS_FAULT: .fault(item.text.map { String(cString: $0) } ?? "")
    case LOGGIST_NATS_CLOSED: .closed(item.text.map { String(cString: $0) } ?? "")
    default: .message(Message(item))
    }
  }

  /// 0, or the library's code of what went wrong.
  func subscribe(_ subject: String) -> Int32 { loggist_nats_subscribe(state, subject) }

  @discardableResult
  func publish(
    _ subject: String, reply: String? = nil, id: String? = nil, label: String? = nil,
    stream: String? = nil, _ bytes: [UInt8] = []
  ) -> Int32 {
    bytes.withUnsafeBytes { buffer in
      loggist_nats_publish(
        state, subject, reply, id, label, stream, buffer.baseAddress, buffer.count)
    }
  }

  static func isTooLarge(_ code: Int32) -> Bool { loggist_nats_is_too_large(code) }

  /// Waits for one answer; nil where none came in so many milliseconds.
  func request(_ subject: String, _ bytes: [UInt8] = [], within limit: Int = 2000) -> Message? {
    var answer = loggist_nats_item()
    let code = bytes.withUnsafeBytes { buffer in
      loggist_nats_request(
        state, subject, buffer.baseAddress, buffer.count, Int64(limit), &answer)
    }
    if code == 0 { return Message(answer) }
    // The library makes an error of the server's word that nobody listens there.
    let words = String(cString: loggist_nats_text(code))
    return words.contains("responders")
      ? Message(
        subject: subject, reply: "", bytes: [], label: nil, id: nil, status: 503, text: words) : nil
  }
}

extension NATSConnection.Message {
  fileprivate init(_ item: loggist_nats_item) {
    let bytes = item.bytes.map {
      Array(UnsafeRawBufferPointer(start: $0, count: item.length))
    }
    self.init(
      subject: item.subject.map { String(cString: $0) } ?? "",
      reply: item.reply.map { String(cString: $0) } ?? "", bytes: bytes ?? [],
      label: item.label.map { String(cString: $0) },
      id: item.message_id.map { String(cString: $0) }, status: Int(item.status),
      text: item.text.map { String(cString: $0) })
  }
}

/// One try to connect, beside the connection that goes on trying and does not say why it fails. Nothing waits for it.
final class ConnectionTry {
  private let state: OpaquePointer?

  init(_ options: NATSConnection.Options) {
    state = options.forTheLibrary { wanted in loggist_nats_try_begin(&wanted) }
  }

  deinit { loggist_nats_try_free(state) }

  /// Nil while it goes on, else why it failed; empty where it did not.
  var outcome: String? {
    guard let state else { return "out of memory" }
    var error = [CChar](repeating: 0, count: 256)
    return loggist_nats_try_ended(state, &error, error.count) ? text(error) : nil
  }
}

extension NATSConnection.Options {
  fileprivate func forTheLibrary<Value>(_ body: (inout loggist_nats_options) -> Value) -> Value {
    withCStrings(servers) { servers in
      withCString(authority) { authority in
        withCString(certificate) { certificate in
          withCString(key) { key in
            name.withCString { name in
              inbox.withCString { inbox in
                var wanted = loggist_nats_options(
                  servers: servers, server_count: Int32(self.servers.count), name: name,
                  inbox: inbox, authority: authority, certificate: certificate, key: key,
                  reconnect_first: Int64(BackOff.first),
                  reconnect_most: Int64(BackOff.longest / 2))
                return body(&wanted)
              }
            }
          }
        }
      }
    }
  }
}

private func text(_ buffer: [CChar]) -> String {
  String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

private func withCString<Value>(
  _ text: String?, _ body: (UnsafePointer<CChar>?) -> Value
) -> Value {
  guard let text else { return body(nil) }
  return text.withCString { body($0) }
}

private func withCStrings<Value>(
  _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>>) -> Value
) -> Value {
  let copies = texts.compactMap { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return copies.map { UnsafePointer($0) }.withUnsafeBufferPointer { buffer in
    // Never empty: the configuration has one server at least.
    guard let base = buffer.baseAddress else { preconditionFailure("no servers") }
    return body(base)
  }
}
