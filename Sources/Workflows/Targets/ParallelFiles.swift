import Files
import FoundationEssentials
import SystemPackage

/// Works on many files at the same time.
enum ParallelFiles {
    /// How many files are worked on at the same time. One more than there are cores, so that no core waits for the next.
    static var width: Int { ProcessInfo.processInfo.activeProcessorCount + 1 }

    /// The size in bytes from which a file is large. All others are worked on first.
    private static let largeSize = 256 << 20
    /// How many large files are worked on at the same time. Each takes at most 80 MB of memory, whatever its size.
    private static let widthForLargeFiles = 3

    /// The results, in the order of the files.
    static func map<Result: Sendable>(
        _ files: [FileTargets.File], listener: any Listener,
        _ body: @escaping @Sendable (FileTargets.File) async throws -> Result
    ) async throws -> [Result] {
        let sizes = files.map { $0.path.fileSize ?? 0 }
        let others = sizes.indices.filter { sizes[$0] < largeSize }
        let large = sizes.indices.filter { sizes[$0] >= largeSize }
        // Counting the cores reads several kernel files, which a single file can do without.
        let width = files.count > 1 ? ParallelFiles.width : 1
        var results: [Int: Result] = [:]
        for (indices, width) in [(others, width), (large, min(width, widthForLargeFiles))] {
            let before = results.count
            let part = try await Concurrently.map(
                indices, width: width,
                onProgress: { listener.files(.started(before + $0, of: files.count)) },
                { try await body(files[$0]) })
            for (index, result) in zip(indices, part) { results[index] = result }
        }
        return files.indices.compactMap { results[$0] }
    }
}
