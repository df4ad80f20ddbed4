// swift-tools-version: 6.2
import PackageDescription

/// CI sets LOGGIST_STRICT: a warning is then an error. It is off elsewhere, so that a newer compiler's
/// new warning does not stop somebody who only wants to build.
let isStrict = Context.environment["LOGGIST_STRICT"] != nil

let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ] + (isStrict ? [.treatAllWarnings(as: .error)] : [])

let package = Package(
  name: "loggist",
  targets: [
    .target(
      name: "LoggistDocuments", dependencies: ["LoggistMetrics", "LoggistModel"],
      swiftSettings: settings),
    .target(name: "LoggistMetrics", dependencies: ["LoggistModel"], swiftSettings: settings),
    .target(name: "LoggistModel", swiftSettings: settings),
    .testTarget(
      name: "LoggistMetricsTests", dependencies: ["LoggistMetrics", "LoggistModel"],
      swiftSettings: settings),
    .testTarget(
      name: "LoggistDocumentsTests",
      dependencies: ["LoggistDocuments", "LoggistMetrics", "LoggistModel"],
      exclude: ["Documents"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
