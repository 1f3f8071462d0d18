import FoundationEssentials

/// Works on files, as many side by side as there are cores.
enum ParallelFiles {
    /// Files that one task works on before it takes the next: few, so that no core is idle in the end.
    private static let run = 8

    /// How many are worked on side by side.
    static var width: Int { ProcessInfo.processInfo.activeProcessorCount }

    /// The results, in the order of the files.
    static func map<Result: Sendable>(
        _ files: [FileTargets.File], line: inout LiveLine,
        _ body: @escaping @Sendable (FileTargets.File) async throws -> Result
    ) async throws -> [Result] {
        let count = files.count
        return try await withThrowingTaskGroup(of: (start: Int, results: [Result]).self) { group in
            var next = 0
            func startNext() {
                let range = next..<min(next + run, files.count)
                guard !range.isEmpty else { return }
                next = range.upperBound
                group.addTask {
                    var results: [Result] = []
                    for file in files[range] {
                        try Task.checkCancellation()
                        results.append(try await body(file))
                    }
                    return (range.lowerBound, results)
                }
            }
            for _ in 0..<width { startNext() }
            var runs: [(start: Int, results: [Result])] = []
            while let done = try await group.next() {
                runs.append(done)
                line.show("\(min(next, count)) of \(count) programs and libraries")
                startNext()
            }
            return runs.sorted { $0.start < $1.start }.flatMap(\.results)
        }
    }
}
