/// An answer of go, with the state of the sources to which it belongs.
struct KeptAnswer: Sendable, Hashable {
    /// The seal of the files (see `FolderState.seal`).
    let files: Seal
    /// The seal of what go reads of them (see ``SourceHeads/seal(of:)``).
    let heads: Seal
    /// What go wrote.
    let output: String

    /// A record of another format is another answer.
    static let format = "answer 2"
}

extension KeptAnswer {
    /// Reads a record; nil if it is damaged.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 3 * Seal.size else { return nil }
        let output = bytes[(3 * Seal.size)...]
        guard Seal(text: bytes[(2 * Seal.size)...].prefix(Seal.size)) == Seal([output]) else { return nil }
        files = Seal(text: bytes[..<Seal.size])
        heads = Seal(text: bytes[Seal.size...].prefix(Seal.size))
        self.output = String(decoding: output, as: UTF8.self)
    }

    /// The record: the seals of the files, of the heads and of the output, and the output.
    var bytes: [UInt8] { Array((files.text + heads.text + Seal([output.utf8]).text + output).utf8) }
}
