/// A CPU variant: the last part of `linux/arm/v7`, and the variable and value that Go knows it by.
public struct Variant: Sendable, Hashable {
    /// As it is written in a platform, `v7`.
    public let name: String
    /// The environment variable, `GOARM`.
    public let variable: String
    /// The variable's value, `7`.
    public let value: String

    /// The variable that chooses the variant, by GOARCH (`go help environment`).
    static let variables = [
        "arm": "GOARM", "amd64": "GOAMD64", "386": "GO386", "arm64": "GOARM64", "mips": "GOMIPS", "mipsle": "GOMIPS",
        "mips64": "GOMIPS64", "mips64le": "GOMIPS64", "ppc64": "GOPPC64", "ppc64le": "GOPPC64", "riscv64": "GORISCV64",
    ]

    /// The level that every machine of the architecture has and Go builds for by default, where levels add instructions.
    public static let baselines = [
        "GOAMD64": "v1", "GOARM64": "v8.0", "GOPPC64": "power8", "GORISCV64": "rva20u64",
    ]

    /// The variant that container images imply when they name none, by GOARCH; other architectures have no variants there.
    ///
    /// Sources: image-spec, image-index.md#platform-variants, and containerd, platforms/database.go. Go's default for arm is
    /// v7 since Go 1.21; indexes spell it out.
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
        /// Whether writers spell it out.
        public let isWritten: Bool

        /// Whether a variant is the default one, however it is spelled (`v8`, `v8.0`).
        public func isDefault(_ variant: Variant?) -> Bool {
            (try? Variant(parsing: name, goarch: goarch)) == variant
        }
    }

    private static let names: [String: [String]] = [
        "GOARM": ["v5", "v6", "v7"],
        "GOAMD64": ["v1", "v2", "v3", "v4"],
        "GO386": ["sse2", "softfloat"],
        "GOARM64": (0...9).map { "v8.\($0)" } + (0...5).map { "v9.\($0)" },
        "GOMIPS": ["hardfloat", "softfloat"],
        "GOMIPS64": ["hardfloat", "softfloat"],
        "GOPPC64": ["power8", "power9", "power10"],
        "GORISCV64": ["rva20u64", "rva22u64", "rva23u64"],
    ]

    /// Reads the variant part of a platform.
    ///
    /// `v8` is taken for arm64's `v8.0`, as container tools write it.
    public init(parsing text: String, goarch: String) throws(PlatformError) {
        guard let variable = Variant.variables[goarch], let names = Variant.names[variable] else {
            throw PlatformError("\(goarch) has no variants: leave out '/\(text)'")
        }
        let name = variable == "GOARM64" && (text == "v8" || text == "v9") ? text + ".0" : text
        guard names.contains(name) else {
            throw PlatformError("\(goarch) has no variant '\(text)': it has \(names.joined(separator: ", "))")
        }
        self.name = name
        self.variable = variable
        self.value = variable == "GOARM" ? String(name.dropFirst()) : name
    }
}
