import LoggistModel
import LoggistStore

extension Session {
  /// The store's own zone, whatever times are shown in.
  var storeZone: Zone {
    guard let name = configuration.zone, name != zone.name else {
      return configuration.zone == nil && zone.name != SystemZone.local.name
        ? SystemZone.local : zone
    }
    return SystemZone.load(name) ?? SystemZone.local
  }

  /// How long an incident may take: in the store's own zone where its calendar names none.
  var targets: [Priority: Deadline.Target] {
    configuration.targets.isEmpty ? [:] : settings.targets(in: storeZone)
  }

  var reminders: ReminderRules { settings.reminders(targets) }

  /// The rota as it is now; what is wrong with its calendars is left out of it.
  func onCall() -> (rota: OnCallRota, mistakes: [ConfigurationMistake]) {
    OnCallRota.load(
      configuration, in: store, zone: configuration.onCall.isEmpty ? zone : storeZone)
  }
}
