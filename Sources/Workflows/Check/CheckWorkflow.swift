public import GoBinary
import GoToolchain
import Processes
import Proving
public import Reporting
import SystemPackage
import Text
import Verification

/// Builds programs for every platform, verifies and stamps them.
public enum CheckWorkflow {
    /// Builds, verifies and stamps. A build that fails is a problem in the report.
    ///
    /// - Parameter approve: Gets the programs of each Linux platform before the first is built, and throws if they should not be.
    /// - Throws: If nothing can be planned, the output folder cannot be written, or the run is cancelled.
    public static func run(
        _ request: CheckRequest, in context: Context, approving approve: ([PlannedProgram]) throws -> Void = { _ in }
    ) async throws -> Report {
        let planned = try await Planned(request, in: context)
        try approve(
            planned.plan.targets.filter(\.platform.isLinux).compactMap { target in
                FilePath(target.place).lastComponent.map { PlannedProgram(name: $0.string, platform: target.platform) }
            })
        for command in planned.commands(request, in: context) { context.listener.detail(command) }
        let isReading = request.bill != nil || !request.policy.deniedLicenses.isEmpty
        let bills = isReading ? BillSurvey(request.bill ?? BillSettings(), in: context) : nil
        let run = MatrixRun(
            plan: planned.plan, placement: try placement(request, bills, in: context), budget: planned.budget,
            listener: context.listener, isReproducing: request.isReproducing, cache: request.matrix.cache, bills: bills,
            record: BuiltRecord(of: request.output.path, in: context), isPart: planned.report != nil)
        let results = planned.plan.steps.isEmpty ? [] : try await run.results()
        for path in planned.remains(of: run.placement) {
            context.listener.note(
                "note: \(path) is still there, from an earlier run; this one leaves the program out".printable)
        }
        return Report(
            tool: .init(version: Identity.version, go: planned.goVersions.joined(separator: ", ")),
            policy: request.policy,
            entries: results.flatMap(\.binaries).map(ReportEntry.binary)
                + planned.leftOut(request.policy, in: context).map(ReportEntry.leftOut),
            problems: results.flatMap(\.problems) + planned.unmatched, plan: planned.report)
    }

    /// The go commands that a run would start, in a shell's words; none is started.
    public static func commands(_ request: CheckRequest, in context: Context) async throws -> [String] {
        let planned = try await Planned(request, in: context)
        try planned.matrix.demandPrograms()
        return planned.commands(request, in: context)
    }

    /// Where the binaries go.
    private static func placement(
        _ request: CheckRequest, _ bills: BillSurvey?, in context: Context
    ) throws -> Placement {
        Placement(
            output: request.output.path, shownOutput: request.output.shown, policy: request.policy,
            stamper: try request.stamps.map { try Stamper($0, policy: request.policy, in: context) },
            prover: request.proof.map { Prover(mode: $0, searchPath: context.searchPath) },
            isMeasuring: request.isMeasuring, isListing: request.isListing, bills: request.bill == nil ? nil : bills)
    }
}

/// A program that is going to be built for a platform.
public struct PlannedProgram: Sendable, Hashable {
    /// The name of the file.
    public let name: String
    /// The platform.
    public let platform: Platform
}

/// What a check will do on this machine.
private struct Planned {
    /// The whole matrix.
    let matrix: PlannedMatrix
    /// What this run builds of it.
    let plan: BuildPlan
    /// The whole plan, if this run builds only a part of it.
    let report: PlanReport?
    let budget: BuildBudget

    init(_ request: CheckRequest, in context: Context) async throws {
        let listener = context.listener
        matrix = try await PlannedMatrix(request.matrix, in: context)
        for notice in matrix.notices { listener.note("note: \(notice.printable)") }
        try PlannedFiles(matrix.plan.targets, below: request.output.path)
            .check(request.results, from: context.folder)
        (plan, report) = try await request.speed.part(of: matrix.plan, in: context)
        let machine = context.machine()
        budget = request.speed.budget(for: plan.steps.count, on: machine)
        listener.note(headline)
        if let cache = request.matrix.cache { listener.note("cache program: \(cache.path)".printable) }
        listener.detail(BudgetDescription.text(of: budget, on: machine))
    }

    var goVersions: [String] { matrix.goVersions }

    /// Whether this run reports what is left out: of several shards, the first does.
    private var reportsLeftOut: Bool { report.map { $0.shard.index == 1 } ?? true }

    /// The programs that are not built, as the policy judges them.
    func leftOut(_ policy: Policy, in context: Context) -> [LeftOutReport] {
        guard reportsLeftOut else { return [] }
        return matrix.leftOut.map { program, directory in
            LeftOutReport(program, in: directory, policy: policy, workingFolder: context.folder)
        }
    }

    /// The files that look like earlier builds of programs that are now left out. A gate would admit them with their old stamps.
    func remains(of placement: Placement) -> [FilePath] {
        let own = Set(matrix.plan.targets.map { placement.shownOutput.pushing(FilePath($0.place)) })
        return matrix.leftOut.compactMap { left, _ in
            let program = Program(package: left.package, name: left.package.programName)
            return placement.earlierFile(of: program, on: left.platform).flatMap { own.contains($0) ? nil : $0 }
        }
    }

    /// The packages of which nothing is built.
    var unmatched: [Report.Problem] {
        reportsLeftOut ? matrix.unmatched.map { Report.Problem(message: $0.description) } : []
    }

    private var headline: String {
        let count = plan.targets.count
        let platforms = Set(plan.steps.map(\.platform)).count
        return "\(goVersions.joined(separator: ", ")): \(count.counted("build")) for \(platforms.counted("platform"))"
    }

    func commands(_ request: CheckRequest, in context: Context) -> [String] {
        plan.steps.map { step in
            step.command(below: request.output.path, budget: budget).shellText(inherited: context.environment)
        }
    }
}

extension LeftOutReport {
    fileprivate init(
        _ program: LeftOutMain, in directory: FilePath, policy: Policy, workingFolder folder: FilePath
    ) {
        let left = LeftOutProgram(
            package: program.package.importPath, platform: program.platform, needsCgo: program.needsCgo,
            files: program.files)
        var place = FilePath(program.package.directory)
        if place.starts(with: folder), place != folder {
            place = FilePath(root: nil, place.components.dropFirst(folder.components.count))
        }
        self.init(
            path: place.string, source: SourcePath.of(program.package, files: program.files, in: directory), left,
            policy.judge(left))
    }
}
