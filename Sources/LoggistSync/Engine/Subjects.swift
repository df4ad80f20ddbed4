import LoggistModel

/// What everything is called on the engine.
struct Subjects: Sendable {
  let org: String
  let name: NodeCode
  /// One process of this machine: answers to another one are not for it.
  let instance: String

  var stream: String { "LOGGIST_\(org.uppercased())" }
  /// At a site with servers of its own: what its own machines say.
  var siteStream: String { "\(stream)_SITE" }
  var allLogs: String { "loggist.\(org).log.*" }
  func log(_ node: NodeCode) -> String { "loggist.\(org).log.\(node)" }
  func vector(_ node: NodeCode) -> String { "loggist.\(org).vector.\(node)" }
  var allVectors: String { "loggist.\(org).vector.*" }
  func fetch(_ node: NodeCode) -> String { "loggist.\(org).fetch.\(node)" }

  /// Of the durable consumer, which goes on where it was.
  var consumer: String { name.description }
  /// Of the short-lived one that says how far the stream has each log.
  var lastLines: String { "\(name)-last" }

  var inbox: String { "_INBOX.\(org).\(name).\(instance)" }
  func acknowledgement(_ ref: EntryRef) -> String { "\(inbox).ack.\(ref.node).\(ref.sequence)" }
  func pull(_ number: Int) -> String { "\(inbox).pull.\(number)" }
  func answer(_ number: Int) -> String { "\(inbox).answer.\(number)" }
  var survey: String { "\(inbox).survey" }
  var everyAnswer: [String] {
    ["\(inbox).ack.>", "\(inbox).pull.*", "\(inbox).answer.*", survey]
  }

  /// The last word of a subject that begins like another one.
  static func lastWord(of subject: String, behind front: String) -> Substring? {
    subject.hasPrefix(front + ".") ? subject.dropFirst(front.count + 1) : nil
  }
}
