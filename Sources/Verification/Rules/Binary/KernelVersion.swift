import ELF

extension Rule {
    /// The oldest kernel that the linker had in mind.
    static let kernelVersion = Rule(
        RuleDocument(
            identifier: "kernel-version",
            level: .note,
            summary:
                "The program names the oldest kernel it is meant for",
            rationale:
                "The C library may use system calls that came with that kernel. Neither the kernel nor a static "
                + "program checks the note, so on an older kernel single calls fail.",
            detection:
                "The note GNU ABI tag (type 1) in a PT_NOTE, which names Linux and a version.",
            limits:
                "Go without cgo writes no such note; its own minimum depends on the Go version.",
            remedy:
                "Compare with the oldest kernel that the containers will run on.",
            reference:
                "Linux Standard Base (ABI note tag); https://go.dev/wiki/MinimumRequirements")
    ) { subject in
        guard let image = subject.image else { return [] }
        return image.notes.compactMap { $0.minimumKernel(image.header.byteOrder) }.prefix(1).map { version in
            .init("it is meant for Linux \(version) or later", evidence: "note GNU ABI tag: Linux \(version)")
        }
    }
}

extension Note {
    /// The version in an ABI tag: four words, of which the first is 0 for Linux.
    fileprivate func minimumKernel(_ byteOrder: ByteOrder) -> String? {
        guard owner == "GNU", type == 1, descriptor.count >= 16 else { return nil }
        let words = (0..<4).map { word in
            let bytes = descriptor[word * 4..<word * 4 + 4]
            return (byteOrder == .big ? Array(bytes) : bytes.reversed()).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        return words[0] == 0 ? words[1...].map(String.init).joined(separator: ".") : nil
    }
}
