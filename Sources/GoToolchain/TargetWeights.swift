import Files
import Processes
import SystemPackage

extension BuildPlan {
    /// The cost of building each target, relative to the others, in the order of `targets`.
    ///
    /// The weight is the size in kB of the Go sources that a program consists of, because compile time grows with it. It is the
    /// same on every machine with the same sources and the same Go, and on every platform.
    ///
    /// - Throws: `BuildError` if go cannot list the packages.
    public func weights() async throws -> [Int] {
        var known: [ListedPrograms: [String: Int]] = [:]
        var weights: [Int] = []
        for step in steps {
            let listed = ListedPrograms(step)
            let sizes = if let sizes = known[listed] { sizes } else { try await step.weightsOfPrograms() }
            known[listed] = sizes
            weights += step.programs.map { sizes[$0.package.importPath] ?? 1 }
        }
        return weights
    }
}

/// The question of one `go list`, whose answer serves all platforms.
private struct ListedPrograms: Hashable {
    let directory: FilePath
    let programs: [String]
    let flags: [String]

    init(_ step: BuildStep) {
        directory = step.directory
        programs = step.programs.map(\.package.importPath)
        flags = step.flags.listing
    }
}

extension BuildStep {
    /// The weight of each program, by import path.
    fileprivate func weightsOfPrograms() async throws -> [String: Int] {
        let packages: [WeighedPackage] = try await listed(["-e", "-deps"], fields: WeighedPackage.fields)
        return WeighedPackage.weights(of: programs.map(\.package.importPath), among: packages, size: \.sizeInBytes)
    }
}

/// The part of a package's description that decides its weight.
struct WeighedPackage: Decodable, Hashable {
    let path: String
    let folder: String?
    let files: [String]?
    let dependencies: [String]?

    /// The fields of go's objects that are read.
    static let fields = CodingKeys.allCases.map(\.rawValue)

    enum CodingKeys: String, CodingKey, CaseIterable {
        case path = "ImportPath"
        case folder = "Dir"
        case files = "GoFiles"
        case dependencies = "Deps"
    }

    /// The size of the package's Go files in bytes; a file that is gone counts as empty.
    fileprivate var sizeInBytes: Int {
        (files ?? []).map { FilePath(folder ?? "").appending($0).fileSize ?? 0 }.reduce(0, +)
    }

    /// The size in kB of each program with all its dependencies, at least 1, by import path.
    ///
    /// - Parameters:
    ///   - programs: The import paths of the programs.
    ///   - packages: The programs and their dependencies.
    ///   - size: The size of one package in bytes.
    static func weights(
        of programs: [String], among packages: [WeighedPackage], size: (WeighedPackage) -> Int
    ) -> [String: Int] {
        let sizes = Dictionary(packages.map { ($0.path, size($0)) }) { first, _ in first }
        let programs = Set(programs)
        return Dictionary(
            packages.filter { programs.contains($0.path) }.map { package in
                let bytes = (package.dependencies ?? []).reduce(sizes[package.path] ?? 0) { $0 + (sizes[$1] ?? 0) }
                return (package.path, max(1, bytes / 1000))
            }
        ) { first, _ in first }
    }
}
