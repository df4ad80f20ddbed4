internal import LoggistModel

extension TimelineClock {
  /// The zone of each entry: its own, its table's, the one that was stated, its neighbours', the document's.
  mutating func entryZones() -> [DocumentZone] {
    var (zones, stated, before): ([DocumentZone?], DocumentZone?, (DocumentZone, Int)?) = (
      [], nil, nil
    )
    var (missing, lines): ([Int], [Int]) = ([], [])
    if let said = facts.zone, said.isSaidOfAll { stated = said.zone }
    for item in items {
      switch item {
      case .zone(let zone): stated = zone
      case .section, .day: continue
      case .entry(let entry):
        lines.append(entry.line)
        if let own = entry.lead?.zone ?? entry.zone {
          // Those above it, that had none to look back to.
          for index in missing {
            zones[index] = own
            nameOnce(
              "lent", TimelineDoubts.zoneOfNeighbours(lines[index], own.name, from: entry.line))
          }
          missing = []
          before = (own, entry.line)
          zones.append(own)
        } else if let stated {
          zones.append(stated)
        } else if let before {
          zones.append(before.0)
          if entry.lead?.hasTime == true {
            nameOnce(
              "lent", TimelineDoubts.zoneOfNeighbours(entry.line, before.0.name, from: before.1))
          }
        } else {
          missing.append(zones.count)
          zones.append(nil)
        }
      }
    }
    let rest = missing.first.map { fallBack(lines[$0]) } ?? .written(.offset(0), "UTC")
    return zones.map { $0 ?? rest }
  }

  private mutating func fallBack(_ line: Int) -> DocumentZone {
    if let said = facts.zone {
      doubts.append(TimelineDoubts.zoneOfProse(line, said.zone.name, from: said.line))
      return said.zone
    }
    let zone = ownZone ?? .utc
    doubts.append(TimelineDoubts.missingZone(line, takenFrom: zone.name, isAsked: ownZone != nil))
    return .rules(zone, zone.name)
  }
}
