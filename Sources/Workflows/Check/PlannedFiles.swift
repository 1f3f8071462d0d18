import Attestation
import Files
import GoToolchain
import SystemPackage

/// The files that a run writes: programs, their stamps, and results such as reports. None may replace another.
struct PlannedFiles {
    /// The programs, as paths below the output folder.
    private let programs: Set<FilePath>
    private let output: FilePath

    /// - Throws: `PlannedFileClash` if a program would replace a stamp, or be the folder of another program.
    init(_ targets: [Target], below output: FilePath) throws(PlannedFileClash) {
        self.output = output
        programs = Set(targets.map { FilePath($0.place) })
        for program in targets.map({ FilePath($0.place) }) {
            for stamp in StampFile.allCases.map({ $0.path(of: program) }) where programs.contains(stamp) {
                throw .stamp(of: program, program: stamp)
            }
            var folder = program
            while folder.removeLastComponent() {
                if programs.contains(folder) { throw .folder(of: program, program: folder) }
            }
        }
    }

    /// Checks that results replace neither programs nor stamps, nor each other.
    ///
    /// - Parameters:
    ///   - results: The files, as they were named.
    ///   - folder: Where relative paths start.
    func check(_ results: [FilePath], from folder: FilePath) throws(UnusableOutput) {
        for result in results {
            let file = folder.pushing(result).lexicallyNormalized()
            for program in programs.map({ output.pushing($0) }) {
                let own = [program] + StampFile.allCases.map { $0.path(of: program) }
                guard !own.contains(file), !file.starts(with: program) else { throw .program(result.string) }
            }
        }
        try UnusableOutput.checkDistinct(results.map { (folder.pushing($0), $0.string) })
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
