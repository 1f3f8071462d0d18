import Attestation
import Files
import GoToolchain
import SystemPackage

/// Builds steps a second time, from copies of their sources and with an empty build cache.
actor SecondBuild {
    private let staging: FilePath
    private var copies: [FilePath: SourceCopy] = [:]
    /// Folders whose sources could not be copied, and why. They are not tried again for each step.
    private var failures: [FilePath: any Error] = [:]

    init(staging: FilePath) { self.staging = staging }

    /// What came of a second build.
    enum Answer: Sendable {
        /// There are files to compare with.
        case built(Result)
        /// go built the sources, but not their copy; with go's message.
        case failed(String)
        /// The second build says nothing about the first; with the reason.
        case unknown(String)
    }

    /// The files of a second build.
    struct Result: Sendable {
        let staging: FilePath
        /// The folder that it was built in.
        let sources: FilePath
        /// The step in the copy, with the cache of the second builds.
        let step: BuildStep
    }

    /// Builds a step in a copy of its sources.
    ///
    /// - Parameters:
    ///   - step: The step.
    ///   - files: The files of the first build.
    ///   - folder: A folder for this build alone.
    ///   - budget: The share of the machine.
    /// - Throws: `CancellationError`.
    nonisolated func answer(
        for step: BuildStep, comparing files: [(program: Program, file: FilePath)], staging folder: FilePath,
        budget: BuildBudget
    ) async throws -> Answer {
        do {
            guard !step.hasOverlay else { return .unknown("-overlay names files by paths that a copy does not have") }
            let copy = try await copy(around: step.directory)
            let moved = copy.moved(step, cache: staging.appending("cache"))
            let missing = copy.unreadable.isEmpty ? nil : SecondBuild.sentence(about: copy.unreadable)
            if case .failed(let words) = try await moved.run(staging: folder, budget: budget, onPackage: { _ in }) {
                let reason =
                    missing ?? step.modules(outside: copy.original).first.map { SecondBuild.sentence(about: $0, copy) }
                return reason.map(Answer.unknown) ?? .failed(words)
            }
            let isWhole =
                try missing == nil
                || files.allSatisfy { program, file in
                    try Digest(of: OpenFile(file)) == Digest(of: OpenFile(step.file(of: program, in: folder)))
                }
            if let missing, !isWhole { return .unknown(missing) }
            return .built(Result(staging: folder, sources: moved.directory, step: moved))
        } catch let error as CancellationError {
            throw error
        } catch {
            return .unknown("\(error)")
        }
    }

    private static func sentence(about module: FilePath, _ copy: SourceCopy) -> String {
        "the module in \(module) is not below \(copy.original), so the copy does not have it, and go cannot build the copy; "
            + "put both into one repository"
    }

    private static func sentence(about unreadable: [FileError]) -> String {
        let more = unreadable.count > 1 ? ", and \(unreadable.count - 1) more" : ""
        return
            "the sources cannot be copied as a whole: \(unreadable[0])\(more); make them readable, or move them elsewhere"
    }

    private func copy(around directory: FilePath) throws -> SourceCopy {
        if let known = copies.values.first(where: { directory.starts(with: $0.original) }) { return known }
        if let failure = failures[directory] { throw failure }
        do {
            let copy = try SourceCopy(
                around: directory, at: staging.appending("sources").appending("\(copies.count + failures.count)"),
                excluding: [staging])
            copies[copy.original] = copy
            return copy
        } catch {
            failures[directory] = error
            throw error
        }
    }
}
