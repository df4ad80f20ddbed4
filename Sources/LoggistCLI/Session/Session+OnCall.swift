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

  /// The rota as it is now; what is wrong with its calendars is left out of it.
  func onCall() -> (rota: OnCallRota, mistakes: [ConfigurationMistake]) {
    OnCallRota.load(
      configuration, in: store, zone: configuration.onCall.isEmpty ? zone : storeZone)
  }
}
