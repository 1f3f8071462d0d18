/// A stage after its last instruction, together with the stages it is based on: its settings, and what it copies and builds.
///
/// One walk over the instructions keeps the variables, the working folder and the shell, so that each instruction is read once.
package struct ResolvedStage: Sendable {
    /// A word and its value.
    package struct Resolved: Sendable {
        package let word: Dockerfile.Word
        package let value: Value
        /// The value if the builder's command line sets no argument.
        package let byDefault: Value
    }

    package let index: Int
    /// The variables at the end.
    package private(set) var environment: Environment
    /// WORKDIR as an absolute path; nil if it is not known.
    package private(set) var folder: String?
    /// The paths that WORKDIR, mkdir and copies make folders.
    package private(set) var folders: Set<String> = ["/"]
    package private(set) var user: Resolved?
    package private(set) var entryPoint: Dockerfile.Instruction?
    package private(set) var command: Dockerfile.Instruction?
    package private(set) var healthCheck: Dockerfile.Instruction?
    /// The program of the last SHELL.
    package private(set) var shell = "/bin/sh"
    /// The copies of this stage alone.
    package private(set) var copies: [Copy] = []
    /// The builds of this stage alone.
    package private(set) var goBuilds: [GoBuild] = []
    /// The files that builds of the lineage write.
    package private(set) var writtenFiles: Set<String> = []
    /// The C programs of the lineage by the files that the compiler writes.
    package private(set) var nativeBuilds: [String: NativeBuild] = [:]
    /// The last cargo build of the lineage.
    package private(set) var cargoBuild: NativeBuild?
    /// The commands of `staticcheck` and `xx-verify` in this stage alone.
    package private(set) var verifications: [[String]] = []
    /// Whether a command of the lineage installs a C compiler.
    package private(set) var installsCompiler = false
    /// The image that the lineage begins with; nil if it is not known.
    private let image: String?
    private var goSettings: [String: ShellState.Setting] = [:]

    /// The most folders, and the most files, that are kept.
    private static let mostPaths = 10_000

    /// Walks through a stage.
    ///
    /// - Parameter parent: The stage that it is based on.
    init(_ file: Dockerfile, _ index: Int, over parent: ResolvedStage?) throws(DockerfileError) {
        let stage = file.stages[index]
        if let parent {
            self = ResolvedStage(copying: parent, index)
        } else {
            self.index = index
            let isScratch = stage.base.lowercased() == "scratch"
            environment = Environment(of: isScratch ? .files : .image)
            folder = isScratch ? "/" : stage.base.isGo ? "/go" : nil
            image = stage.isBaseKnown ? stage.base : nil
        }
        let triggers = stage.parent.map { file.stages[$0].instructions.flatMap(\.triggers) } ?? []
        var setsCommand = false
        for instruction in triggers + stage.instructions {
            try apply(instruction, of: file, setsCommand: &setsCommand)
        }
    }

    private init(copying parent: ResolvedStage, _ index: Int) {
        self.index = index
        environment = parent.environment
        folder = parent.folder
        folders = parent.folders
        user = parent.user
        entryPoint = parent.entryPoint
        command = parent.command
        healthCheck = parent.healthCheck
        shell = parent.shell
        installsCompiler = parent.installsCompiler
        image = parent.image
        writtenFiles = parent.writtenFiles
        nativeBuilds = parent.nativeBuilds
        cargoBuild = parent.cargoBuild
        goSettings = parent.goSettings
    }

    private mutating func apply(
        _ instruction: Dockerfile.Instruction, of file: Dockerfile, setsCommand: inout Bool
    ) throws(DockerfileError) {
        switch instruction.keyword {
        case "ENV": try self.environment.set(instruction, file.lexer)
        case "ARG": try self.environment.declare(instruction, inherited: file.globals, file.lexer)
        case "WORKDIR":
            guard let text = instruction.words.first.flatMap({ environment.value(of: $0.text, file.lexer).text })
            else { return folder = nil }
            folder = text.hasPrefix("/") ? text.path() : folder.map { text.path(in: $0) }
            // A longer path is not one that people write.
            if let path = folder, path.utf8.count > WordLexer.longest { folder = nil }
            if let folder { add(folder: folder) }
        case "USER":
            user = instruction.words.first.map { word in
                Resolved(
                    word: word, value: environment.value(of: word.text, file.lexer),
                    byDefault: environment.defaultValue(of: word.text, file.lexer))
            }
        case "SHELL": shell = instruction.words.first?.text ?? shell
        case "ENTRYPOINT":
            entryPoint = instruction
            // A new entry point drops the CMD of the base.
            if !setsCommand { command = nil }
        case "CMD":
            command = instruction
            setsCommand = true
        case "HEALTHCHECK": healthCheck = instruction
        case "COPY", "ADD": add(copy: instruction, of: file)
        case "RUN": run(instruction, of: file)
        default: break
        }
    }

    private mutating func add(folder path: String) {
        guard folders.count < ResolvedStage.mostPaths else { return }
        var path = path
        while folders.insert(path).inserted { path = (path + "/..").path() }
    }

    private mutating func add(
        copy instruction: Dockerfile.Instruction, of file: Dockerfile
    ) {
        guard instruction.words.count > 1 else { return }
        let stage = instruction.flag("from").flatMap { file.stage(named: $0.text, before: index) }
        let copy = Copy(instruction, from: stage, in: folder) { environment.value(of: $0, file.lexer) }
        copies.append(copy)
        guard let target = copy.target else { return }
        add(folder: copy.isIntoFolder ? target : (target + "/..").path())
    }
}

