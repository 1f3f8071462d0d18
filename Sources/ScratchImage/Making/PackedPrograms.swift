public import Attestation
import GoBinary

/// A program of an image: a binary that the gate has admitted, and its name in the root.
public struct PackedProgram: Sendable {
    /// The name of the file, directly below the root.
    public let name: String
    /// The file.
    public let binary: StampedBinary

    /// Packs a program.
    public init(name: String, _ binary: StampedBinary) {
        self.name = name
        self.binary = binary
    }
}

/// The programs of an image for one platform, and the files that they need.
public struct PackedPrograms: Sendable {
    /// The programs, in the order of their layers.
    public let programs: [PackedProgram]
    /// The files that any of them needs.
    public let files: RootFiles
    /// The first program, which stands for all: they are for one platform.
    let first: PackedProgram

    /// Packs programs for one platform.
    ///
    /// - Throws: `ImageMakingError` if there is none, two have one name, or they are for different platforms.
    public init(_ programs: [PackedProgram], files: RootFiles) throws(ImageMakingError) {
        guard let first = programs.first else { throw .noProgram }
        var seen: Set<String> = []
        for program in programs where !seen.insert(program.name).inserted {
            throw .duplicateProgram(program.name, first.binary.platform)
        }
        // Two programs for linux/arm may have been built for linux/arm/v5 and linux/arm/v7, and an index names one of them.
        for other in programs where other.binary.builtPlatform != first.binary.builtPlatform {
            throw .mixedPlatforms(
                [(first.name, first.binary.builtPlatform), (other.name, other.binary.builtPlatform)])
        }
        self.programs = programs
        self.files = files
        self.first = first
    }
}
