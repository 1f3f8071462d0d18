import Processes
import SystemPackage

extension BuildPlan {
    /// What each target costs to build, compared with the others, in the order of `targets`.
    ///
    /// The weight is the size in kB of the Go sources that a program is made of: compilers take time in that measure. It is
    /// the same on every machine with the same sources and the same Go, and on every platform.
    public func weights() async throws -> [Int] {
        var known: [ListedPrograms: [String: Int]] = [:]
        var weights: [Int] = []
        for step in steps {
            let listed = ListedPrograms(step)
            let sizes = if let sizes = known[listed] { sizes } else { try await step.sizesOfSources() }
            known[listed] = sizes
            weights += step.programs.map { sizes[$0.package.importPath] ?? 1 }
        }
        return weights
    }
}

/// What one `go list` answers for all platforms.
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
    /// The size in kB of the sources of each program and of all that it imports, by import path.
    fileprivate func sizesOfSources() async throws -> [String: Int] {
        let arguments =
            ["list", "-e", "-deps", toolchain.jsonFlag(["ImportPath", "Dir", "GoFiles", "Deps"])] + flags.listing + [
                "--"
            ]
            + programs.flatMap(\.package.arguments)
        let outcome = try await ChildProcess.run(toolchain.command(arguments, in: directory, for: platform))
        guard outcome.succeeded else { throw BuildError("go list -deps failed in \(directory):\n\(outcome.errors)") }
        let packages = try PackageStream.decode(outcome.output, as: WeighedPackage.self)
        let sizes = Dictionary(packages.map { ($0.path, $0.size) }) { first, _ in first }
        let programs = Set(programs.map(\.package.importPath))
        return Dictionary(
            packages.filter { programs.contains($0.path) }.map { package in
                let bytes = (package.dependencies ?? []).reduce(sizes[package.path] ?? 0) { $0 + (sizes[$1] ?? 0) }
                return (package.path, max(1, bytes / 1000))
            }
        ) { first, _ in first }
    }
}
