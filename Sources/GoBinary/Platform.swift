/// A platform as container tools write it, `linux/arm/v7`: GOOS, GOARCH and, where it matters, the CPU variant.
public struct Platform: Sendable, Hashable {
    /// `GOOS`.
    public let goos: String
    /// `GOARCH`.
    public let goarch: String
    /// The variant, in canonical form; nil leaves Go's own default for the architecture.
    public let variant: Variant?

    /// Makes a platform of its parts.
    public init(goos: String, goarch: String, variant: Variant? = nil) {
        self.goos = goos
        self.goarch = goarch
        self.variant = variant
    }

    /// Reads `os/arch` or `os/arch/variant`.
    ///
    /// - Throws: `PlatformError` for text of another shape, or a variant that the architecture does not have.
    public init(parsing text: String) throws(PlatformError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else {
            throw PlatformError("'\(text)' is no platform: write os/arch or os/arch/variant, for example linux/arm/v7")
        }
        self.goos = parts[0]
        self.goarch = parts[1]
        self.variant = parts.count == 3 ? try Variant(parsing: parts[2], goarch: parts[1]) : nil
    }

    /// Whether programs for this platform can be scratch-ready at all.
    public var isLinux: Bool { goos == "linux" }

    /// Whether every go from 1.18 on can build for it, so that none needs to be asked.
    public var isKnownToEveryGo: Bool {
        isLinux && goarch != "loong64" && MachineKind.of(goarch: goarch) != nil
    }

    /// Every environment variable by which Go chooses a CPU variant.
    public static let variantVariables = Variant.variables

    /// What `go build` needs in its environment to build for this platform.
    public var environment: [String: String] {
        var environment = ["GOOS": goos, "GOARCH": goarch]
        if let variant { environment[variant.variable] = variant.value }
        return environment
    }
}

extension Platform: CustomStringConvertible {
    /// `os/arch` or `os/arch/variant`, as it can be read back.
    public var description: String { ([goos, goarch] + (variant.map { [$0.name] } ?? [])).joined(separator: "/") }
}

extension Platform: Comparable {
    /// Orders by the written form.
    public static func < (left: Platform, right: Platform) -> Bool { left.description < right.description }
}

/// Why a platform cannot be read, with what to write instead.
public struct PlatformError: Error, Sendable, CustomStringConvertible {
    /// The message.
    public let description: String

    /// Makes an error of its message.
    public init(_ description: String) { self.description = description }
}
