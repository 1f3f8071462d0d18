/// Which programs made a step fail. go runs once for all of them, and fails if one cannot be built.
extension BuildStep {
    /// A step whose run failed, in two.
    public struct Parts: Sendable {
        /// The programs of which go reported no error; they may be built without the others.
        public let sound: BuildStep
        /// The programs that go cannot build.
        public let broken: BuildStep
    }

    /// Parts the step into the programs that go cannot build and the others; nil if it has none of one kind.
    ///
    /// - Parameter message: What go said. Errors of the compiler and the linker stand below a line that names the package: `# path`.
    /// - Throws: `ProcessError`, `CancellationError`.
    public func parts(failedWith message: String) async throws -> Parts? {
        guard programs.count > 1, let closures = try await closures() else { return nil }
        let failed = Set(message.split(separator: "\n").compactMap(BuildStep.failedPackage))
        let broken = Set(
            programs.map(\.package.importPath).filter { path in
                guard let closure = closures[path], closure.isIncomplete != true else { return true }
                return failed.contains(path) || !failed.isDisjoint(with: closure.dependencies ?? [])
            })
        let isBroken = { (target: Target) in broken.contains(target.package) }
        guard let sound = keeping({ !isBroken($0) }), let rest = keeping(isBroken) else { return nil }
        return Parts(sound: sound, broken: rest)
    }

    /// The package that a line of go's message is about; nil if it names none.
    static func failedPackage(_ line: Substring) -> String? {
        guard line.hasPrefix("# ") else { return nil }
        return line.dropFirst(2).split(separator: " ").first.map(String.init)
    }

    /// What the programs import, by their import paths; nil if go does not tell.
    private func closures() async throws -> [String: PackageClosure]? {
        do {
            let closures: [PackageClosure] = try await listed(["-e"], fields: PackageClosure.fields)
            return Dictionary(closures.map { ($0.importPath, $0) }) { first, _ in first }
        } catch is BuildError {
            return nil
        }
    }
}

/// All that a package imports, as `go list` describes it.
private struct PackageClosure: Decodable {
    let importPath: String
    /// The import paths of what it imports, directly or not; nil for nothing.
    let dependencies: [String]?
    /// Whether go could not load the package or one of those; nil if it could.
    let isIncomplete: Bool?

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case importPath = "ImportPath"
        case dependencies = "Deps"
        case isIncomplete = "Incomplete"
    }

    static let fields = CodingKeys.allCases.map(\.rawValue)
}
