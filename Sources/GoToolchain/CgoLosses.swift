import GoBinary
import SystemPackage
import Text

/// The files of a package that import "C". It loses them if cgo is off.
public struct LostCgoFiles: Sendable, Hashable {
    /// The import path of the package.
    public let package: String
    /// The names of the files, sorted.
    public let files: [String]
    /// The libraries that the linker gets for them: `m` for `-lm`.
    public var libraries: [String] = []
}

/// What the packages of some programs lose because cgo is off, and contain if it is on.
public struct CgoLosses: Sendable {
    private let graph: ImportGraph
    private let losses: [LostCgoFiles]
    /// Whether the answer for another platform may be another one.
    ///
    /// It cannot be if nothing is lost and no file is excluded: every other platform then compiles the same files of the same
    /// packages, or fewer.
    let mayDiffer: Bool

    /// Reads what go lists with cgo, dependencies included. Go's own library is left out: it works without cgo.
    init(_ packages: [GoPackage]) {
        let others = packages.filter { !$0.isStandard }
        graph = ImportGraph(others)
        losses = others.filter { !$0.cgoFiles.isEmpty }.map {
            LostCgoFiles(
                package: $0.importPath, files: $0.cgoFiles.sorted(),
                libraries: $0.linkerFlags.filter { $0.hasPrefix("-l") && $0.count > 2 }.map { String($0.dropFirst(2)) }
                    .distinct)
        }
        mayDiffer = !losses.isEmpty || others.contains { $0.ignoredFiles.contains(where: SourceHead.isSource) }
    }

    /// The packages of a program that lose files, in the order in which go lists them.
    public func of(_ program: Program) -> [LostCgoFiles] {
        guard !losses.isEmpty else { return [] }
        let reached = graph.closure(of: program.package.importPath)
        return losses.filter { reached.contains($0.package) }
    }
}

extension BuildStep {
    /// What the packages of the step's programs lose because cgo is off. go needs no C compiler to list them.
    ///
    /// - Throws: `BuildError` if go fails; `ProcessError`; `CancellationError`.
    public func cgoLosses() async throws -> CgoLosses {
        CgoLosses(
            try await listed(
                ["-e", "-deps"], fields: GoPackage.closureFields, extra: ["CGO_ENABLED": "1"], isRemembered: true))
    }
}

/// Asks go once for programs whose files are the same on every platform, and once for each platform for others.
public actor CgoSurvey {
    private var answers: [Question: Task<CgoLosses, any Error>] = [:]

    /// Makes a survey that knows nothing yet.
    public init() {}

    /// Steps that differ in the platform alone.
    private struct Question: Hashable {
        let directory: FilePath
        let programs: [String]
        let flags: [String]
        let executable: FilePath
        let environment: BuildEnvironment
        var platform: Platform?

        init(_ step: BuildStep) {
            directory = step.directory
            programs = step.programs.flatMap(\.package.arguments)
            flags = step.flags.listing
            executable = step.toolchain.executable
            environment = step.toolchain.environment
        }
    }

    /// What the packages of a step's programs lose because cgo is off.
    ///
    /// - Throws: `BuildError` if go fails; `ProcessError`.
    public func losses(of step: BuildStep) async throws -> CgoLosses {
        let ofAnyPlatform = Question(step)
        if let first = answers[ofAnyPlatform] {
            let losses = try await first.value
            guard losses.mayDiffer else { return losses }
        }
        var question = ofAnyPlatform
        question.platform = step.platform
        let task = answers[question] ?? Task { try await step.cgoLosses() }
        answers[question] = task
        // The first answer stands for all platforms, unless it says that they may differ.
        answers[ofAnyPlatform] = answers[ofAnyPlatform] ?? task
        return try await task.value
    }
}
