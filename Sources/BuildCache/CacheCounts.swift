import Files
import FoundationEssentials
public import SystemPackage

/// What go asked a cache program for in one build, and what it got.
public struct CacheCounts: Sendable, Hashable, Codable {
    /// The objects that the program supplied.
    public internal(set) var hits = 0
    /// The objects that it did not have.
    public internal(set) var misses = 0
    /// The size of the objects that it supplied, in bytes.
    public internal(set) var bytes = 0
    /// Why the program could not be used to the end of the build; nil if it could.
    public internal(set) var failure: String?
    /// The keys that go asked for; nil if no objects were kept.
    public internal(set) var asked: Set<ObjectKey>?

    /// Nothing asked yet.
    init() {}

    /// Reads what a relay has written; nil if there is no such file, because go ended before it started the relay.
    public init?(reading path: FilePath) {
        guard let text = try? FileSnapshot.text(path, maximumSize: 1 << 20),
            let counts = try? JSONDecoder().decode(CacheCounts.self, from: Data(text.utf8))
        else { return nil }
        self = counts
    }

    func write(to path: FilePath) throws {
        try AtomicFile.write(try JSONEncoder().encode(self), to: path)
    }
}
