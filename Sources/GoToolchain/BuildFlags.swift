/// The flags that are passed to `go build`.
public struct BuildFlags: Sendable, Hashable {
    /// The flags that decide which files are compiled, so `go list` needs them too.
    public let listing: [String]
    /// All flags, in the order in which go gets them.
    public let building: [String]

    /// Makes flags from options. nil leaves go its own default.
    ///
    /// - Parameters:
    ///   - tags: Build tags, separated by commas (`-tags`).
    ///   - ldflags: Flags of the linker (`-ldflags`).
    ///   - trimpath: Whether paths of this machine are left out of the program (`-trimpath`).
    ///   - mod: `readonly`, `vendor` or `mod` (`-mod`).
    ///   - buildvcs: `true`, `false` or `auto` (`-buildvcs`).
    ///   - passedOn: More flags, which come last and so win.
    public init(
        tags: String?, ldflags: String?, trimpath: Bool, mod: String?, buildvcs: String?, passedOn: [String]
    ) {
        let listing = (tags.map { ["-tags=\($0)"] } ?? []) + (mod.map { ["-mod=\($0)"] } ?? [])
        self.listing = listing
        self.building =
            (trimpath ? ["-trimpath"] : []) + listing + (ldflags.map { ["-ldflags=\($0)"] } ?? [])
            + (buildvcs.map { ["-buildvcs=\($0)"] } ?? []) + passedOn
    }
}
