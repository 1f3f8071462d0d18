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

let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

let package = Package(
    name: "staticcheck",
    products: [
        .executable(name: "staticcheck", targets: ["staticcheck"]),
        .library(name: "ELF", targets: ["Files", "ELF"]),
        .library(name: "Verification", targets: ["Dockerfiles", "GoBinary", "Verification"]),
        .library(name: "Attestation", targets: ["Attestation"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
    ],
    targets: [
        .systemLibrary(name: "CLibelf", pkgConfig: "libelf", providers: [.apt(["libelf-dev"])]),
        .systemLibrary(name: "CLinux"),
        .target(name: "Text", swiftSettings: strict),
        .target(name: "Files", dependencies: ["CLinux", system], swiftSettings: strictMemory),
        .target(name: "ELF", dependencies: ["CLibelf", "Files", system], swiftSettings: strictMemory),
        .target(name: "GoBinary", dependencies: ["ELF", "Files", "Text"], swiftSettings: strict),
        .target(name: "Dockerfiles", dependencies: ["GoBinary"], swiftSettings: strict),
        .target(
            name: "Verification", dependencies: ["Dockerfiles", "ELF", "Files", "GoBinary", "Text"],
            swiftSettings: strict),
        .systemLibrary(name: "CYaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .target(name: "YAML", dependencies: ["CYaml"], swiftSettings: strictMemory),
        .target(
            name: "Configuration", dependencies: ["GoBinary", "Text", "Verification", "YAML"], swiftSettings: strict),
        .target(
            name: "Processes",
            dependencies: [
                "Text",
                .product(name: "Subprocess", package: "swift-subprocess"),
                system,
            ],
            swiftSettings: strict),
        .target(name: "CProcess"),
        .target(name: "ProcessStart", dependencies: ["CProcess"], swiftSettings: strictMemory),
        .target(
            name: "Proving",
            dependencies: [
                "CLinux", "ELF", "Files", "GoBinary", "Verification", "Processes",
                system,
            ],
            swiftSettings: strictMemory),
        .target(
            name: "GoToolchain",
            dependencies: [
                "Files", "GoBinary", "Processes", "Text", system,
            ],
            swiftSettings: strict),
        .target(
            name: "Attestation",
            dependencies: [
                "ELF", "Files", "GoBinary", "Verification",
                .product(name: "Crypto", package: "swift-crypto"),
                system,
            ],
            swiftSettings: strict),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "Compression", dependencies: ["CZlib"], swiftSettings: strictMemory),
        .target(
            name: "ScratchImage",
            dependencies: [
                "ELF", "Files", "GoBinary", "Text", "Verification", "Attestation", "Compression",
                .product(name: "SwiftASN1", package: "swift-asn1"),
                system,
            ],
            swiftSettings: strict),
        .target(
            name: "Reporting",
            dependencies: ["Dockerfiles", "ELF", "GoBinary", "Text", "Verification", "Attestation", "ScratchImage"],
            swiftSettings: strict),
        .executableTarget(
            name: "staticcheck",
            dependencies: [
                "Dockerfiles", "ELF", "Files", "GoBinary", "Text", "Verification", "Configuration", "Processes",
                "Proving",
                "GoToolchain",
                "Attestation", "ScratchImage", "Reporting", "ProcessStart", "CLinux",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                system,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "verdict", dependencies: ["ELF", "Files", "GoBinary", "Verification", system],
            path: "Examples/verdict",
            swiftSettings: strict),
        .target(name: "CTrial", path: "Tests/KernelFuzz/CTrial"),
        .executableTarget(
            name: "kernel-fuzz",
            dependencies: [
                "CTrial", "GoBinary", "Verification",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tests/KernelFuzz/Program", swiftSettings: strict),
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(name: "FilesTests", dependencies: ["Files", "TestSupport", system], swiftSettings: strict),
        .testTarget(name: "ELFTests", dependencies: ["ELF", "Files", "TestSupport", system], swiftSettings: strict),
        .testTarget(name: "TextTests", dependencies: ["Text"], swiftSettings: strict),
        .testTarget(name: "GoBinaryTests", dependencies: ["ELF", "GoBinary", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "VerificationTests",
            dependencies: ["ELF", "Files", "GoBinary", "Verification", "TestSupport", system],
            swiftSettings: strict),
        .testTarget(
            name: "DockerfilesTests", dependencies: ["Dockerfiles", "GoBinary", "Verification"], swiftSettings: strict),
        .testTarget(
            name: "ConfigurationTests", dependencies: ["Configuration", "GoBinary", "Verification", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "GoToolchainTests",
            dependencies: [
                "GoBinary", "GoToolchain", "Processes", system,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "AttestationTests",
            dependencies: [
                "Attestation", "Files", "GoBinary", "Verification", "TestSupport", system,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ScratchImageTests",
            dependencies: [
                "Attestation", "Compression", "Files", "GoBinary", "ScratchImage", "Verification", "TestSupport",
                system,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ReportingTests", dependencies: ["Attestation", "GoBinary", "Reporting", "Verification"],
            exclude: ["Golden"], swiftSettings: strict),
        .testTarget(
            name: "SampleTests",
            dependencies: [
                "Attestation", "Configuration", "Dockerfiles", "ELF", "Files", "GoBinary", "Verification",
                "TestSupport",
                system,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CommandTests", dependencies: ["staticcheck", "verdict", "kernel-fuzz", "TestSupport"],
            swiftSettings: strict),
    ]
)

// libFuzzer brings the main function, so that the target links only where `make fuzz` asks for it.
if Context.environment["FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "FuzzTarget", dependencies: ["ELF", "Files", "Verification", system], path: "Tests/FuzzTarget",
            swiftSettings: strict,
            linkerSettings: [.unsafeFlags(["-use-ld=lld"])]))
}
