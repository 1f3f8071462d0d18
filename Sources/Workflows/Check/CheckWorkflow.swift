import GoToolchain
import Processes
import Proving
public import Reporting
import SystemPackage

/// Builds programs for every platform, verifies and stamps them.
public enum CheckWorkflow {
    /// Builds, verifies and stamps. A build that fails is a problem in the report.
    ///
    /// - Throws: If nothing can be planned, the output folder cannot be written, or the run is cancelled.
    public static func run(_ request: CheckRequest, in context: Context) async throws -> Report {
        let planned = try await Planned(request, in: context)
        for command in planned.commands(request, in: context) { context.listener.detail(command) }
        let run = MatrixRun(
            plan: planned.plan, placement: try placement(request, in: context), budget: planned.budget,
            listener: context.listener, isReproducing: request.isReproducing)
        let results = planned.plan.steps.isEmpty ? [] : try await run.results()
        return Report(
            tool: .init(version: Product.version, go: planned.goVersions.joined(separator: ", ")),
            policy: request.policy, entries: results.flatMap(\.binaries).map(ReportEntry.binary),
            problems: results.flatMap(\.problems),
            plan: planned.report)
    }

    /// The go commands that a run would start, in a shell's words; none is started.
    public static func commands(_ request: CheckRequest, in context: Context) async throws -> [String] {
        try await Planned(request, in: context).commands(request, in: context)
    }

    /// Where the binaries go.
    private static func placement(_ request: CheckRequest, in context: Context) throws -> Placement {
        Placement(
            output: request.output.path, shownOutput: request.output.shown, policy: request.policy,
            stamper: try request.stamps.map { try Stamper($0, in: context) },
            prover: request.proof.map { Prover(mode: $0, searchPath: context.searchPath) },
            isMeasuring: request.isMeasuring)
    }
}

/// What a check will do on this machine.
private struct Planned {
    let plan: BuildPlan
    /// The whole plan, if this run builds only a part of it.
    let report: PlanReport?
    let goVersions: [String]
    let budget: BuildBudget

    init(_ request: CheckRequest, in context: Context) async throws {
        let listener = context.listener
        let planned = try await PlannedMatrix(request.matrix, in: context)
        for notice in planned.notices { listener.note("note: \(notice.printable)") }
        (plan, report) = try await request.speed.part(of: planned.plan, in: context)
        goVersions = planned.goVersions
        let machine = context.machine()
        budget = request.speed.budget(for: plan.steps.count, on: machine)
        listener.note(headline)
        listener.detail(BudgetDescription.text(of: budget, on: machine))
    }

    private var headline: String {
        let count = plan.targets.count
        let platforms = Set(plan.steps.map(\.platform)).count
        let builds = "\(count) build\(count == 1 ? "" : "s") for \(platforms) platform\(platforms == 1 ? "" : "s")"
        return "\(goVersions.joined(separator: ", ")): \(builds)"
    }

    func commands(_ request: CheckRequest, in context: Context) -> [String] {
        plan.steps.map { step in
            step.command(below: request.output.path, budget: budget).shellText(inherited: context.environment)
        }
    }
}
