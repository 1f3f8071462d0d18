import Configuration
import Files
import GoBinary
import GoToolchain
import ScratchImage
import SystemPackage
import Verification

/// The program that a Dockerfile is written for, built once to see what it needs in its root.
struct DockerfileProgram {
    /// The root of the module or workspace, from which the image is built.
    let root: FilePath
    let recipe: DockerfileRecipe

    init(_ request: DockerfileRequest, in context: Context) async throws {
        guard request.matrix.builds.allSatisfy({ $0.cgo == .off }) else { throw DockerfileFailure.needsC }
        let planned = try await PlannedMatrix(request.matrix, in: context)
        let targets = planned.plan.steps.flatMap { step in step.programs.map { (step, $0) } }
        guard let (step, program) = targets.first, targets.count == 1 else {
            throw DockerfileFailure.notOneProgram(targets.map { $0.1.package.importPath })
        }
        let folder = FilePath(program.package.directory)
        let goWork = step.toolchain.environment.variables["GOWORK"]
        guard let sources = SourceRoot(of: folder, goWork: goWork) else {
            throw DockerfileFailure.noModule(folder.string)
        }
        let root = sources.folder
        let isVendored = root.appending("vendor/modules.txt").exists
        guard isVendored || sources.outside.isEmpty else {
            throw DockerfileFailure.outside(root, modules: sources.outside)
        }
        if request.health?.question.needsProgram == true, program.name == HealthQuestion.program {
            throw DockerfileFailure.healthcheckExists
        }
        self.root = root
        let end = context.listener.begin("building \(program.package.importPath)")
        defer { end() }
        let needs = try await DockerfileProgram.needs(
            of: step, program, policy: request.policy, budget: request.speed.budget(for: 1, on: context.machine()))
        let below = folder.components.dropFirst(root.components.count).map(\.string)
        let flags = request.matrix.builds.first.map { DockerfileFlags($0, isVendored: isVendored) }
        var recipe = DockerfileRecipe(
            program: program.name, package: (["."] + below).joined(separator: "/"),
            goVersion: try await DockerfileProgram.goVersion(of: step.toolchain, in: sources.module),
            isVendored: isVendored, needs: needs, user: request.user, ports: request.ports.map(\.description),
            flags: flags?.words ?? [], toolImage: request.toolImage)
        recipe.downloadsFirst = sources.folder == sources.module && sources.otherModules.isEmpty
        recipe.arguments = flags?.arguments ?? []
        recipe.health = request.health.map {
            .init($0.check, source: $0.question.needsProgram ? HealthcheckSource.program : nil)
        }
        guard !recipe.hidesProgram else { throw DockerfileFailure.nameOfFolder(program.name) }
        self.recipe = recipe
    }

    /// Builds the program into a temporary folder and reads it.
    private static func needs(
        of step: BuildStep, _ program: Program, policy: Policy, budget: BuildBudget
    ) async throws -> Set<RuntimeNeed> {
        let name = program.package.importPath
        return try await TemporaryPlace.with { folder in
            try Folder.create(step.files(in: folder))
            guard case .built(let files) = try await step.run(staging: folder, budget: budget, onPackage: { _ in }),
                let built = files.first(where: { $0.program == program })?.file
            else { throw DockerfileFailure.unbuildable(name) }
            let subject = Subject(try FileSnapshot(built).bytes, expected: step.platform, isGoBuild: true)
            let errors = policy.errors(in: subject)
            guard errors.isEmpty else { throw DockerfileFailure.notReady(name, findings: errors.inOneLine) }
            return subject.needs
        }
    }

    /// The version to compile with: that of the go command, because the needs were read from what it built, or the one that go.mod
    /// asks for if that is newer. The `go` line alone names the oldest version that can compile the module.
    private static func goVersion(of toolchain: Toolchain, in root: FilePath) async throws -> String {
        let file = try await toolchain.moduleFile(in: root)
        let versions = [toolchain.version, file.toolchain, file.go].compactMap { $0.flatMap { GoVersion($0) } }
        let newest = versions.max()?.description ?? toolchain.version
        return String(newest.drop { !$0.isNumber })
    }
}
