import Attestation

/// A key that cannot be used, with the option that named it.
struct KeyFailure: Error, CustomStringConvertible {
    let description: String

    static func naming<Key>(_ name: String, _ body: () throws(KeyError) -> Key) throws -> Key {
        do { return try body() } catch { throw KeyFailure(description: "\(name): \(error)") }
    }
}
