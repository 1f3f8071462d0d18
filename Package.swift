// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Targets that work with C libraries and pointers, where each such use is marked `unsafe`.
let strictMemory = strict + [.strictMemorySafety()]

let package = Package(
    name: "staticcheck",
    products: [
        .executable(name: "staticcheck", targets: ["staticcheck"]),
        .library(name: "ELF", targets: ["ELF"]),
        .library(name: "Verification", targets: ["GoBinary", "Verification"]),
        .library(name: "Attestation", targets: ["Attestation"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    ],
    targets: [
        .systemLibrary(name: "CLibelf", pkgConfig: "libelf", providers: [.apt(["libelf-dev"])]),
        .systemLibrary(name: "CLinux"),
        .target(name: "ELF", dependencies: ["CLibelf", "CLinux"], swiftSettings: strictMemory),
        .target(name: "Text", swiftSettings: strict),
        .target(name: "GoBinary", dependencies: ["ELF", "Text"], swiftSettings: strict),
        .target(name: "Verification", dependencies: ["ELF", "GoBinary", "Text"], swiftSettings: strict),
        .systemLibrary(name: "CYaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .target(name: "YAML", dependencies: ["CYaml"], swiftSettings: strictMemory),
        .target(
            name: "Configuration", dependencies: ["GoBinary", "Text", "Verification", "YAML"], swiftSettings: strict),
        .target(
            name: "Processes",
            dependencies: [
                "Text",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
        .target(name: "CProcess"),
        .target(name: "ProcessStart", dependencies: ["CProcess"], swiftSettings: strictMemory),
        .target(
            name: "Proving",
            dependencies: [
                "CLinux", "ELF", "GoBinary", "Verification", "Processes",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strictMemory),
        .target(
            name: "GoToolchain",
            dependencies: [
                "GoBinary", "Processes", "Text",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
        .target(
            name: "Attestation",
            dependencies: [
                "ELF", "GoBinary", "Verification",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "Compression", dependencies: ["CZlib"], swiftSettings: strictMemory),
        .target(
            name: "ScratchImage",
            dependencies: [
                "ELF", "GoBinary", "Text", "Verification", "Attestation", "Compression",
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
        .target(
            name: "Reporting",
            dependencies: ["ELF", "GoBinary", "Text", "Verification", "Attestation", "ScratchImage"],
            swiftSettings: strict),
        .executableTarget(
            name: "staticcheck",
            dependencies: [
                "ELF", "GoBinary", "Text", "Verification", "Configuration", "Processes", "Proving", "GoToolchain",
                "Attestation", "ScratchImage", "Reporting", "ProcessStart",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "verdict", dependencies: ["ELF", "GoBinary", "Verification"], path: "Examples/verdict",
            swiftSettings: strict),
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(name: "ELFTests", dependencies: ["ELF", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "TextTests", dependencies: ["Text"], swiftSettings: strict),
        .testTarget(name: "GoBinaryTests", dependencies: ["ELF", "GoBinary", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "VerificationTests", dependencies: ["ELF", "GoBinary", "Verification", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "ConfigurationTests", dependencies: ["Configuration", "GoBinary", "Verification", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "GoToolchainTests",
            dependencies: [
                "GoBinary", "GoToolchain", "Processes", .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "AttestationTests",
            dependencies: [
                "Attestation", "GoBinary", "Verification", "TestSupport",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ScratchImageTests",
            dependencies: [
                "Attestation", "Compression", "GoBinary", "ScratchImage", "Verification", "TestSupport",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ReportingTests", dependencies: ["Attestation", "GoBinary", "Reporting", "Verification"],
            exclude: ["Golden"], swiftSettings: strict),
        .testTarget(
            name: "CommandTests", dependencies: ["staticcheck", "verdict", "TestSupport"], swiftSettings: strict),
    ]
)

// libFuzzer brings the main function, so that the target links only where `make fuzz` asks for it.
if Context.environment["FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "FuzzTarget", dependencies: ["ELF", "Verification"], path: "Tests/FuzzTarget", swiftSettings: strict,
            linkerSettings: [.unsafeFlags(["-use-ld=lld"])]))
}
