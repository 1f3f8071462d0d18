public import GoBinary
import Text

/// The whole matrix: the programs, their platforms, and the go commands that build them.
public struct BuildPlan: Sendable {
    /// The steps, in the order of the requested builds, and of their platforms.
    public let steps: [BuildStep]

    /// Programs that are built with the same flags, for the same platforms.
    public struct Part: Sendable {
        /// The programs, grouped by the folder in which go runs.
        public let packages: [PackageGroup]
        /// The platforms, without repetitions.
        public let platforms: [Platform]
        /// The flags of `go build`.
        public let flags: BuildFlags
        /// The go command, with its environment.
        public let toolchain: Toolchain
        /// The requested version of Go; nil if any will do.
        public let wantedGo: GoVersion?
        /// The name of the file, for a part with one program; nil gives the file the program's name.
        public let name: String?

        /// The programs that are left out on a platform.
        var leftOut: [LeftOutMain] { packages.flatMap(\.leftOut) }

        /// Makes a part.
        public init(
            packages: [PackageGroup], platforms: [Platform], flags: BuildFlags, toolchain: Toolchain,
            wantedGo: GoVersion? = nil, name: String? = nil
        ) {
            self.packages = packages
            self.platforms = platforms.distinct
            self.flags = flags
            self.toolchain = toolchain
            self.wantedGo = wantedGo
            self.name = name
        }
    }

    /// Plans a matrix.
    ///
    /// - Throws: `BuildError` if two files would have the same path, or a name is given to several programs.
    public init(_ parts: [Part]) throws(BuildError) {
        let names = OutputNames(parts.filter { $0.name == nil }.flatMap { $0.packages.flatMap(\.mains) })
        var steps: [BuildStep] = []
        for part in parts {
            let mains = part.packages.flatMap(\.mains)
            if let name = part.name, mains.count != 1, !mains.isEmpty || part.leftOut.isEmpty {
                throw .nameForSeveralPrograms(name, count: mains.count)
            }
            for platform in part.platforms {
                for group in part.packages {
                    let programs = group.mains(on: platform).map { Program(package: $0, name: part.name ?? names[$0]) }
                    steps += BuildPlan.withoutClashes(programs).map { programs in
                        BuildStep(
                            platform: platform, directory: group.directory, programs: programs, flags: part.flags,
                            toolchain: part.toolchain, wantedGo: part.wantedGo)
                    }
                }
            }
        }
        self.steps = steps
        try refuseTwoFilesAtOnePlace()
    }

    private init(steps: [BuildStep]) { self.steps = steps }

    /// The programs on their platforms, in the order of the steps.
    public var targets: [Target] { steps.flatMap(\.targets) }

    /// The plan without the targets that are not wanted. Steps without targets are left out.
    public func keeping(_ isWanted: (Target) -> Bool) -> BuildPlan {
        BuildPlan(steps: steps.compactMap { $0.keeping(isWanted) })
    }

    /// The order in which to start the steps, as indices: those with most programs first, because a long step that starts last
    /// delays the end of the whole build.
    public var biggestFirst: [Int] {
        steps.enumerated().sorted {
            ($1.element.programs.count, $0.offset) < ($0.element.programs.count, $1.offset)
        }.map(\.offset)
    }

    private func refuseTwoFilesAtOnePlace() throws(BuildError) {
        for (place, targets) in Dictionary(grouping: targets, by: \.place) where targets.count > 1 {
            throw .samePlace(place, packages: targets.map(\.package))
        }
    }

    /// go writes each program into the folder under the program's own name, and silently overwrites one with the same name.
    /// Programs with the same name therefore go into different runs.
    private static func withoutClashes(_ programs: [Program]) -> [[Program]] {
        var runs: [[Program]] = []
        // How many programs of a name there are so far.
        var counts: [String: Int] = [:]
        for program in programs {
            let run = counts[program.package.programName, default: 0]
            counts[program.package.programName] = run + 1
            if run == runs.count { runs.append([]) }
            runs[run].append(program)
        }
        return runs
    }
}
