// swift-tools-version: 6.2

// The house of dutyd, floor by floor: C module maps, pure targets, shell, adapters, top.
// Every target gets the same settings in the loop at the end, so that a new one cannot forget them.

import PackageDescription

let package = Package(
    name: "dutyd",
    products: [
        .executable(name: "dutyd", targets: ["dutyd"]),
        .executable(name: "dutyctl", targets: ["dutyctl"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // C: what the system offers that Swift does not import by itself.
        .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
        .systemLibrary(name: "CLinux"),

        // Pure: values and functions; no clock, no files, no Foundation (Tests/check-floors proves it).
        .target(name: "Diagnostics"),
        .target(name: "JSON"),
        .target(name: "Almanac", dependencies: ["Diagnostics"]),
        .target(name: "Records", dependencies: ["Diagnostics", "Almanac"]),
        .target(
            name: "Checks",
            dependencies: [
                "Almanac", "Diagnostics", "JSON", "Records",
                .product(name: "RealModule", package: "swift-numerics"),
            ]
        ),
        .target(name: "Alerts", dependencies: ["Almanac", "Checks", "Diagnostics", "JSON", "Records"]),
        .target(name: "Scheduling", dependencies: ["Almanac", "Diagnostics"]),

        // Shell: the system, the settings, and the engine that carries decisions out.
        .target(name: "Linux", dependencies: ["CLinux", "Almanac", "Diagnostics"]),
        .target(
            name: "Jobs",
            dependencies: [
                "Alerts", "Almanac", "Checks", "Diagnostics", "Records", "Scheduling",
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        .target(
            name: "Engine",
            dependencies: [
                "Alerts", "Almanac", "Checks", "Diagnostics", "JSON", "Jobs", "Linux", "Records", "Scheduling",
            ]
        ),

        // Adapters: one outside thing each.
        .target(name: "Intake", dependencies: ["Almanac", "Diagnostics", "Engine", "Jobs", "Linux", "Records"]),
        .target(
            name: "Ledger",
            dependencies: [
                "Alerts", "Almanac", "Checks", "Diagnostics", "Engine", "JSON", "Records", "Scheduling",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        .target(name: "Spool", dependencies: ["Alerts", "Almanac", "Diagnostics", "Engine", "Jobs", "Linux"]),
        .target(
            name: "Systemd",
            dependencies: [
                "Alerts", "Almanac", "CSystemd", "Checks", "Diagnostics", "Engine", "Jobs", "Linux", "Records",
                "Scheduling",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(name: "Varlink", dependencies: ["JSON", "Linux"]),
        .target(name: "Control", dependencies: ["JSON", "Varlink"]),

        // Top: wiring and commands.
        .executableTarget(
            name: "dutyd",
            dependencies: [
                "Alerts", "Almanac", "Checks", "Control", "Diagnostics", "Engine", "Intake", "JSON", "Jobs", "Ledger",
                "Linux", "Records", "Scheduling", "Spool", "Systemd", "Varlink",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .executableTarget(
            name: "dutyctl",
            dependencies: [
                "Almanac", "Control", "Diagnostics", "JSON", "Jobs", "Linux", "Scheduling", "Varlink",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),

        // Proofs that a person or a script starts, beside the tests.
        .executableTarget(
            name: "benchmark-tables",
            dependencies: ["Almanac", "Checks", "Diagnostics", "Engine", "Intake", "JSON", "Jobs", "Linux", "Records"],
            path: "Tests/Benchmarks/Tables"
        ),
        .executableTarget(
            name: "benchmark-calendar",
            dependencies: ["Almanac", "JSON", "Linux"],
            path: "Tests/Benchmarks/Calendar"
        ),
        .executableTarget(
            name: "drive-delivery",
            dependencies: ["Alerts", "Almanac", "Checks", "Engine", "Ledger", "Linux", "Scheduling", "Spool"],
            path: "Tests/Faults/Delivery"
        ),
        .executableTarget(
            name: "fuzz-tables",
            dependencies: ["Almanac", "Diagnostics", "Linux", "Records"],
            path: "Tests/Fuzz/Tables"
        ),

        // Tests mirror the sources.
        .target(
            name: "TestKit",
            dependencies: [
                "Alerts", "Almanac", "Checks", "Diagnostics", "Engine", "JSON", "Jobs", "Records", "Scheduling",
            ],
            path: "Tests/TestKit"
        ),
        .testTarget(name: "DiagnosticsTests", dependencies: ["Diagnostics"]),
        .testTarget(name: "JSONTests", dependencies: ["JSON", "TestKit"]),
        .testTarget(name: "AlmanacTests", dependencies: ["Almanac", "Diagnostics", "TestKit"], exclude: ["Oracles"]),
        .testTarget(
            name: "RecordsTests",
            dependencies: ["Almanac", "Diagnostics", "Records", "TestKit"],
            exclude: ["Oracles"]
        ),
        .testTarget(
            name: "ChecksTests",
            dependencies: ["Almanac", "Checks", "Diagnostics", "JSON", "Records", "TestKit"]
        ),
        .testTarget(
            name: "AlertsTests",
            dependencies: ["Alerts", "Almanac", "Checks", "Diagnostics", "JSON", "Jobs", "Records", "TestKit"],
            exclude: ["CAP/Oracles", "Oracles"]
        ),
        .testTarget(name: "SchedulingTests", dependencies: ["Almanac", "Diagnostics", "Scheduling", "TestKit"]),
        .testTarget(name: "LinuxTests", dependencies: ["Almanac", "Diagnostics", "Linux"], exclude: ["Oracles"]),
        .testTarget(
            name: "JobsTests",
            dependencies: ["Alerts", "Almanac", "Checks", "Diagnostics", "Jobs", "Records", "Scheduling", "TestKit"]
        ),
        .testTarget(
            name: "EngineTests",
            dependencies: [
                "Alerts", "Almanac", "Checks", "Diagnostics", "Engine", "Jobs", "Linux", "Records", "Scheduling",
                "TestKit",
            ]
        ),
        .testTarget(
            name: "IntakeTests",
            dependencies: ["Almanac", "Diagnostics", "Engine", "Intake", "Jobs", "Records", "TestKit"],
            exclude: ["Oracles"]
        ),
        .testTarget(
            name: "LedgerTests",
            dependencies: [
                "Alerts", "Almanac", "Checks", "Diagnostics", "Engine", "Ledger", "Records", "Scheduling", "TestKit",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        .testTarget(
            name: "SpoolTests",
            dependencies: ["Alerts", "Almanac", "Diagnostics", "Engine", "Jobs", "Records", "Spool", "TestKit"]
        ),
        .testTarget(
            name: "SystemdTests",
            dependencies: [
                "Alerts", "Almanac", "Diagnostics", "Engine", "Linux", "Records", "Systemd",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(name: "VarlinkTests", dependencies: ["JSON", "Linux", "Varlink"], exclude: ["Oracles"]),
        .testTarget(
            name: "ControlTests",
            dependencies: ["Control", "JSON", "TestKit", "Varlink"],
            exclude: ["Oracles"]
        ),
        .testTarget(name: "dutyctlTests", dependencies: ["Almanac", "JSON", "TestKit", "dutyctl"]),
    ]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("InferIsolatedConformances"),
        .strictMemorySafety(),
    ]
}