extension ResolvedStage {
    private mutating func run(_ instruction: Dockerfile.Instruction, of file: Dockerfile) {
        guard let script = instruction.script(shell: shell) else { return }
        var run = ShellRun(ShellState(environment, folder: folder, goSettings: goSettings))
        var commands: [ShellRun.Executed] = []
        let stage = index
        let image = image
        var goBuilds: [GoBuild] = []
        var nativeBuilds: [NativeBuild] = []
        run.run(script) { command, state in
            if let build = GoBuild(command, state, stage: stage, instruction: instruction) {
                goBuilds.append(build)
            } else if let build = NativeBuild(command, state, instruction: instruction, image: image) {
                nativeBuilds.append(build)
            } else {
                commands.append(command)
            }
        }
        self.goBuilds += goBuilds
        goSettings = run.state.goSettings
        for command in commands { note(command) }
        let outputs = goBuilds.compactMap(\.output) + nativeBuilds.compactMap(\.output)
        // go puts its program into the folder if -o names one.
        for output in outputs where writtenFiles.count < ResolvedStage.mostPaths && !folders.contains(output) {
            writtenFiles.insert(output)
        }
        for build in nativeBuilds {
            if let output = build.output {
                if nativeBuilds.count < ResolvedStage.mostPaths { self.nativeBuilds[output] = build }
            } else {
                cargoBuild = build
            }
        }
    }

    /// Keeps what later rules ask about a command.
    private mutating func note(_ command: ShellRun.Executed) {
        switch command.name {
        case "staticcheck", "scratchcheck", "xx-verify":
            verifications.append([command.name] + command.words.dropFirst())
        case "mkdir":
            for word in command.words.dropFirst() where word.hasPrefix("/") { add(folder: word.path()) }
        case "apk", "apt", "apt-get", "dnf", "yum", "microdnf", "xx-apk", "xx-apt", "xx-apt-get", "zypper", "pacman":
            let compilers: Set = [
                "gcc", "g++", "clang", "build-base", "build-essential", "alpine-sdk", "musl-dev", "go", "gcc-go",
                "base-devel",
            ]
            installsCompiler = installsCompiler || !compilers.isDisjoint(with: command.words)
        default: break
        }
    }

    /// Whether the lineage begins with an image of Go that has no C compiler, and none is installed.
    ///
    /// Go 1.20 and later builds without cgo there, unless CGO_ENABLED is 1.
    package var hasNoCompiler: Bool { !installsCompiler && (image?.isGoOnAlpine ?? false) }

    /// Whether it is known which image the lineage begins with.
    package var isImageKnown: Bool { image != nil }
}
