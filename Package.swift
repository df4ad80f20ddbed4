// swift-tools-version: 6.2
import PackageDescription

let isStrict = Context.environment["LOGGIST_STRICT"] != nil

let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ] + (isStrict ? [.treatAllWarnings(as: .error)] : [])

let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "loggist",
  dependencies: [
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2")
  ],
  targets: [
    .target(
      name: "LoggistStore", dependencies: ["LoggistModel", "CSimdJSON", "CLibcrypto", "CSystem", yams],
      swiftSettings: settings),
    .target(name: "LoggistModel", swiftSettings: settings),
    .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(name: "CSystem"),
    .target(name: "CLibcrypto", linkerSettings: [.linkedLibrary("crypto")]),
    .executableTarget(
      name: "StoreStorm", dependencies: ["LoggistStore", "LoggistModel"], path: "Tests/StoreStorm",
      exclude: ["storm.sh"],
      swiftSettings: settings),
    .testTarget(
      name: "LoggistStoreTests", dependencies: ["LoggistStore", "LoggistModel"],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
