internal import Glibc
package import LoggistModel
internal import Synchronization

/// Time zones of this machine's tz database, by way of glibc, as plain values.
package enum SystemZone {
  /// A zone by its IANA name (`Africa/Lagos`); nil where the database has no file of that name.
  ///
  /// Cost: about a millisecond. `TZ` is changed for that time; whoever reads local time on another thread meanwhile gets
  /// this zone's.
  package static func load(_ name: String) -> Zone? {
    exists(name) ? turn.withLock { _ in read(name) } : nil
  }

  /// Only one at a time.
  private static func read(_ name: String) -> Zone {
    let before = getenv("TZ").map { String(cString: $0) }
    setenv("TZ", ":\(name)", 1)
    tzset()
    defer {
      if let before { setenv("TZ", before, 1) } else { unsetenv("TZ") }
      tzset()
    }
    return Zone(name: name, periods: periods())
  }

  /// Whether the database has a zone of that name; costs no more than a look.
  package static func exists(_ name: String) -> Bool {
    isName(name) && access("/usr/share/zoneinfo/\(name)", R_OK) == 0
  }

  /// The zone that this process runs in.
  package static var local: Zone {
    turn.withLock { _ in
      // While nobody else has `TZ` changed: it would be theirs.
      let name = localName
      if let name, exists(name) { return read(name) }
      tzset()
      return Zone(name: name ?? "local", periods: periods())
    }
  }

  private static let turn = Mutex(())

  /// From `TZ`, else where `/etc/localtime` leads, else what `/etc/timezone` says.
  private static var localName: String? {
    if let variable = getenv("TZ").map({ String(cString: $0) }) {
      return variable.isEmpty
        ? "UTC" : variable.hasPrefix(":") ? String(variable.dropFirst()) : variable
    }
    var target = [CChar](repeating: 0, count: 4096)
    let count = readlink("/etc/localtime", &target, target.count)
    let marker = "/zoneinfo/"
    if count > 0 {
      let link = String(decoding: target[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if let range = link.range(ofText: marker) { return String(link[range.upperBound...]) }
    }
    guard let bytes = try? SystemCalls.real.contents(of: "/etc/timezone", limit: 256) else {
      return nil
    }
    return String(decoding: bytes.prefix { $0 > 0x20 }, as: UTF8.self)
  }

  /// No way out of the database's folder.
  private static func isName(_ name: String) -> Bool {
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isPlain = name.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || "/_-+".utf8.contains($0)
    }
    return isPlain && !parts.contains { $0.isEmpty }
  }

  /// The rules in force, from 1970 to 2070: a walk in steps of 14 days, and each change found by halving.
  private static func periods() -> [Zone.Period] {
    let (first, last, step) = (0, 3_155_760_000, 14 * 86_400)
    var rule = Rule(at: first)
    var periods = [rule.period(from: Instant(milliseconds: .min))]
    var time = first
    while time < last {
      let next = min(time + step, last)
      // Two changes in one step are found one after the other.
      while Rule(at: next) != rule {
        var (low, high) = (time, next)
        while high - low > 1 {
          let middle = (low + high) / 2
          if Rule(at: middle) == rule { low = middle } else { high = middle }
        }
        rule = Rule(at: high)
        periods.append(rule.period(from: Instant(seconds: Int64(high))))
        time = high
      }
      time = next
    }
    return periods
  }

  private struct Rule: Equatable {
    let offset: Int
    let abbreviation: String

    init(at seconds: Int) {
      var time = time_t(seconds)
      var local = tm()
      localtime_r(&time, &local)
      offset = local.tm_gmtoff
      abbreviation = local.tm_zone.map { String(cString: $0) } ?? ""
    }

    /// Offsets of seconds (Liberia until 1972) lose them: the log writes minutes.
    func period(from start: Instant) -> Zone.Period {
      Zone.Period(start: start, offsetMinutes: offset / 60, abbreviation: abbreviation)
    }
  }
}

extension String {
  /// Where a text stands first.
  func range(ofText text: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
