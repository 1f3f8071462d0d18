import Files
import GoBinary
import SystemPackage

/// The question of which main packages some patterns match, in the folder where go runs.
struct MainSearch: Sendable {
    let toolchain: Toolchain
    let directory: FilePath
    let patterns: [String]
    let flags: [String]
    let platforms: [Platform]

    /// Finds the main packages, and those that are left out on a platform. `go list` drops a package without a word if the
    /// pattern has a wildcard and all files of the package are excluded, so the sources are searched too.
    ///
    /// - Parameter listed: What go lists for the first platform.
    /// - Throws: `BuildError` if a package cannot be loaded; `ProcessError`; `CancellationError`.
    func group(_ listed: [GoPackage]) async throws -> PackageGroup {
        let mains = listed.filter(\.isMain)
        let wildcards = patterns.compactMap { PackagePattern($0, in: directory) }
        guard !wildcards.isEmpty else { return PackageGroup(directory: directory, mains: mains, leftOut: []) }
        let hidden = try await unlisted(listed, wildcards)
        let isMatchedByWildcard = { (package: GoPackage) in
            package.patterns.allSatisfy { PackagePattern($0, in: directory) != nil }
        }
        // A package with only test files is not a program. go build ./... skips it too.
        let programs = mains.filter { !isMatchedByWildcard($0) || $0.hasFiles || !$0.ignoredFiles.isEmpty }
        let doubtful = programs.filter { package in
            isMatchedByWildcard(package)
                && (!package.hasFiles || (platforms.count > 1 && !package.isOnEveryPlatform))
        }
        let asked = doubtful.map(\.directory) + hidden.map(\.string)
        guard !asked.isEmpty else { return PackageGroup(directory: directory, mains: programs, leftOut: []) }
        let answers = try await answers(about: asked)
        return group(programs, doubtful: Set(doubtful.map(\.directory)), hidden: hidden.map(\.string), answers)
    }

    /// What go says of some folders on one platform, by folder: without cgo, and with it for those that have no files then.
    fileprivate struct Answer: Sendable {
        let platform: Platform
        let plain: [String: GoPackage]
        let withCgo: [String: GoPackage]
    }

    private func group(
        _ programs: [GoPackage], doubtful: Set<String>, hidden: [String], _ answers: [Answer]
    ) -> PackageGroup {
        // What go can build by name, and does not list, is not matched by the pattern.
        let excluded = hidden.filter { answers.first?.plain[$0]?.hasFiles == false }
        var mains = programs.filter { package in
            !doubtful.contains(package.directory) || answers.contains { $0.plain[package.directory]?.hasFiles == true }
        }
        mains += excluded.compactMap { folder in
            answers.lazy.compactMap { $0.plain[folder] }.first { $0.hasFiles && $0.isMain }
        }
        let asked = programs.map(\.directory).filter(doubtful.contains) + excluded
        let leftOut = answers.flatMap { answer in asked.compactMap { answer.leftOut($0) } }
        return PackageGroup(directory: directory, mains: mains, leftOut: leftOut)
    }

    // MARK: Folders that go does not list

    /// The folders of programs that a wildcard matches, and go does not list.
    private func unlisted(_ listed: [GoPackage], _ wildcards: [PackagePattern]) async throws -> [FilePath] {
        let search = ProgramFolders(known: Set(listed.map(\.directory)))
        var found: [FilePath] = []
        for wildcard in wildcards {
            if let root = wildcard.root {
                found += search.below(root).filter { wildcard.matches($0.string) }
                continue
            }
            for module in try await toolchain.mainModules(in: directory) {
                found += search.below(FilePath(module.directory)).filter { folder in
                    module.importPath(of: folder).map(wildcard.matches) ?? false
                }
            }
        }
        guard !found.isEmpty else { return [] }
        return try await toolchain.withoutIgnored(Array(Set(found)).sorted { $0.string < $1.string })
    }

    // MARK: Asking go

    /// Asks go about folders on every platform, a few at a time.
    private func answers(about folders: [String]) async throws -> [Answer] {
        try await withThrowingTaskGroup(of: (Int, Answer).self) { group in
            var waiting = platforms.enumerated().makeIterator()
            func askNext() {
                guard let (index, platform) = waiting.next() else { return }
                group.addTask { (index, try await answer(about: folders, for: platform)) }
            }
            for _ in 0..<MainSearch.lanes { askNext() }
            var answers: [Int: Answer] = [:]
            while let (index, answer) = try await group.next() {
                answers[index] = answer
                askNext()
            }
            return platforms.indices.compactMap { answers[$0] }
        }
    }

    private static let lanes = 4

    private func answer(about folders: [String], for platform: Platform) async throws -> Answer {
        let plain = try await ask(folders, for: platform, withCgo: false)
        if let error = plain.lazy.filter({ $0.hasFiles || $0.ignoredFiles.isEmpty }).compactMap({
            $0.loadingError(for: platform)
        }).first {
            throw error
        }
        let empty = plain.filter { !$0.hasFiles }.map(\.directory)
        let withCgo = try await empty.isEmpty ? [] : ask(empty, for: platform, withCgo: true)
        return Answer(platform: platform, plain: MainSearch.byFolder(plain), withCgo: MainSearch.byFolder(withCgo))
    }

    private func ask(_ folders: [String], for platform: Platform, withCgo: Bool) async throws -> [GoPackage] {
        try await toolchain.list(folders, in: directory, flags: flags, for: platform, withCgo: withCgo)
    }

    private static func byFolder(_ packages: [GoPackage]) -> [String: GoPackage] {
        Dictionary(packages.map { ($0.directory, $0) }) { first, _ in first }
    }
}

extension MainSearch.Answer {
    /// The main package of a folder, if it is left out on the platform.
    fileprivate func leftOut(_ folder: String) -> LeftOutMain? {
        guard let package = plain[folder], !package.hasFiles else { return nil }
        let other = withCgo[folder]
        let lost = (other?.cgoFiles ?? []) + (other?.files ?? [])
        let excluded = package.ignoredFiles.filter { SourceHead.isSource(name: $0) }
        return LeftOutMain(
            package: package, platform: platform, needsCgo: !lost.isEmpty,
            files: (lost.isEmpty ? excluded : lost).sorted())
    }
}
