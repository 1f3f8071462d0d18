/// Does the same with many items, a few at a time.
enum Concurrently {
    /// The results, in the order of the items. The first error cancels the rest.
    ///
    /// - Parameters:
    ///   - width: How many items are worked on at the same time.
    ///   - onProgress: Gets the number of started items, each time that an item is done.
    static func map<Item: Sendable, Result: Sendable>(
        _ items: [Item], width: Int, onProgress: (Int) -> Void = { _ in },
        _ body: @escaping @Sendable (Item) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: (index: Int, result: Result).self) { group in
            var results = [Result?](repeating: nil, count: items.count)
            var started = 0
            func startNext() {
                guard started < items.count else { return }
                let index = started
                started += 1
                group.addTask {
                    try Task.checkCancellation()
                    return (index, try await body(items[index]))
                }
            }
            for _ in 0..<width { startNext() }
            while let (index, result) = try await group.next() {
                results[index] = result
                startNext()
                onProgress(started)
            }
            return results.compactMap(\.self)
        }
    }
}
