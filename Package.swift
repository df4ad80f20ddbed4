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

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")

/// `make fuzz` sets it. libFuzzer is no part of an ordinary build: its targets carry counters into every module.
let fuzzing: [Target] =
  Context.environment["LOGGIST_FUZZ"] == nil
  ? []
  : [
    .target(name: "CFuzzer", path: "Tests/Fuzzing/CFuzzer"),
    .executableTarget(
      name: "loggist-fuzz",
      dependencies: ["CFuzzer", "LoggistImport", "LoggistStore", "LoggistModel", "Terminal"],
      path: "Tests/Fuzzing/Targets", swiftSettings: settings),
  ]

// The arrows of docs/architecture.md: none points back up, and CI has the compiler check them.
let package = Package(
  name: "loggist",
  products: [
    .executable(name: "loggist", targets: ["loggist"]),
    .executable(name: "loggist-sync", targets: ["loggist-sync"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
  ],
  targets: [
    .executableTarget(name: "loggist", dependencies: ["LoggistCLI"], swiftSettings: settings),
    .executableTarget(
      name: "loggist-sync", dependencies: ["LoggistSync"], swiftSettings: settings),
    .target(
      name: "LoggistSync", dependencies: ["LoggistStore", "LoggistModel", "CNATS", argumentParser],
      swiftSettings: settings),
    .target(
      name: "LoggistCLI",
      dependencies: [
        "LoggistUI", "LoggistDocuments", "LoggistImport", "LoggistStore", "LoggistMetrics",
        "LoggistModel", "Terminal", argumentParser,
      ],
      swiftSettings: settings),
    .target(
      name: "LoggistUI", dependencies: ["LoggistMetrics", "LoggistModel", "Terminal"],
      swiftSettings: settings),
    .target(
      name: "LoggistDocuments", dependencies: ["LoggistMetrics", "LoggistModel", mustache],
      swiftSettings: settings),
    .target(
      name: "LoggistImport",
      dependencies: ["LoggistModel", "YAMLText", "CSimdJSON", "CLibCSV", yams],
      swiftSettings: settings),
    .target(
      name: "LoggistStore",
      dependencies: ["LoggistModel", "YAMLText", "CSimdJSON", "CLibcrypto", "CSystem", yams],
      swiftSettings: settings),
    .target(name: "LoggistMetrics", dependencies: ["LoggistModel"], swiftSettings: settings),
    .target(name: "LoggistModel", swiftSettings: settings),
    .target(name: "YAMLText", dependencies: [yams], swiftSettings: settings),
    .target(name: "Terminal", dependencies: ["CTerminal"], swiftSettings: settings),
    .target(
      name: "CTerminal",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
    .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(name: "CLibCSV", linkerSettings: [.linkedLibrary("csv")]),
    .target(name: "CLibcrypto", linkerSettings: [.linkedLibrary("crypto")]),
    .target(name: "CSystem"),
    .target(name: "CNATS", linkerSettings: [.linkedLibrary("nats")]),
    .target(
      name: "TestSupport", dependencies: ["LoggistModel"], path: "Tests/Support",
      exclude: ["cell-width-table.c", "screens-to-svg.py"], swiftSettings: settings),
    .testTarget(
      name: "LoggistModelTests", dependencies: ["TestSupport", "LoggistModel"],
      swiftSettings: settings),
    .testTarget(
      name: "LoggistMetricsTests", dependencies: ["TestSupport", "LoggistMetrics", "LoggistModel"],
      swiftSettings: settings),
    .testTarget(
      name: "LoggistStoreTests",
      dependencies: [
        "TestSupport", "LoggistStore", "LoggistImport", "LoggistDocuments", "LoggistModel",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "LoggistSyncTests",
      dependencies: ["TestSupport", "LoggistSync", "LoggistStore", "LoggistModel"],
      swiftSettings: settings),
    .testTarget(
      name: "LoggistDocumentsTests",
      dependencies: ["LoggistDocuments", "LoggistMetrics", "LoggistModel"],
      exclude: ["Documents"], swiftSettings: settings),
    .testTarget(
      name: "LoggistImportTests", dependencies: ["TestSupport", "LoggistImport", "LoggistModel"],
      swiftSettings: settings),
    .testTarget(
      name: "LoggistCLITests", dependencies: ["LoggistCLI", "loggist"], swiftSettings: settings),
    .testTarget(
      name: "TerminalTests", dependencies: ["TestSupport", "Terminal", "CTerminal"],
      swiftSettings: settings),
    .testTarget(
      name: "LoggistUITests",
      dependencies: ["TestSupport", "LoggistUI", "LoggistMetrics", "LoggistModel", "Terminal"],
      exclude: ["Screens"], swiftSettings: settings),
  ] + fuzzing,
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
