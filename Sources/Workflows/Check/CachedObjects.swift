import Attestation
import BuildCache
import Files
import GoToolchain
import SystemPackage
import Verification

extension MatrixRun {
    /// What the cache program supplied for a build; nil if go keeps its cache itself.
    func cacheUse(of step: BuildStep, in staging: FilePath) -> CacheUse? {
        guard let cache else { return nil }
        let counts = step.cacheCounts(in: staging)
        return CacheUse(
            name: cache.name, hits: counts?.hits ?? 0, misses: counts?.misses ?? 0, bytes: counts?.bytes ?? 0)
    }

    /// Why the files of two builds differ, if the reason is an object that go got through the cache program: a phrase for each
    /// package, those first that others import.
    ///
    /// The second build has compiled each package itself. The object of the first build with the same key must have the same
    /// bytes.
    ///
    /// - Returns: None if the files are the same, or there was no cache program.
    func suspects(
        of step: BuildStep, _ files: [(program: Program, file: FilePath)], _ second: SecondBuild.Result,
        in staging: FilePath
    ) async throws -> CachedObjects.Suspects {
        guard let cache else { return .init() }
        let isSame = try files.allSatisfy { program, file in
            try Digest(of: OpenFile(file)) == Digest(of: OpenFile(second.step.file(of: program, in: second.staging)))
        }
        guard !isSame else { return .init() }
        do {
            return CachedObjects(
                kept: step.keptObjects(in: staging), asked: step.cacheCounts(in: staging)?.asked ?? [],
                program: cache.name
            ).suspects(among: try await second.step.compiledPackages())
        } catch let error as BuildError {
            return .init(reasons: ["the objects of the cache program \(cache.name) could not be compared: \(error)"])
        }
    }
}

/// The objects that a build got through a cache program, to be compared with compiled packages.
struct CachedObjects {
    let kept: KeptObjects
    let asked: Set<ObjectKey>
    let program: String

    /// What objects have to do with a difference between two builds.
    struct Suspects: Sendable {
        /// The packages whose objects differ, those first that others import.
        var packages: [String] = []
        /// What is known of them, as phrases.
        var reasons: [String] = []
    }

    /// How many packages have a phrase of their own.
    private static let shown = 5

    /// The packages whose object differs. If there is none, the first package that the build did not ask for has other inputs
    /// than the second time.
    func suspects(among packages: [BuildStep.CompiledPackage]) -> Suspects {
        let changed = packages.filter { package in
            guard let object = kept.file(of: package.key) else { return false }
            return !CachedObjects.haveSameBytes(object, package.file)
        }
        let phrases = changed.prefix(CachedObjects.shown).map { package in
            "package \(package.importPath): the object from the cache program \(program) is not what the second build compiled"
        }
        let more = changed.count - phrases.count
        if !phrases.isEmpty {
            return Suspects(
                packages: changed.map(\.importPath),
                reasons: phrases + (more > 0 ? ["\(more) more packages differ"] : []))
        }
        guard let other = packages.first(where: { !asked.contains($0.key) }) else { return Suspects() }
        return Suspects(reasons: [
            "package \(other.importPath): the cache program \(program) was not asked for what the second build compiled, so its "
                + "inputs were others"
        ])
    }

    private static func haveSameBytes(_ first: FilePath, _ second: FilePath) -> Bool {
        guard let one = try? Digest(of: OpenFile(first)), let other = try? Digest(of: OpenFile(second)) else {
            return false
        }
        return one == other
    }
}
