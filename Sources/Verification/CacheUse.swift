/// What a cache program supplied for one run of `go build`.
public struct CacheUse: Sendable, Hashable, Codable {
    /// The file name of the program. Its arguments may hold passwords.
    public let name: String
    /// How many objects it supplied.
    public let hits: Int
    /// How many objects it did not have.
    public let misses: Int
    /// The size of the objects that it supplied, in bytes.
    public let bytes: Int

    /// Describes what a program supplied.
    public init(name: String, hits: Int, misses: Int, bytes: Int) {
        self.name = name
        self.hits = hits
        self.misses = misses
        self.bytes = bytes
    }
}
