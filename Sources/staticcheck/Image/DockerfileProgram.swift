import Configuration
import ELF
import Files
import FoundationEssentials
import GoToolchain
import Reporting
import ScratchImage
import SystemPackage
import Verification

/// The program that a Dockerfile is written for: built once, to see what it will look for in its root.
struct DockerfileProgram {
    /// The root of the module, from which the image is built.
    let root: FilePath
    let recipe: DockerfileRecipe

    init(_ words: [String], options: DockerfileCommand, folder: FilePath) async throws {
        var matrix = options.matrix
        matrix.platformOptions.platforms = ["linux/amd64"]
        let file = try matrix.configuration.file(from: folder)
        let planned = try await PlannedMatrix(matrix, words: words, toGo: [], file: file, folder: folder)
        let targets = planned.plan.steps.flatMap { step in step.programs.map { (step, $0) } }
        guard let (step, program) = targets.first, targets.count == 1 else {
            throw DockerfileRecipeError.severalPrograms(targets.map { $0.1.package.importPath })
        }
        guard let root = FolderSearch.nearest("go.mod", from: FilePath(program.package.directory)) else {
            throw DockerfileRecipeError.noModule(package: "\(program.package.directory)")
        }
        self.root = root
        let needs = try await DockerfileProgram.needs(
            of: step, program, policy: options.policyOptions.policy(over: file.settings),
            budget: try options.speed.budget(for: 1, on: .current))
        let below = FilePath(program.package.directory).components.dropFirst(root.components.count).map(\.string)
        let section = file.settings.image
        let settings = RequestedBuilds.of(file, words: words, folder: folder).first?.settings
        recipe = DockerfileRecipe(
            program: program.name, package: (["."] + below).joined(separator: "/"),
            goVersion: try await DockerfileProgram.goVersion(of: step.toolchain, in: root),
            isVendored: FileManager.default.fileExists(atPath: root.appending("vendor/modules.txt").string),
            needs: needs,
            user: try (options.user ?? section?.user).map(ImageOptions.numbers) ?? .standard,
            ports: try ((section?.ports ?? []) + options.port).map(ImageOptions.port),
            ldflags: options.matrix.build.ldflags ?? "-s -w",
            tags: options.matrix.build.tags ?? settings?.tags?.joined(separator: ","), toolVersion: Product.version)
    }

    /// Builds the program into a folder of its own, and looks at it.
    private static func needs(
        of step: BuildStep, _ program: Program, policy: Policy, budget: BuildBudget
    ) async throws -> Set<RuntimeNeed> {
        try await TemporaryPlace.with { folder in
            try FileManager.default.createDirectory(
                atPath: step.files(in: folder).string, withIntermediateDirectories: true)
            guard case .built(let files) = try await step.run(staging: folder, budget: budget, onPackage: { _ in }),
                let built = files.first(where: { $0.program == program })?.file
            else { throw BuildError("go cannot build \(program.package.importPath): 'staticcheck check' says why") }
            let subject = Subject(
                try FileSnapshot(built).bytes, expected: step.platform, isGoBuild: true)
            let errors = policy.errors(in: subject)
            guard errors.isEmpty else {
                throw DockerfileRecipeError.notReady(
                    package: "\(program.package.importPath)", reason: errors.inOneLine)
            }
            return subject.needs
        }
    }

    /// The version that go.mod asks for: its toolchain, else its language.
    private static func goVersion(of toolchain: Toolchain, in root: FilePath) async throws -> String {
        let text = try await toolchain.moduleFile(in: root)
        return text.toolchain.map { String($0.drop { !$0.isNumber }) } ?? text.go
            ?? String(toolchain.version.drop { !$0.isNumber })
    }
}
