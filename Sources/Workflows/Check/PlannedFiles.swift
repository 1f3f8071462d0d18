import Attestation
import Files
import GoToolchain
import SystemPackage

/// The files that a run writes: programs, their stamps, and results such as reports. None may replace another.
struct PlannedFiles {
    private let output: FilePath
    /// The programs, as paths below the output folder.
    private let programs: Set<FilePath>
    /// Their stamps.
    private let stamps: Set<FilePath>

    /// - Throws: `PlannedFileClash` if a program would replace a stamp, or be the folder of another program.
    init(_ targets: [Target], below output: FilePath) throws(PlannedFileClash) {
        self.output = output
        let paths = targets.map { FilePath($0.place) }
        programs = Set(paths)
        stamps = Set(paths.flatMap(PlannedFiles.stamps))
        for path in paths {
            if let program = PlannedFiles.stamps(of: path).first(where: programs.contains) {
                throw .stamp(of: path, program: program)
            }
            if let program = program(above: path) { throw .folder(of: path, program: program) }
        }
    }

    /// Checks that results replace neither programs nor stamps, nor each other.
    ///
    /// - Parameters:
    ///   - results: The files, as they were named.
    ///   - folder: Where relative paths start.
    func check(_ results: [FilePath], from folder: FilePath) throws(UnusableOutput) {
        for result in results {
            var path = folder.pushing(result).lexicallyNormalized()
            guard path.removePrefix(output) else { continue }
            guard !programs.contains(path), !stamps.contains(path), program(above: path) == nil else {
                throw .program(result.string)
            }
        }
        try UnusableOutput.checkDistinct(results.map { (folder.pushing($0), $0.string) })
    }

    private static func stamps(of program: FilePath) -> [FilePath] { StampFile.allCases.map { $0.path(of: program) } }

    /// The program that a path is below, as if it were a folder.
    private func program(above path: FilePath) -> FilePath? {
        var folder = path
        while folder.removeLastComponent() {
            if programs.contains(folder) { return folder }
        }
        return nil
    }
}

/// Two files of a run with one path.
enum PlannedFileClash: Error, Sendable, Hashable, CustomStringConvertible {
    /// A program has the name of another's stamp.
    case stamp(of: FilePath, program: FilePath)
    /// A program has the name of another's folder.
    case folder(of: FilePath, program: FilePath)

    /// What is wrong, and what to do.
    var description: String {
        switch self {
        case .stamp(let other, let program):
            "the program \(program) would have the name of the stamp of \(other); give one build another name"
        case .folder(let other, let program):
            "the program \(program) would have the name of the folder of \(other); give one build another name"
        }
    }
}
