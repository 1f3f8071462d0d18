import FoundationEssentials

/// Works on many files at the same time.
enum ParallelFiles {
    /// How many files are worked on at the same time. One more than there are cores, so that no core waits for the next.
    static var width: Int { ProcessInfo.processInfo.activeProcessorCount + 1 }

    /// The results, in the order of the files.
    static func map<Result: Sendable>(
        _ files: [FileTargets.File], listener: any Listener,
        _ body: @escaping @Sendable (FileTargets.File) async throws -> Result
    ) async throws -> [Result] {
        var results = [Result?](repeating: nil, count: files.count)
        try await withThrowingTaskGroup(of: (index: Int, result: Result).self) { group in
            var next = 0
            func startNext() {
                guard next < files.count else { return }
                let index = next
                next += 1
                group.addTask {
                    try Task.checkCancellation()
                    return (index, try await body(files[index]))
                }
            }
            for _ in 0..<(files.count > 1 ? width : files.count) { startNext() }
            while let (index, result) = try await group.next() {
                results[index] = result
                startNext()
                listener.files(.started(next, of: files.count))
            }
        }
        return results.compactMap { $0 }
    }
}
