import Dockerfiles
import Files
import ScratchImage
public import SystemPackage
import Verification

/// Writes a scratch Dockerfile for a program.
public enum DockerfileWorkflow {
    /// The text, and the files that were written or left alone.
    public struct Result: Sendable {
        /// The Dockerfile.
        public let text: String
        /// The files that were written.
        public let written: [FilePath]
        /// An existing file that was left alone.
        public let kept: FilePath?
    }

    /// Builds the program once, to see what it needs, and writes `Dockerfile` and `.dockerignore` to its module's root.
    ///
    /// - Throws: `DockerfileFailure`, or `OutputError` if a file cannot be written.
    public static func run(_ request: DockerfileRequest, in context: Context) async throws -> Result {
        let program = try await DockerfileProgram(request, in: context)
        let text = program.recipe.text
        let lint = try DockerfileLint(try Dockerfile(text), in: BuildContext(needs: program.recipe.needs))
        guard lint.findings.isEmpty else { throw DockerfileFailure.faulty(lint.findings.map(\.message.description)) }
        if request.isPrinting { return Result(text: text, written: [], kept: nil) }
        let file = program.root.appending("Dockerfile")
        guard request.isForced || !file.exists else { throw DockerfileFailure.exists(file) }
        try AtomicFile.write(text.utf8, to: file)
        let ignored = program.root.appending(".dockerignore")
        guard request.isForced || !ignored.exists else { return Result(text: text, written: [file], kept: ignored) }
        try AtomicFile.write(DockerfileRecipe.ignored.utf8, to: ignored)
        return Result(text: text, written: [file, ignored], kept: nil)
    }
}
