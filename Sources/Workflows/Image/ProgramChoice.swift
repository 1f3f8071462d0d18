import GoBinary

/// Which programs an image holds, and which of them it starts.
public struct ProgramChoice: Sendable, Hashable {
    /// The file names of the programs; empty takes all that there are.
    public var programs: [String]
    /// The file name of the program that the image starts; nil if there is only one.
    public var entryPoint: String?

    /// Makes a choice.
    public init(_ programs: [String] = [], entryPoint: String? = nil) {
        self.programs = programs
        self.entryPoint = entryPoint
    }

    /// The programs of an image.
    struct Resolved {
        /// The file names, sorted.
        let names: [String]
        /// The one that the image starts.
        let entryPoint: String
    }

    /// The programs to pack, from those that there are.
    ///
    /// - Parameter place: Where they are, as messages name it.
    func resolved(among known: [String], in place: String) throws(ImageRunError) -> Resolved {
        let asked = programs + [entryPoint].compactMap { $0 }
        for name in asked where !known.contains(name) { throw .unknownProgram(name, in: place, known: known) }
        let names = programs.isEmpty ? known : Set(programs).sorted()
        guard let first = names.first else { throw .noProgram(in: place) }
        guard let entryPoint else {
            guard names.count == 1 else { throw .severalPrograms(names) }
            return Resolved(names: names, entryPoint: first)
        }
        guard names.contains(entryPoint) else { throw .entryPointNotPacked(entryPoint, packed: names) }
        return Resolved(names: names, entryPoint: entryPoint)
    }

    /// Checks that the programs can become one image: one of them is started, and each is there for every platform.
    func check(_ programs: [PlannedProgram], in place: String) throws(ImageRunError) {
        let names = try resolved(among: Set(programs.map(\.name)).sorted(), in: place).names
        for platform in Set(programs.filter { names.contains($0.name) }.map(\.platform)).sorted() {
            for name in names where !programs.contains(PlannedProgram(name: name, platform: platform)) {
                throw .missingProgram(name, platform, in: place)
            }
        }
    }

    /// Whether a program may be packed.
    func includes(_ name: String) -> Bool { programs.isEmpty || programs.contains(name) }
}
