import ELF

extension Rule {
    /// The oldest kernel that the linker assumed.
    static let kernelVersion = Rule(
        RuleDocument(
            identifier: "kernel-version", level: .note,
            summary: "The program names the oldest kernel it is meant for",
            rationale:
                "The C library may use system calls that came with that kernel. Neither the kernel nor a static "
                + "program checks the note, so on an older kernel single calls fail.",
            detection:
                "The note GNU ABI tag (type 1) in a PT_NOTE, which names Linux and a version.",
            limits:
                "Go without cgo writes no such note; its own minimum depends on the Go version.",
            remedy:
                "Compare with the oldest kernel that the containers will run on.",
            reference: "Linux Standard Base (ABI note tag); https://go.dev/wiki/MinimumRequirements"),
        reads: Notes.self
    ) { notes in
        guard let version = notes.minimumKernel else { return [] }
        return [.init("it is meant for Linux \(version) or later", evidence: "note GNU ABI tag: Linux \(version)")]
    }
}

extension Notes {
    /// The oldest Linux that glibc starts on, which it notes in every program; nil without such a note.
    var minimumKernel: String? { notes.lazy.compactMap { $0.minimumKernel(byteOrder) }.first }
}

extension Note {
    /// The version in an ABI tag: four words, the first of which is 0 for Linux.
    fileprivate func minimumKernel(_ byteOrder: ByteOrder) -> String? {
        guard owner == "GNU", type == 1 else { return nil }
        let reader = ByteReader(descriptor[...], byteOrder)
        let words = (0..<4).compactMap { reader.number(at: $0 * 4, size: 4) }
        guard words.count == 4, words[0] == 0 else { return nil }
        return words[1...].map(String.init).joined(separator: ".")
    }
}
