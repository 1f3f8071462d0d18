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
        var results = [Result?](repeating: nil, count: files.count)
        var started = 0
        let sizes = files.map { $0.path.fileSize ?? 0 }
        let indices = (
            large: sizes.indices.filter { sizes[$0] >= largeSize },
            others: sizes.indices.filter { sizes[$0] < largeSize }
        )
        for (indices, width) in [(indices.others, width), (indices.large, min(width, widthForLargeFiles))] {
            try await withThrowingTaskGroup(of: (index: Int, result: Result).self) { group in
                var rest = indices[...]
                func startNext() {
                    guard let index = rest.popFirst() else { return }
                    started += 1
                    group.addTask {
                        try Task.checkCancellation()
                        return (index, try await body(files[index]))
                    }
                }
                for _ in 0..<width { startNext() }
                while let (index, result) = try await group.next() {
                    results[index] = result
                    startNext()
                    listener.files(.started(started, of: files.count))
                }
            }
        }
        return results.compactMap { $0 }
    }
}
