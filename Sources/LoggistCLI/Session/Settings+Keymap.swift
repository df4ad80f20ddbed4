import LoggistModel
import LoggistStore
import LoggistUI

extension Settings {
  /// The keys as the configuration has them, as far as they can be had.
  var keymap: Keymap { Keymap.reading(configuration.keymap).keymap }

  /// Everything that is wrong with the configuration, by file and line: what the files hold, what their keymaps mean to
  /// the screens, and the calendars that they name.
  func mistakes(in store: Store) -> [ConfigurationMistake] {
    let calendars = OnCallRota.load(configuration, in: store, zone: .utc).mistakes
    return (configuration.mistakes + configuration.keymapMistakes + calendars)
      .sorted { ($0.file, $0.line) < ($1.file, $1.line) }
  }

}

extension Configuration {
  var keymapMistakes: [ConfigurationMistake] {
    Keymap.reading(keymap).mistakes.map { mistake in
      let place = keymapPlaces[mistake.action]
      return ConfigurationMistake(
        file: place?.file ?? "config.yaml", line: place?.line ?? 0,
        key: "keymap.\(mistake.action)", problem: mistake.words)
    }
  }
}

extension KeymapMistake {
  fileprivate var words: ConfigurationMistake.Problem {
    switch problem {
    case .unknownAction:
      .unknownAction(near: nearest(action, among: Action.allCases.map(\.rawValue)))
    case .unknownKey(let key): .unknownKeyName(key)
    case .taken(let key, let other, let place):
      .keyTaken(key, by: other.rawValue, place: place.rawValue)
    }
  }
}
