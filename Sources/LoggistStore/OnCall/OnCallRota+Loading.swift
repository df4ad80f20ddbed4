package import LoggistModel

extension OnCallRota {
  /// The rota of a store's configuration, with the calendar files that it names.
  ///
  /// A calendar that cannot be read, and every event of one that is not understood, is named; the rest holds.
  ///
  /// - Parameter zone: the store's, whose clocks the rules are written by.
  package static func load(
    _ configuration: Configuration, in store: Store, zone: Zone
  ) -> (rota: OnCallRota, mistakes: [ConfigurationMistake]) {
    var rota = OnCallRota(
      zone: zone,
      people: configuration.people.map {
        Person(id: $0.id, name: $0.name ?? $0.id, phone: $0.phone, mail: $0.mail)
      })
    var mistakes: [ConfigurationMistake] = []
    for rule in configuration.onCall {
      switch rule {
      case .weekly(let team, let people, let starts, let weekday, let second):
        let turn = WeeklyTurn(
          people: people, starts: starts, weekday: weekday, secondOfDay: second)
        rota.change(team) { team in if let turn { team.turns.append(turn) } }
      case .override(let team, let person, let from, let to):
        rota.change(team) {
          $0.exceptions.append(OnCallException(person: person, from: from, to: to))
        }
      case .calendar(let team, let path):
        let calendar = OnCallCalendar.load(path, in: store, zone: zone, &mistakes)
        rota.change(team) { team in if let calendar { team.calendars.append(calendar) } }
      }
    }
    return (rota, mistakes)
  }

  /// What tells whether a calendar file was changed since; a file that is not there counts, too.
  package static func stamp(_ configuration: Configuration, in store: Store) -> [CalendarStamp] {
    configuration.onCall.compactMap { rule in
      guard case .calendar(_, let path) = rule else { return nil }
      let status = try? store.calls.lstat("\(store.path)/\(path)")
      return CalendarStamp(inode: status?.inode, size: status?.size, changed: status?.changed)
    }
  }

  package struct CalendarStamp: Sendable, Hashable {
    let inode: UInt64?
    let size: Int?
    /// Nanoseconds.
    let changed: Int?
  }
}

extension OnCallCalendar {
  /// Far more than the shifts of a few years take.
  private static let limit = 1 << 20

  fileprivate static func load(
    _ path: String, in store: Store, zone: Zone, _ mistakes: inout [ConfigurationMistake]
  ) -> OnCallCalendar? {
    func mistake(_ problem: ConfigurationMistake.Problem, line: Int = 0) -> ConfigurationMistake {
      ConfigurationMistake(file: path, line: line, key: "", problem: problem)
    }
    guard liesInside(path, store) else {
      mistakes.append(mistake(.notInTheStore))
      return nil
    }
    do throws(Errno) {
      let bytes = try store.calls.contents(of: "\(store.path)/\(path)", limit: limit + 1)
      if bytes.count > limit {
        mistakes.append(mistake(.expected("a calendar of at most 1 MiB", found: "more")))
        return nil
      }
      let (calendar, found) = read(bytes, zone: zone) { SystemZone.load($0) }
      mistakes += found.map { mistake(.calendar($0.problem), line: $0.line) }
      return calendar
    } catch {
      mistakes.append(mistake(error == .isSymbolicLink ? .notInTheStore : .cannotRead(error)))
      return nil
    }
  }

  /// No way out of the store's folder: neither by the name nor by a link on the way.
  private static func liesInside(_ path: String, _ store: Store) -> Bool {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { String($0) ?? "" }
    if parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) || path.utf8.contains(0) {
      return false
    }
    var folder = store.path
    for part in parts.dropLast() {
      folder += "/\(part)"
      if let status = try? store.calls.lstat(folder), status.isSymbolicLink { return false }
    }
    return true
  }
}
