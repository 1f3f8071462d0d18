/// What goes through to `go build` as it was given.
public struct BuildFlags: Sendable, Hashable {
    /// The flags of `go build` that concern which files are compiled, so that `go list` needs them too.
    public let listing: [String]
    /// Every flag of `go build`.
    public let building: [String]

    /// Makes flags of the command line's options.
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
