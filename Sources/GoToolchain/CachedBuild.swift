public import BuildCache
import Files
import Processes
public import SystemPackage

/// A build whose cache a program keeps: what it was asked, and how its objects are compared with those of another build.
extension BuildStep {
    /// What go asked the cache program for; nil if go did not start it.
    public func cacheCounts(in staging: FilePath) -> CacheCounts? { CacheCounts(reading: countsFile(in: staging)) }

    /// The objects that go got, if they were kept.
    public func keptObjects(in staging: FilePath) -> KeptObjects { KeptObjects(in: objects(in: staging)) }

    private func countsFile(in staging: FilePath) -> FilePath { staging.appending("cache.json") }
    private func objects(in staging: FilePath) -> FilePath { staging.appending("objects") }

    /// The variables for a build that asks a cache program.
    func cacheVariables(
        _ program: CacheProgram, isKeeping: Bool, in staging: FilePath
    ) throws -> [String: String] {
        if isKeeping { try Folder.create(objects(in: staging)) }
        return try program.variables(
            countingIn: countsFile(in: staging), keepingIn: isKeeping ? objects(in: staging) : nil)
    }

    /// A package of the step's programs, as go has compiled it.
    public struct CompiledPackage: Sendable, Hashable {
        /// The import path.
        public let importPath: String
        /// The key of the compiled package in the build cache.
        public let key: ObjectKey
        /// The compiled package.
        public let file: FilePath
    }

    /// The packages of the step's programs, each after those that it imports. What is not in go's own cache is compiled.
    ///
    /// - Throws: `BuildError` if go fails; `ProcessError`; `CancellationError`.
    public func compiledPackages() async throws -> [CompiledPackage] {
        let packages: [ExportedPackage] = try await listed(
            ["-export", "-deps"], fields: ExportedPackage.fields, buildFlags: flags.building)
        return packages.compactMap { package in
            guard let file = package.export, !file.isEmpty, let key = package.buildID.flatMap(ObjectKey.init(buildID:))
            else { return nil }
            return CompiledPackage(importPath: package.importPath, key: key, file: FilePath(file))
        }
    }
}

/// A package as `go list -export` describes it.
private struct ExportedPackage: Decodable {
    let importPath: String
    let export: String?
    let buildID: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case importPath = "ImportPath"
        case export = "Export"
        case buildID = "BuildID"
    }

    static let fields = CodingKeys.allCases.map(\.rawValue)
}
