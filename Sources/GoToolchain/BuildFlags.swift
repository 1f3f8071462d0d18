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
        let named = (tags.map { ["-tags=\($0)"] } ?? []) + (mod.map { ["-mod=\($0)"] } ?? [])
        self.listing = named + BuildFlags.deciding(among: passedOn)
        self.building =
            (trimpath ? ["-trimpath"] : []) + named + (ldflags.map { ["-ldflags=\($0)"] } ?? [])
            + (buildvcs.map { ["-buildvcs=\($0)"] } ?? []) + passedOn
    }

    /// The first flag with which `go build` would not write the program to its place, so that an old file could be taken for it.
    public static func withoutProgram(among words: [String]) -> String? {
        all(among: words).first { ["n", "o"].contains($0.name) }.map { "-\($0.name)" }
    }

    /// The first word that is neither a flag nor the value of one. `go build` would take it for a package.
    public static func package(among words: [String]) -> String? {
        all(among: words).first { !$0.words[0].hasPrefix("-") }?.words[0]
    }

    /// Those flags that decide which files are compiled, each with its value.
    private static func deciding(among words: [String]) -> [String] {
        all(among: words).filter { decidingNames.contains($0.name) }.flatMap(\.words)
    }

    /// The flags, each with its value, which may be the next word. A word that should be a flag and is none has no name.
    private static func all(among words: [String]) -> [(name: String, words: [String])] {
        var flags: [(name: String, words: [String])] = []
        var rest = words[...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("-") else {
                flags.append(("", [word]))
                continue
            }
            let parts = word.drop { $0 == "-" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts.first ?? "")
            let value = parts.count > 1 || withoutValue.contains(name) ? nil : rest.popFirst()
            flags.append((name, [word] + (value.map { [$0] } ?? [])))
        }
        return flags
    }

    // Source: `go help build` of Go 1.19 to 1.27.
    private static let decidingNames: Set = ["mod", "modcacherw", "modfile", "overlay", "tags"]
    private static let withoutValue: Set = [
        "a", "asan", "buildvcs", "cover", "i", "json", "linkshared", "modcacherw", "msan", "n", "race", "trimpath", "v",
        "work", "x",
    ]
}
