/// A CPU variant: the last part of `linux/arm/v7`, with the variable and value by which Go selects it.
public struct Variant: Sendable, Hashable {
    /// The last part of a platform, `v7`.
    public let name: String
    /// The environment variable, `GOARM`.
    public let variable: String
    /// The variable's value, `7`.
    public let value: String

    /// A variable by which Go chooses a CPU variant (`go help environment`). A new one is one more row in `choices`.
    private struct Choice {
        let variable: String
        /// The values of GOARCH for which Go reads it.
        let architectures: [String]
        /// The variants as a platform writes them. Except for arm, the first is Go's default.
        let names: [String]
        /// The level that every machine has and Go builds for by default; nil if the variants are not instruction set levels.
        var baseline: String?
        /// What comes before the value in a platform: `v7` is GOARM=7.
        var prefix = ""
    }

    private static let choices = [
        Choice(variable: "GOARM", architectures: ["arm"], names: ["v5", "v6", "v7"], prefix: "v"),
        Choice(variable: "GOAMD64", architectures: ["amd64"], names: ["v1", "v2", "v3", "v4"], baseline: "v1"),
        Choice(variable: "GO386", architectures: ["386"], names: ["sse2", "softfloat"]),
        Choice(
            variable: "GOARM64", architectures: ["arm64"],
            names: (0...9).map { "v8.\($0)" } + (0...5).map { "v9.\($0)" }, baseline: "v8.0"),
        Choice(variable: "GOMIPS", architectures: ["mips", "mipsle"], names: ["hardfloat", "softfloat"]),
        Choice(variable: "GOMIPS64", architectures: ["mips64", "mips64le"], names: ["hardfloat", "softfloat"]),
        Choice(
            variable: "GOPPC64", architectures: ["ppc64", "ppc64le"], names: ["power8", "power9", "power10"],
            baseline: "power8"),
        Choice(
            variable: "GORISCV64", architectures: ["riscv64"], names: ["rva20u64", "rva22u64", "rva23u64"],
            baseline: "rva20u64"),
    ]

    /// All variables by which Go chooses a CPU variant.
    static let variables = Set(choices.map(\.variable))

    /// The level that every machine of the architecture has and Go builds for by default, by variable.
    public static let baselines = Dictionary(
        choices.compactMap { choice in choice.baseline.map { (choice.variable, $0) } }
    ) { first, _ in first }

    /// The variant of a container image that names none, by GOARCH. Other architectures have no variants in images.
    ///
    /// Sources: image-spec, image-index.md#platform-variants, and containerd, platforms/database.go. Go's default for arm is
    /// v7 since Go 1.21; indexes write it.
    public static let inImages = [
        "arm": InImages(goarch: "arm", name: "v7", isWritten: true),
        "arm64": InImages(goarch: "arm64", name: "v8", isWritten: false),
        "amd64": InImages(goarch: "amd64", name: "v1", isWritten: false),
    ]

    /// The default variant of an architecture in container images.
    public struct InImages: Sendable {
        let goarch: String
        /// The name in images, `v8`.
        public let name: String
        /// Whether image indexes write it.
        public let isWritten: Bool

        /// Whether a variant is the default one, in any spelling (`v8`, `v8.0`).
        public func isDefault(_ variant: Variant?) -> Bool {
            (try? Variant(parsing: name, goarch: goarch)) == variant
        }
    }

    /// The variant that a platform without one means: the default of container images (arm: v7), else that of Go.
    static func implied(goarch: String) -> Variant? {
        let choice = choices.first { $0.architectures.contains(goarch) }
        return (inImages[goarch]?.name ?? choice?.names.first).flatMap { try? Variant(parsing: $0, goarch: goarch) }
    }

    /// Reads the variant part of a platform.
    ///
    /// For arm64, `v8` means `v8.0`, as in container tools.
    public init(parsing text: String, goarch: String) throws(PlatformError) {
        guard let choice = Variant.choices.first(where: { $0.architectures.contains(goarch) }) else {
            throw .withoutVariants(goarch: goarch, variant: text)
        }
        // Container tools write arm64/v8, Go writes v8.0.
        let name = choice.names.contains(text) ? text : text + ".0"
        guard choice.names.contains(name) else {
            throw .unknownVariant(text, goarch: goarch, known: choice.names)
        }
        self.name = name
        self.variable = choice.variable
        self.value = String(name.dropFirst(choice.prefix.count))
    }
}
