import Dockerfiles

/// The program that a container of the image starts.
extension FinalImage {
    /// The instruction whose first word is started: ENTRYPOINT, else CMD. An empty array is none.
    var startingInstruction: Dockerfile.Instruction? {
        [result.entryPoint, result.command].compactMap { $0 }.first { !$0.words.isEmpty }
    }

    /// The last component of the program that is started, also in shell form.
    var programName: String? { startingInstruction?.words.first?.text.lastComponent }

    /// PATH of the image; nil if it is not known.
    var searchPath: String? { result.environment["PATH"].text }

    /// The paths that the program may have; nil if they are not known.
    var programPaths: [String]? {
        guard let instruction = startingInstruction, instruction.isJSON else { return nil }
        return instruction.words.first.flatMap { paths(of: $0.text) }
    }

    /// The paths at which a runtime looks for a program; nil if they are not known.
    ///
    /// Source: runc looks up names without a slash in PATH of the image, and starts other relative paths from WORKDIR.
    func paths(of program: String) -> [String]? {
        if program.hasPrefix("/") { return [program.path()] }
        if program.contains("/") { return result.folder.map { [program.path(in: $0)] } }
        // Nobody writes a longer PATH.
        guard let folders = searchPath?.split(separator: ":"), folders.count <= 64 else { return nil }
        return folders.compactMap { $0.hasPrefix("/") ? program.path(in: String($0)) : nil }
    }

    /// Whether a copy may put a file at a path.
    func mayBring(_ path: String, in context: BuildContext) -> Bool {
        copies.contains { copy in
            !makesFolder(copy, path)
                && copy.mayBring(path, isFolder: result.folders.contains, isFile: { isFile($0, of: copy, in: context) })
        }
    }

    /// Whether a copy makes a folder of the path, because its source is a folder of its stage.
    private func makesFolder(_ copy: Copy, _ path: String) -> Bool {
        guard !copy.isIntoFolder, copy.target == path, let source = copy.sources.first?.path?.path() else {
            return false
        }
        return copy.stage.flatMap { stages[$0]?.folders.contains(source) } ?? false
    }

    /// Whether a source is a file of the build context, or what a build in its stage writes as a file.
    private func isFile(_ source: Copy.Source, of copy: Copy, in context: BuildContext) -> Bool {
        if context.faults(of: source, in: copy) != nil { return true }
        guard let index = copy.stage, let path = source.path?.path(), !source.isFolder else { return false }
        return stages[index]?.writtenFiles.contains(path) ?? false
    }
}

extension Copy {
    /// Whether a source is put exactly at a path, if it is a file.
    func puts(_ path: String) -> Bool { sources.contains { place(of: $0) == path } }
}
