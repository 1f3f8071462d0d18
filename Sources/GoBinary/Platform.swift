/// A platform as container tools write it, `linux/arm/v7`: GOOS, GOARCH and an optional CPU variant.
public struct Platform: Sendable, Hashable {
    /// `GOOS`.
    public let goos: String
    /// `GOARCH`.
    public let goarch: String
    /// The variant in canonical form; nil for Go's default for the architecture.
    public let variant: Variant?

    /// Makes a platform from its parts.
    public init(goos: String, goarch: String, variant: Variant? = nil) {
        self.goos = goos
        self.goarch = goarch
        self.variant = variant
    }

    /// Reads `os/arch` or `os/arch/variant`.
    ///
    /// - Throws: `PlatformError` if the text has another form, or the architecture does not have the variant.
    public init(parsing text: String) throws(PlatformError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else {
            throw .notAPlatform(text)
        }
        self.goos = parts[0]
        self.goarch = parts[1]
        self.variant = parts.count == 3 ? try Variant(parsing: parts[2], goarch: parts[1]) : nil
    }

    /// The platform without a variant that every machine of the architecture has: `linux/amd64` for `linux/amd64/v1`.
    public var withoutBaseline: Platform {
        variant.map { Variant.baselines[$0.variable] == $0.name } == true ? Platform(goos: goos, goarch: goarch) : self
    }

    /// Whether programs for this platform can be scratch-ready: only those for Linux can.
    public var isLinux: Bool { goos == "linux" }

    /// Whether every Go since 1.18 can build for it, so that Go need not be asked.
    public var isKnownToEveryGo: Bool {
        isLinux && goarch != "loong64" && MachineKind.of(goarch: goarch) != nil
    }

    /// The environment variables by which Go chooses a CPU variant.
    public static let variantVariables = Variant.variables

    /// The environment variables that make `go build` build for this platform.
    public var environment: [String: String] {
        var environment = ["GOOS": goos, "GOARCH": goarch]
        if let variant { environment[variant.variable] = variant.value }
        return environment
    }
}

extension Platform: CustomStringConvertible {
    /// `os/arch` or `os/arch/variant`, which `init(parsing:)` reads.
    public var description: String { ([goos, goarch] + (variant.map { [$0.name] } ?? [])).joined(separator: "/") }
}

extension Platform: Comparable {
    /// Compares the written forms.
    public static func < (left: Platform, right: Platform) -> Bool { left.description < right.description }
}

/// Why a text is not a platform.
public enum PlatformError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The text does not have two or three parts.
    case notAPlatform(String)
    /// The architecture has no variants, and the text names one.
    case withoutVariants(goarch: String, variant: String)
    /// The architecture has only the variants `known`.
    case unknownVariant(String, goarch: String, known: [String])
    /// Go has no port for it; the nearest one that it has.
    case unknown(String, nearest: String?)

    /// What is wrong, and what to write instead.
    public var description: String {
        switch self {
        case .notAPlatform(let text):
            "'\(text)' is not a platform: write "
                + (Platform.meant(by: text)?.description ?? "os/arch or os/arch/variant, for example linux/arm/v7")
        case .withoutVariants(let goarch, let variant): "\(goarch) has no variants: leave out '/\(variant)'"
        case .unknownVariant(let variant, let goarch, let known):
            "\(goarch) has no variant '\(variant)': use one of \(known.joined(separator: ", "))"
        case .unknown(let name, let nearest):
            "unknown platform \(name)\(nearest.map { "; did you mean '\($0)'?" } ?? "")"
        }
    }
}
