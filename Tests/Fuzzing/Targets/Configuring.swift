import LoggistModel
import LoggistStore

/// Any text as config.yaml, and as the on-call calendar that it may name.
let fuzzConfiguration: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32 = { bytes, count in
  let bytes = input(bytes, count)
  var configuration = Configuration()
  configuration.merge(text: String(decoding: bytes, as: UTF8.self), name: "config.yaml")
  for mistake in configuration.mistakes { _ = "\(mistake)" }
  return 0
}
