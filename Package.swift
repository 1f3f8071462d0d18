// swift-tools-version: 6.3
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// For targets that use C libraries and pointers. Each such use is marked `unsafe`.
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
        .target(name: "Licensing", swiftSettings: strict),
        .target(name: "Files", dependencies: ["CLinux", system], swiftSettings: strictMemory),
        .target(name: "ELF", dependencies: ["CLibelf", "Files", system], swiftSettings: strictMemory),
        .target(name: "GoBinary", dependencies: ["ELF", "Files", "Text"], swiftSettings: strict),
        .target(name: "Dockerfiles", dependencies: ["GoBinary", "Text"], swiftSettings: strict),
        .target(
            name: "Verification", dependencies: ["Dockerfiles", "ELF", "Files", "GoBinary", "Licensing", "Text"],
            swiftSettings: strict),
        .systemLibrary(name: "CYaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .target(name: "YAML", dependencies: ["CYaml"], swiftSettings: strictMemory),
        .target(
            name: "Configuration", dependencies: ["GoBinary", "Licensing", "Text", "Verification", "YAML"],
            swiftSettings: strict),
        .target(
            name: "Processes",
            dependencies: [
                "Files", "Text",
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
            name: "BuildCache", dependencies: ["Files", "Processes", "Text", system], swiftSettings: strictMemory),
        .target(
            name: "GoToolchain",
            dependencies: [
                "BuildCache", "Files", "GoBinary", "Processes", "Text",
                .product(name: "Crypto", package: "swift-crypto"), system,
            ],
            swiftSettings: strict),
        .target(
            name: "Attestation",
            dependencies: [
                "ELF", "Files", "GoBinary", "Text", "Verification",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                system,
            ],
            swiftSettings: strict),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .target(name: "Compression", dependencies: ["CZlib", "CZstd"], swiftSettings: strictMemory),
        .target(
            name: "Vulnerabilities",
            dependencies: ["Compression", "Files", "GoBinary", "Text", "Verification", system], swiftSettings: strict),
        .target(
            name: "ScratchImage",
            dependencies: [
                "ELF", "Files", "GoBinary", "Verification", "Attestation", "Compression",
                .product(name: "SwiftASN1", package: "swift-asn1"),
                system,
            ],
            swiftSettings: strict),
        .target(
            name: "Reporting",
            dependencies: [
                "Configuration", "Dockerfiles", "ELF", "GoBinary", "Licensing", "Text", "Verification", "Attestation",
            ],
            swiftSettings: strict),
        .target(
            name: "Workflows",
            dependencies: [
                "BuildCache", "Dockerfiles", "ELF", "Files", "GoBinary", "Licensing", "Text", "Verification",
                "Configuration",
                "Processes",
                "Proving",
                "GoToolchain", "Attestation", "ScratchImage", "Reporting", system,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "staticcheck",
            dependencies: [
                "BuildCache", "Dockerfiles", "GoBinary", "Licensing", "Text", "Verification", "Configuration",
                "Proving", "GoToolchain", "Attestation", "ScratchImage", "Vulnerabilities", "Reporting", "Workflows",
                "ProcessStart", "CLinux",
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
                "CTrial", "GoBinary", "TestSupport", "Verification",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tests/KernelFuzz/Program", swiftSettings: strict),
        .executableTarget(
            name: "image-fuzz",
            dependencies: [
                "Attestation", "ScratchImage", "TestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                system,
            ],
            path: "Tests/ImageFuzz/Program", swiftSettings: strict),
        .executableTarget(
            name: "license-match", dependencies: ["Licensing"], path: "Tests/LicenseMatch", swiftSettings: strict),
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(name: "LicensingTests", dependencies: ["Licensing", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "FilesTests", dependencies: ["Files", "TestSupport", system], swiftSettings: strict),
        .testTarget(name: "ELFTests", dependencies: ["ELF", "Files", "TestSupport", system], swiftSettings: strict),
        .testTarget(name: "TextTests", dependencies: ["TestSupport", "Text"], swiftSettings: strict),
        .testTarget(name: "GoBinaryTests", dependencies: ["ELF", "GoBinary", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "VerificationTests",
            dependencies: ["ELF", "Files", "GoBinary", "Licensing", "Verification", "TestSupport", system],
            swiftSettings: strict),
        .testTarget(name: "YAMLTests", dependencies: ["YAML"], swiftSettings: strict),
        .testTarget(
            name: "DockerfilesTests", dependencies: ["Dockerfiles", "GoBinary", "Verification"], swiftSettings: strict),
        .testTarget(
            name: "ConfigurationTests", dependencies: ["Configuration", "GoBinary", "Verification", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "ProcessesTests", dependencies: ["Files", "Processes", "TestSupport", system], swiftSettings: strict),
        .testTarget(
            name: "ProvingTests",
            dependencies: ["ELF", "Files", "Proving", "TestSupport", "Verification", system], swiftSettings: strict),
        .testTarget(
            name: "BuildCacheTests", dependencies: ["BuildCache", "Files", "TestSupport", system],
            swiftSettings: strict),
        .testTarget(
            name: "GoToolchainTests",
            dependencies: [
                "Files", "GoBinary", "GoToolchain", "Processes", "TestSupport", system,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "AttestationTests",
            dependencies: [
                "Attestation", "Files", "GoBinary", "Verification", "TestSupport", system,
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CompressionTests", dependencies: ["Compression", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "VulnerabilitiesTests",
            dependencies: ["Files", "GoBinary", "Verification", "Vulnerabilities", "TestSupport", system],
            swiftSettings: strict),
        .testTarget(
            name: "ScratchImageTests",
            dependencies: [
                "Attestation", "Compression", "ELF", "Files", "GoBinary", "ScratchImage", "Verification", "TestSupport",
                system,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ReportingTests",
            dependencies: [
                "Attestation", "Configuration", "ELF", "GoBinary", "Licensing", "Reporting", "Verification",
                "TestSupport",
            ],
            exclude: ["Golden"], swiftSettings: strict),
        .testTarget(
            name: "WorkflowsTests",
            dependencies: [
                "Attestation", "Configuration", "Files", "GoBinary", "GoToolchain", "Licensing", "Proving", "Reporting",
                "ScratchImage", "Verification", "Workflows", "staticcheck", "TestSupport", system,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "SampleTests",
            dependencies: [
                "Attestation", "Configuration", "Dockerfiles", "ELF", "Files", "GoBinary", "Verification",
                "TestSupport",
                system,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "Configuration", "GoBinary", "GoToolchain", "image-fuzz", "kernel-fuzz", "Reporting", "staticcheck",
                "TestSupport",
                "verdict", "Verification", "Workflows", system,
            ],
            exclude: ["CachePrograms"], swiftSettings: strict),
    ]
)

// Only for `make fuzz`: the target has no main function, because libFuzzer has one.
if Context.environment["FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "FuzzTarget", dependencies: ["ELF", "Files", "Verification", system], path: "Tests/FuzzTarget",
            swiftSettings: strict,
            linkerSettings: [.unsafeFlags(["-use-ld=lld"])]))
}
