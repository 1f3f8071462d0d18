import GoBinary

/// What zig calls a platform of Go, with musl as C library.
///
/// The C code is compiled for the oldest machines of an architecture, which is right for every variant that names newer ones.
struct ZigTarget: Sendable, Hashable {
    /// The value of `-target`.
    let triple: String

    /// The target for a platform; nil if zig has none, or programs for it were not seen to start.
    init?(_ platform: Platform) {
        let row = ZigTarget.rows.first { row in
            row.platform.goos == platform.goos && row.platform.goarch == platform.goarch
                && (row.platform.variant == platform.variant || !row.needsItsVariant && !platform.hasSoftwareFloats)
        }
        guard let row else { return nil }
        triple = row.triple
    }

    private struct Row {
        let platform: Platform
        let triple: String

        init(_ goarch: String, variant: Variant? = nil, _ triple: String) {
            platform = Platform(goos: "linux", goarch: goarch, variant: variant)
            self.triple = triple
        }

        var needsItsVariant: Bool { platform.variant != nil }
    }

    /// For arm before v7, zig compiles calls of functions that it does not have. Without a variant, each version of Go has a default
    /// of its own.
    private static let rows = [
        Row("amd64", "x86_64-linux-musl"), Row("386", "x86-linux-musl"), Row("arm64", "aarch64-linux-musl"),
        Row("arm", variant: try? Variant(parsing: "v7", goarch: "arm"), "arm-linux-musleabihf"),
        Row("riscv64", "riscv64-linux-musl"), Row("s390x", "s390x-linux-musl"),
        Row("ppc64le", "powerpc64le-linux-musl"),
    ]

    /// The platforms with a target.
    static let platforms = rows.map(\.platform)
}

extension Platform {
    /// Whether its machines may have no instructions for floating point numbers.
    fileprivate var hasSoftwareFloats: Bool { variant?.value == "softfloat" }
}
