/// The platform that the place of a program names: its folder, as `check` writes it and `COPY dist/${TARGETPLATFORM}/` reads
/// it, or the entry of an image.
public struct NamedPlatform: Sendable, Hashable, CustomStringConvertible {
    private let goos: String
    private let goarch: String
    private let variant: String?
    private let isOfImage: Bool

    /// The platform of an entry of an image.
    ///
    /// - Parameters:
    ///   - goos: The operating system, as GOOS.
    ///   - goarch: The architecture, as GOARCH.
    ///   - variant: The variant; nil if the image names none.
    public init(inImage goos: String, _ goarch: String, _ variant: String?) {
        self.init(goos, goarch, variant, isOfImage: true)
    }

    /// Looks for a platform in the last components of a path to a file: `<os>/<arch>/<file>` or
    /// `<os>/<arch>/<variant>/<file>`. nil if the file is in any other folder.
    ///
    /// - Parameter components: The components of the path, without `.` and `..`; the last one is the file's name.
    public init?(ofFile components: [String]) {
        let folders = components.dropLast().suffix(3)
        if let (goos, goarch) = NamedPlatform.platform(in: folders.suffix(2)) {
            self.init(goos, goarch, nil, isOfImage: false)
        } else if folders.count == 3, let (goos, goarch) = NamedPlatform.platform(in: folders.prefix(2)),
            let last = folders.last, NamedPlatform.isVariant(last, of: goarch)
        {
            self.init(goos, goarch, last, isOfImage: false)
        } else {
            return nil
        }
    }

    private init(_ goos: String, _ goarch: String, _ variant: String?, isOfImage: Bool) {
        self.goos = goos
        self.goarch = goarch
        self.variant = variant
        self.isOfImage = isOfImage
    }

    /// Whether a program for a platform belongs in the place. The default variant may be written or left out.
    ///
    /// If the place cannot name the variant, because Go does not know it (`arm/v8`), or because images have no variants of
    /// the architecture, every program of the architecture belongs there.
    public func fits(_ platform: Platform) -> Bool {
        guard platform.goos == goos, platform.goarch == goarch else { return false }
        guard !isOfImage || Variant.inImages[goarch] != nil, let own = try? Platform(parsing: description) else {
            return true
        }
        return platform.isSame(as: own)
    }

    /// The platform as the place writes it, `linux/arm/v7`.
    public var description: String { ([goos, goarch] + (variant.map { [$0] } ?? [])).joined(separator: "/") }

    private static func platform(in folders: ArraySlice<String>) -> (goos: String, goarch: String)? {
        guard folders.count == 2, let goos = folders.first, let goarch = folders.last,
            isKnown(goos: goos, goarch: goarch)
        else { return nil }
        return (goos, goarch)
    }

    /// Whether Go has, had or reserves both names.
    static func isKnown(goos: String, goarch: String) -> Bool {
        knownSystems.contains(goos) && knownArchitectures.contains(goarch)
    }

    /// Whether a folder is named like a variant: one of Go's, or any version number.
    private static func isVariant(_ name: String, of goarch: String) -> Bool {
        if (try? Variant(parsing: name, goarch: goarch)) != nil { return true }
        return name.first == "v" && name.dropFirst().first?.isNumber == true
            && name.dropFirst().allSatisfy { $0.isNumber || $0 == "." }
    }

    /// Every GOOS that Go has or had (internal/syslist; its lists never shrink).
    private static let knownSystems: Set<String> = [
        "aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "nacl", "netbsd",
        "openbsd", "plan9", "solaris", "wasip1", "windows", "zos",
    ]

    /// Every GOARCH that Go has, had or reserves (internal/syslist).
    private static let knownArchitectures: Set<String> = [
        "386", "amd64", "amd64p32", "arm", "armbe", "arm64", "arm64be", "loong64", "mips", "mipsle", "mips64",
        "mips64le", "mips64p32", "mips64p32le", "ppc", "ppc64", "ppc64le", "riscv", "riscv64", "s390", "s390x", "sparc",
        "sparc64", "wasm",
    ]
}

extension Platform {
    /// Whether two platforms are the same, however they write the default variant: `linux/arm64` is `linux/arm64/v8`, and
    /// `linux/arm` is `linux/arm/v7`, as in container images.
    public func isSame(as other: Platform) -> Bool {
        goos == other.goos && goarch == other.goarch
            && (variant ?? .implied(goarch: goarch)) == (other.variant ?? .implied(goarch: goarch))
    }

    /// The platform with the variant that a build's settings name, if it has none itself. This concerns arm only: its
    /// default differs between versions of Go.
    public func built(with settings: [String: String]) -> Platform {
        guard goarch == "arm", variant == nil, let level = settings["GOARM"]?.prefix(1),
            let variant = try? Variant(parsing: "v\(level)", goarch: "arm")
        else { return self }
        return Platform(goos: goos, goarch: goarch, variant: variant)
    }
}
