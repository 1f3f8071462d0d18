/// A place in a source that a message of go names: `cmd/app/main.go:4:2: undefined: x`.
struct SourcePlace: Sendable, Hashable {
    /// The path, as go names it: relative to the folder that go was started in.
    let path: String
    /// The line, from 1.
    let line: Int
    /// The column, from 1; nil if go names none.
    let column: Int?

    /// The first place that a message names at the start of a line; nil if there is none, or it is in another folder, of which a
    /// repository's pages show nothing.
    init?(in message: String) {
        let places = message.split(separator: "\n").lazy.compactMap { line -> SourcePlace? in
            let parts = line.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
            guard parts.count > 2, parts[0].hasSuffix(".go") || parts[0].hasSuffix("go.mod"),
                let number = Int(parts[1]), number > 0
            else { return nil }
            return SourcePlace(path: String(parts[0]), line: number, column: parts.count > 3 ? Int(parts[2]) : nil)
        }
        guard let first = places.first, !first.path.hasPrefix("/"), !first.path.hasPrefix("../") else { return nil }
        self = first
    }

    private init(path: String, line: Int, column: Int?) {
        (self.path, self.line, self.column) = (path, line, column)
    }
}
