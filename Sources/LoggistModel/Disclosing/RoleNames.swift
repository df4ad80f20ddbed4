/// A role and a number for everybody whom the record names, the same wherever they are named.
///
/// Somebody is known by standing in a field that takes a person. Who is called for an escalation is an on-call officer, who
/// logs is a desk agent, who reports is a caller; who is several of these is the first. The numbers follow the order in
/// which people are first named.
struct RoleNames {
  private let labels: [String: String]
  private let finder: NameFinder
  let count: Int

  private enum Role: Int, CaseIterable {
    case onCall, agent, caller, other

    var name: String {
      switch self {
      case .onCall: "On-call officer"
      case .agent: "Desk agent"
      case .caller: "Caller"
      case .other: "Person"
      }
    }
  }

  init(_ journal: Journal, about incident: IncidentID?, aliases: [[String]]) {
    var people = People(aliases)
    let ordered = journal.records.sorted { $0.order < $1.order }
    if let incident {
      for record in journal.account(of: incident).records { people.take(record) }
    }
    for record in ordered { people.take(record) }
    (labels, count) = (people.labels, people.count)
    finder = NameFinder(people.spellings.map { ($0.text, people.labels[$0.key] ?? "") })
  }

  /// A value of a field that takes a person.
  private func label(_ name: String) -> String {
    labels[People.key(name)] ?? finder.replaced(name)
  }

  // MARK: - Who there is

  private struct People {
    /// By what their names are told apart: every alias leads to one key.
    private var same: [String: String] = [:]
    private var roles: [String: Role] = [:]
    private var order: [String] = []
    /// Each way in which somebody is written, for looking it up in texts.
    private(set) var spellings: [(text: String, key: String)] = []
    private var seen: Set<String> = []

    init(_ aliases: [[String]]) {
      for names in aliases {
        guard let first = names.first else { continue }
        for name in names {
          same[People.key(name)] = People.key(first)
          add(name)
        }
      }
    }

    static func key(_ name: String) -> String {
      name.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    }

    var count: Int { order.count }

    /// `ama` → `Desk agent 1`.
    var labels: [String: String] {
      var (labels, numbers): ([String: String], [Role: Int]) = ([:], [:])
      for key in order {
        let role = roles[key] ?? .other
        numbers[role, default: 0] += 1
        labels[key] = "\(role.name) \(numbers[role] ?? 0)"
      }
      for (alias, key) in same { labels[alias] = labels[key] }
      // Somebody who is configured and whom no entry names has no role here, and may stand in a text all the same.
      for spelling in spellings where labels[spelling.key] == nil {
        labels[spelling.key] = "a person"
      }
      return labels
    }

    mutating func take(_ record: Record) {
      take(record.by, .agent)
      if let author = record.entry.author { take(author, .agent) }
      take(record.entry.fields, of: record.entry.kind)
    }

    private mutating func take(_ members: [JSONMember], of kind: Kind) {
      for member in members {
        if let role = People.role(of: member.name, in: kind), let name = member.value.string {
          take(name, role)
        } else if let inner = member.value.members {
          take(inner, of: kind)
        }
      }
    }

    private mutating func take(_ name: String, _ role: Role) {
      let own = People.key(name)
      if own.isEmpty { return }
      let key = same[own] ?? own
      if let known = roles[key] {
        if role.rawValue < known.rawValue { roles[key] = role }
      } else {
        roles[key] = role
        order.append(key)
      }
      add(name)
    }

    private mutating func add(_ name: String) {
      let own = People.key(name)
      if own.isEmpty || !seen.insert(own).inserted { return }
      spellings.append((name, same[own] ?? own))
    }

    /// What somebody is whom a field of this name names; nil where it names nobody.
    static func role(of name: String, in kind: Kind) -> Role? {
      switch (Field(rawValue: name), kind) {
      case (.caller, _): .caller
      case (.from, _), (.to, .handover): .agent
      case (.to, _), (.who, _): .onCall
      case (.owner, _), (.decidedBy, _), (.verifiedBy, _): .other
      case (nil, _): name == "author" || name == "by" ? .agent : nil
      default: nil
      }
    }
  }
}

// MARK: - Hiding

extension RoleNames {
  /// The record with roles for people, in fields and in texts, and without the number of a caller.
  func hidden(_ record: Record) -> Record {
    var record = record
    record.by = label(record.by)
    var entry = record.entry
    entry.author = entry.author.map { label($0) }
    entry.text = entry.text.map { finder.replaced($0) }
    entry.tags = entry.tags.map { finder.replaced($0) }
    entry.fields = hidden(entry.fields, of: entry.kind)
    entry.salt = nil
    record.entry = entry
    return record
  }

  private func hidden(_ members: [JSONMember], of kind: Kind) -> [JSONMember] {
    members.compactMap { member in
      if member.name == Field.contact.rawValue || member.name == "salt" { return nil }
      return JSONMember(member.name, hidden(member, of: kind))
    }
  }

  private func hidden(_ member: JSONMember, of kind: Kind) -> JSONValue {
    if let name = member.value.string, People.role(of: member.name, in: kind) != nil {
      return .string(label(name))
    }
    if let field = Field(rawValue: member.name), let rule = kind.rule.rule(for: field),
      !rule.type.isWords, rule.problem(with: member.value) == nil
    {
      return member.value
    }
    return hidden(member.value, of: kind)
  }

  private func hidden(_ value: JSONValue, of kind: Kind) -> JSONValue {
    switch value {
    case .string(let text): .string(finder.replaced(text))
    case .array(let values): .array(values.map { hidden($0, of: kind) })
    case .object(let members): .object(hidden(members, of: kind))
    case .null, .bool, .number: value
    }
  }
}

extension FieldType {
  /// Whether a value of it can be words that somebody chose.
  fileprivate var isWords: Bool {
    switch self {
    case .text, .suggestion, .json: true
    case .choice, .flag, .integer, .timestamp, .day, .entry, .incident, .priority: false
    }
  }
}
