import Attestation
import Configuration
import FoundationEssentials
import GoToolchain
import Processes
import Proving
import Reporting
import SystemPackage
import Verification

/// The way from packages to verified and stamped binaries: all of check, and what image does first.
struct CheckRun: Sendable {
    let matrix: MatrixOptions
    let speed: SpeedOptions
    let stampOptions: StampOptions
    let bills: [BillOptions.Format]
    let verbosity: VerbosityOptions
    let policy: Policy
    var prover: Prover?
    /// The folder for the binaries, as it was given.
    let output: String?
    /// Whether binaries that pass are stamped, where the command line says so.
    let isStamping: Bool?
    var isReproducing = false
    var isDryRun = false
    var isMeasuring = false
    let file: ConfigurationFile
    let folder: FilePath

    /// Builds, verifies and stamps; nil where the commands are shown only.
    func report(on packages: [String], toGo: [String]) async throws -> Report? {
        if let path = file.path { verbosity.note("configuration: \(path)".printable) }
        let planned = try await PlannedMatrix(matrix, words: packages, toGo: toGo, file: file, folder: folder)
        for notice in planned.notices { verbosity.note("note: \(notice.printable)") }
        let (plan, planReport) = try await speed.part(of: planned.plan, note: verbosity.note)
        let machine = HostMachine.current
        let budget = try speed.budget(for: plan.steps.count, on: machine)
        verbosity.note(headline(plan, planned.goVersions))
        if verbosity.verbose { verbosity.note(BudgetDescription.text(of: budget, on: machine)) }
        let placement = try placement()
        if verbosity.verbose || isDryRun {
            for step in plan.steps {
                let command = step.command(below: placement.output, budget: budget)
                Terminal.write(
                    command.shellText(inherited: ProcessInfo.processInfo.environment) + "\n",
                    to: isDryRun ? .output : .error)
            }
        }
        if isDryRun { return nil }
        let run = MatrixRun(
            plan: plan, placement: placement, budget: budget,
            progress: Progress(plan.steps, isQuiet: verbosity.quiet),
            isReproducing: isReproducing || file.settings.reproduce == true)
        let results = plan.steps.isEmpty ? [] : try await run.results()
        return Report(
            tool: .init(version: Product.version, go: planned.goVersions.joined(separator: ", ")), policy: policy,
            binaries: results.flatMap(\.binaries), problems: results.flatMap(\.problems), plan: planReport)
    }

    private func headline(_ plan: BuildPlan, _ goVersions: [String]) -> String {
        let count = plan.targets.count
        let platforms = Set(plan.steps.map(\.platform)).count
        let builds = "\(count) build\(count == 1 ? "" : "s") for \(platforms) platform\(platforms == 1 ? "" : "s")"
        return "\(goVersions.joined(separator: ", ")): \(builds)"
    }

    /// Where the binaries go.
    func placement() throws -> Placement {
        let base = output == nil ? file.folder : folder
        let name = FilePath(output ?? file.settings.output ?? "dist")
        let path = base.pushing(name).lexicallyNormalized()
        let isStamping = isStamping ?? file.settings.stamps?.isOn ?? true
        return Placement(
            output: path, shownOutput: base == folder ? name : path, policy: policy,
            stamper: try isStamping
                ? Stamper(form: stampOptions.form(over: file.settings.stamps, from: file.folder), bills: bills)
                : nil, prover: prover,
            isMeasuring: isMeasuring)
    }
}
