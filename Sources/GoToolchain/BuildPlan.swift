public import GoBinary
import Text

/// The whole matrix: which programs are built, for which platforms, by which commands.
public struct BuildPlan: Sendable {
    /// The steps, in the order of the builds as they were asked for, and in that of their platforms.
    public let steps: [BuildStep]

    /// Programs that are built alike, for the same platforms.
    public struct Part: Sendable {
        /// The programs, by the folder that go is run in.
        public let packages: [PackageGroup]
        /// The platforms; one that is named twice is built once.
        public let platforms: [Platform]
        /// What goes through to go.
        public let flags: BuildFlags
        /// The go command, with its environment.
        public let toolchain: Toolchain
        /// The version of Go that was asked for, where one was.
        public let wantedGo: GoVersion?
        /// The name of the file, where it is not to be the program's own; for a part of one program.
        public let name: String?

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
    /// - Throws: `BuildError` where two files would lie at one place, or a name is given to several programs.
    public init(_ parts: [Part]) throws(BuildError) {
        let names = OutputNames(parts.filter { $0.name == nil }.flatMap { $0.packages.flatMap(\.mains) })
        var steps: [BuildStep] = []
        for part in parts {
            let mains = part.packages.flatMap(\.mains)
            if let name = part.name, mains.count != 1 {
                throw BuildError("the name '\(name)' is given to \(mains.count) programs; name one package for it")
            }
            let groups = part.packages.flatMap { group in
                let programs = group.mains.map { Program(package: $0, name: part.name ?? names[$0]) }
                return BuildPlan.withoutClashes(programs).map { (group.directory, $0) }
            }
            steps += part.platforms.flatMap { platform in
                groups.map { directory, programs in
                    BuildStep(
                        platform: platform, directory: directory, programs: programs, flags: part.flags,
                        toolchain: part.toolchain, wantedGo: part.wantedGo)
                }
            }
        }
        self.steps = steps
        try refuseTwoFilesAtOnePlace()
    }

    private init(steps: [BuildStep]) { self.steps = steps }

    /// The programs on their platforms, in the order of the steps.
    public var targets: [Target] { steps.flatMap(\.targets) }

    /// The plan with those targets alone that are wanted; steps without any are left out.
    public func keeping(_ isWanted: (Target) -> Bool) -> BuildPlan {
        BuildPlan(steps: steps.compactMap { $0.keeping(isWanted) })
    }

    /// The numbers of the steps in the order in which they are best begun: those of most programs first, for a long one begun last keeps
    /// everybody waiting.
    public var biggestFirst: [Int] {
        steps.enumerated().sorted {
            ($1.element.programs.count, $0.offset) < ($0.element.programs.count, $1.offset)
        }.map(\.offset)
    }

    private func refuseTwoFilesAtOnePlace() throws(BuildError) {
        for (place, targets) in Dictionary(grouping: targets, by: \.place) where targets.count > 1 {
            let packages = targets.map(\.package).joined(separator: " and ")
            throw BuildError("\(packages) would both be written to \(place); give one build another name or platform")
        }
    }

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
