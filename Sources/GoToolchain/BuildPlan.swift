public import GoBinary
public import SystemPackage

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

/// A program to build, and the name that its file gets.
public struct Program: Sendable, Hashable {
    /// The package.
    public let package: GoPackage
    /// The file's name, unique in the plan, without a suffix for the system.
    public let name: String

    /// The file's name on a platform.
    public func fileName(on platform: Platform) -> String { platform.goos == "windows" ? name + ".exe" : name }
}

/// The whole matrix: which programs are built, for which platforms.
public struct BuildPlan: Sendable, Hashable {
    /// The platforms, each once, in the order given.
    public let platforms: [Platform]
    /// The programs of each folder that go is run in.
    public let groups: [Group]
    /// The flags.
    public let flags: BuildFlags

    /// Programs that one run of go builds together.
    public struct Group: Sendable, Hashable {
        /// Where go is run.
        public let directory: FilePath
        /// The programs; go names each file itself, so no two of a group have the same name there.
        public let programs: [Program]
    }

    /// Plans a matrix.
    public init(packages: [PackageGroup], platforms: [Platform], flags: BuildFlags) {
        let names = OutputNames(packages.flatMap(\.mains))
        self.platforms = platforms.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        self.flags = flags
        self.groups = packages.flatMap { group -> [Group] in
            let programs = group.mains.map { Program(package: $0, name: names[$0]) }
            return BuildPlan.withoutClashes(programs).map { Group(directory: group.directory, programs: $0) }
        }
    }

    /// The programs, in their order.
    public var programs: [Program] { groups.flatMap(\.programs) }

    /// go writes a program under its own name into a folder, and overwrites one of the same name without a word; those
    /// of one name go into runs of their own.
    private static func withoutClashes(_ programs: [Program]) -> [[Program]] {
        var runs: [[Program]] = []
        for program in programs {
            let free = runs.firstIndex { run in !run.contains { $0.package.programName == program.package.programName }
            }
            if let free { runs[free].append(program) } else { runs.append([program]) }
        }
        return runs
    }
}

/// A distinct file name for each program: go's own, with more of the path before it where two would be the same.
struct OutputNames {
    private let names: [String: String]

    init(_ packages: [GoPackage]) {
        var names: [String: String] = [:]
        for (base, group) in Dictionary(grouping: packages, by: \.programName) {
            if group.count == 1, let only = group.first {
                names[only.importPath] = base
                continue
            }
            let longest = group.map { $0.importPath.split(separator: "/").count }.max() ?? 1
            let depth = (2...max(2, longest)).first { depth in
                Set(group.map { OutputNames.tail($0.importPath, depth) }).count == group.count
            }
            for package in group { names[package.importPath] = OutputNames.tail(package.importPath, depth ?? longest) }
        }
        self.names = names
    }

    subscript(package: GoPackage) -> String { names[package.importPath] ?? package.programName }

    private static func tail(_ path: String, _ depth: Int) -> String {
        path.split(separator: "/").suffix(depth).joined(separator: "-")
    }
}
