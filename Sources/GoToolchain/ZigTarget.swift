import GoBinary
import Text

/// What zig calls a platform of Go, with musl as C library.
///
/// The C code is compiled for the machines that the Go code runs on: for the oldest of them, if a variant names newer ones.
///
/// Source: `zig targets`; the ABIs that Go's linker expects are in cmd/link/internal.
struct ZigTarget: Sendable, Hashable {
    /// The value of `-target`.
    let triple: String
    /// More flags.
    let flags: [String]

    /// The target for a platform; nil if zig or its musl has none.
    init?(_ platform: Platform) {
        let variant = platform.variant?.value
        guard platform.isLinux, let row = ZigTarget.rows.first(where: { $0.matches(platform.goarch, variant) }) else {
            return nil
        }
        triple = row.triple
        flags = row.flags
    }

    private struct Row {
        let goarch: String
        /// The value of the variable that chooses the variant; nil for every other.
        var variant: String?
        let triple: String
        var flags: [String] = []

        func matches(_ goarch: String, _ variant: String?) -> Bool {
            self.goarch == goarch && (self.variant == nil || self.variant == variant)
        }
    }

    private static let rows = [
        Row(goarch: "amd64", triple: "x86_64-linux-musl"),
        Row(goarch: "386", variant: "softfloat", triple: "x86-linux-musl", flags: ["-mcpu=pentium"]),
        Row(goarch: "386", triple: "x86-linux-musl"),
        Row(goarch: "arm64", triple: "aarch64-linux-musl"),
        Row(goarch: "arm", variant: "7", triple: "arm-linux-musleabihf"),
        Row(goarch: "arm", variant: "6", triple: "arm-linux-musleabihf", flags: ["-mcpu=arm1176jzf_s"]),
        // Without a variant, the version of Go decides.
        Row(goarch: "arm", triple: "arm-linux-musleabi", flags: ["-mcpu=arm926ej_s"]),
        Row(goarch: "riscv64", triple: "riscv64-linux-musl"),
        Row(goarch: "s390x", triple: "s390x-linux-musl"),
        Row(goarch: "ppc64le", triple: "powerpc64le-linux-musl"),
        Row(goarch: "loong64", triple: "loongarch64-linux-musl"),
    ]

    /// The architectures, as Go names them.
    static let architectures = rows.map(\.goarch).distinct
}
