import Files
import GoBinary
import Processes
public import SystemPackage
public import Verification

/// Tries whether images start: each in a container of its own, made by a child process that isolates itself first.
public struct ContainerProver: Sendable {
    private let searchPath: String
    private let program: FilePath

    /// The first argument of the child process.
    static let childArgument = "__prove-container"

    /// Makes a prover.
    ///
    /// - Parameters:
    ///   - searchPath: Where emulators are searched; the value of PATH.
    ///   - program: This program, which is started again as the child.
    public init(searchPath: String, program: FilePath = "/proc/self/exe") {
        self.searchPath = searchPath
        self.program = program
    }

    /// Tries a container.
    ///
    /// - Parameters:
    ///   - specification: What it runs.
    ///   - goarch: The GOARCH of its program.
    ///   - writeRoot: Writes the members of the root, each folder before what it holds.
    /// - Returns: The result. If the container could not be tried, the result says why.
    /// - Throws: `CancellationError`; what `writeRoot` throws.
    public func prove(
        _ specification: ContainerSpecification, goarch: String, root writeRoot: (inout RootWriter) throws -> Void
    ) async throws -> Proof {
        do {
            guard specification.volumes.count <= ContainerSpecification.Limit.volumes else {
                throw ContainerError.tooManyVolumes(specification.volumes.count)
            }
            let starter = try Starter.choose(goarch: goarch, searchPath: searchPath)
            var writer = try RootWriter(specification)
            try writeRoot(&writer)
            return try await answer(starter, goarch, writer.finished())
        } catch let error as StarterError {
            return Proof(.notProved, detail: "\(error)")
        } catch let error as ContainerError {
            return Proof(.notProved, detail: "\(error)")
        }
    }

    private func answer(_ starter: Starter, _ goarch: String, _ root: FileDescriptor) async throws -> Proof {
        let emulator =
            switch starter {
            case .kernel: "-"
            case .emulator(let path): path.string
            }
        let command = Command(
            executable: program, arguments: [ContainerProver.childArgument, emulator, goarch], environment: [:],
            workingDirectory: "/")
        return try Proof(answerOf: try await ChildProcess.run(command, inputFile: root))
    }
}

/// The other side of the prover: this program, started again as a child process to try one container.
enum ContainerChild {
    /// Does the work of the child.
    ///
    /// - Parameters:
    ///   - emulator: The path of an emulator, or a dash.
    ///   - goarch: The GOARCH of the program.
    static func proof(emulator: String, goarch: String) -> Proof {
        do {
            var members = RootReader(.standardInput)
            guard let specification = try members.next(ContainerSpecification.self) else {
                throw ContainerError.rootEndsEarly
            }
            var trial = ContainerTrial(
                specification: specification, starter: emulator == "-" ? .kernel : .emulator(FilePath(emulator)),
                machine: MachineKind.of(goarch: goarch), members: members)
            return try trial.run()
        } catch {
            return Proof(.notProved, detail: "\(error)")
        }
    }
}
