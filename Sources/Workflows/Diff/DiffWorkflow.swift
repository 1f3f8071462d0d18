import Files
public import Reporting
import SystemPackage
public import Verification

/// What `diff` is asked for.
public struct DiffRequest: Sendable {
    /// The file, folder or image before.
    public var before: String
    /// The file, folder or image now.
    public var now: String
    /// The rules.
    public var policy: Policy
    /// Whether a registry may be without TLS, or have a certificate that is not trusted.
    public var isInsecure: Bool

    /// Makes a request.
    public init(before: String, now: String, policy: Policy = .standard, isInsecure: Bool = false) {
        self.before = before
        self.now = now
        self.policy = policy
        self.isInsecure = isInsecure
    }
}

/// Compares two releases.
public enum DiffWorkflow {
    /// Compares two files, two folders or two images.
    ///
    /// - Throws: `DiffError`, `WrongTarget`, `FileError`, `ImageReadingError`, `CancellationError`.
    public static func run(_ request: DiffRequest, in context: Context) async throws -> DifferenceReport {
        let run = DiffRun(request: request, context: context)
        switch (try DiffTarget(request.before), try DiffTarget(request.now)) {
        case (.file(let before), .file(let now)): return try run.files(before, now)
        case (.folder(let before), .folder(let now)): return try await run.folders(before, now)
        case (.image(let before), .image(let now)): return try await run.images(before, now)
        case (let before, let now):
            for target in [before, now] {
                if case .file(let path) = target, !path.exists { _ = try OpenFile(path) }
            }
            throw DiffError.differentKinds(
                before: request.before, now: request.now, kinds: [before.kind, now.kind])
        }
    }
}

/// One comparison.
struct DiffRun: Sendable {
    let request: DiffRequest
    let context: Context

    func files(_ before: FilePath, _ now: FilePath) throws -> DifferenceReport {
        let path = now.lastComponent?.string ?? now.string
        return report(
            programs: [ProgramDifference(from: try facts(of: before, as: path), to: try facts(of: now, as: path))]
                .compactMap { $0 })
    }

    /// Compares the files of the same path below the folders.
    func folders(_ before: FilePath, _ now: FilePath) async throws -> DifferenceReport {
        defer { context.listener.files(.ended) }
        let old = try await FileTargets([before], links: .skipped, listener: context.listener)
        let new = try await FileTargets([now], links: .skipped, listener: context.listener)
        var problems = [old, new].flatMap { $0.problems + $0.problemsOfEmptyTrees("nothing was compared") }
        func named(_ targets: FileTargets) -> [String: FilePath] {
            Dictionary(targets.files.map { ($0.relative.string, $0.path) }) { first, _ in first }
        }
        let (oldFiles, newFiles) = (named(old), named(new))
        // What cannot be read may be there.
        func isUnknown(_ path: String, in folder: FilePath, _ targets: FileTargets) -> Bool {
            let place = folder.appending(path)
            return targets.problems.contains { problem in problem.path.map { place.starts(with: FilePath($0)) } == true
            }
        }
        let paths = Set(oldFiles.keys).union(newFiles.keys).sorted().filter { path in
            (oldFiles[path] != nil || !isUnknown(path, in: before, old))
                && (newFiles[path] != nil || !isUnknown(path, in: now, new))
        }
        var programs: [ProgramDifference] = []
        for (index, path) in paths.enumerated() {
            try Task.checkCancellation()
            context.listener.files(.started(index + 1, of: paths.count))
            do {
                let before = try oldFiles[path].map { try facts(of: $0, as: path) }
                let now = try newFiles[path].map { try facts(of: $0, as: path) }
                programs += [ProgramDifference(from: before, to: now)].compactMap { $0 }
            } catch let error as FileError {
                problems.append(.init(path: error.path.string, message: error.reason))
            }
        }
        return report(programs: programs, problems: problems)
    }

    func images(_ before: ImageTarget, _ now: ImageTarget) async throws -> DifferenceReport {
        let reader = ImageFactsReader(policy: request.policy, isInsecure: request.isInsecure, context: context)
        let old = try await reader.facts(of: before)
        let new = try await reader.facts(of: now)
        return report(images: ImageDifference.all(from: old, to: new))
    }

    private func report(
        programs: [ProgramDifference] = [], images: [ImageDifference] = [], problems: [Report.Problem] = []
    ) -> DifferenceReport {
        DifferenceReport(
            before: request.before, now: request.now, programs: programs, images: images, problems: problems)
    }

    /// Reads and judges a file.
    private func facts(of file: FilePath, as path: String) throws -> ProgramFacts {
        let snapshot = try FileSnapshot(file)
        let subject = Subject(snapshot.bytes, expected: nil, permissions: snapshot.permissions)
        if case .other(let format) = subject.content {
            throw DiffError.notELF(file.string, format: format.rawValue)
        }
        return ProgramFacts(path: path, bytes: snapshot.bytes, subject: subject, policy: request.policy)
    }
}
