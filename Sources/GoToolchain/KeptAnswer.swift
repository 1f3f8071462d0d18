/// An answer of go, with the state of the sources to which it belongs.
struct KeptAnswer: Sendable, Hashable {
    /// The seal of the files (see ``SourceState/seal``).
    var files: Seal
    /// The seal of what go reads of them (see ``SourceState/sealOfHeads()``).
    let heads: Seal
    /// What go wrote.
    let output: String

    /// Makes a record.
    init(files: Seal, heads: Seal, output: String) {
        self.files = files
        self.heads = heads
        self.output = output
    }

    /// Reads a record; nil if it is too short.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 2 * Seal.size else { return nil }
        files = Seal(text: bytes[..<Seal.size])
        heads = Seal(text: bytes[Seal.size..<(2 * Seal.size)])
        output = String(decoding: bytes[(2 * Seal.size)...], as: UTF8.self)
    }

    /// The record.
    var bytes: [UInt8] { Array((files.text + heads.text + output).utf8) }
}
