/// A deadline that has passed, with what somebody who is told of it wants to know.
package struct Overdue: Sendable, Hashable {
  package let deadline: Deadline
  package let title: String
  package let priority: Priority?
  package let service: String?
  package let owner: String?

  package init(_ deadline: Deadline, of incident: Incident) {
    self.deadline = deadline
    (title, priority) = (incident.title, incident.priority)
    (service, owner) = (incident.service, incident.owner)
  }

  package init(
    _ deadline: Deadline, title: String, priority: Priority?, service: String?, owner: String?
  ) {
    (self.deadline, self.title, self.priority) = (deadline, title, priority)
    (self.service, self.owner) = (service, owner)
  }

  /// What a hook reads: `{"v":1,"hook":"overdue","incident":"INC-12","clock":"ack","due":"…","title":"…"}`.
  package func json(_ zone: Zone) -> JSONValue {
    func optional(_ name: String, _ text: String?) -> [JSONMember] {
      text.map { [JSONMember(name, .string($0))] } ?? []
    }
    return .object(
      [
        JSONMember("v", .integer(1)), JSONMember("hook", .string("overdue")),
        JSONMember("incident", .string(deadline.incident.description)),
        JSONMember("clock", .string(deadline.clock.rawValue)),
        JSONMember("due", .string(zone.timestamp(deadline.due).description)),
        JSONMember("title", .string(title)),
      ] + optional("priority", priority?.description) + optional("service", service)
        + optional("owner", owner) + optional("ref", deadline.ref?.description))
  }
}
