import FoundationEssentials

/// Works on files, as many side by side as there are cores.
enum ParallelFiles {
    /// How many are worked on side by side; one more than there are cores, so that none waits for the next to be handed out.
    static var width: Int { ProcessInfo.processInfo.activeProcessorCount + 1 }

    /// The results, in the order of the files.
    static func map<Result: Sendable>(
        _ files: [FileTargets.File], line: inout LiveLine,
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
                line.show("\(next) of \(files.count) programs and libraries")
            }
        }
        return results.compactMap { $0 }
    }
}
