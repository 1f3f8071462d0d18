import ELF

extension Rule {
    /// Only ET_EXEC, and ET_DYN that the linker marked as a program, can be started.
    static let notAProgram = Rule(
        RuleDocument(
            identifier: "not-a-program",
            level: .error,
            summary: "The file is not a Linux program",
            rationale:
                "The kernel starts ELF programs alone: a script needs its shell, and libraries, object files, archives and"
                + " programs of other systems need things that an empty root does not have.",
            detection:
                "The first bytes name the format; of ELF files e_type must be ET_EXEC, or ET_DYN with DF_1_PIE in DT_FLAGS_1 or"
                + " with a PT_INTERP.",
            limits:
                "A position-independent program whose linker does not set DF_1_PIE (binutils before 2.26) is taken for a library.",
            remedy: "Build a main package with -buildmode=exe (the default), and name the file that it makes.",
            reference: "System V gABI, chapter 4 (ELF Header); execve(2)")
    ) { subject in
        switch subject.content {
        case .malformed, .absent: []
        case .other(let format): [.otherFormat(format)]
        case .image(let image): image.objectKind.map { [.objectKind($0, image.header.type)] } ?? []
        }
    }
}

extension ELFImage {
    /// What the file is in place of a program; nil for a program.
    var objectKind: String? {
        switch header.type {
        case .executable: nil
        case .relocatable: "a relocatable object"
        case .core: "a core dump"
        case .dynamic:
            interpreters.isEmpty && !dynamicTables.contains(where: \.isPositionIndependentExecutable)
                ? "a shared library" : nil
        default: "an ELF file of an unknown type"
        }
    }
}

extension Rule.Observation {
    fileprivate static func otherFormat(_ format: FileFormat) -> Self {
        format == .script
            ? Self(
                "exec fails with 'no such file or directory': it is a script, and its interpreter is not in an empty root",
                evidence: "the file begins with #!")
            : Self(
                "exec fails with 'exec format error': it is \(format.rawValue)",
                evidence: "no ELF magic number (7f 45 4c 46)")
    }

    fileprivate static func objectKind(_ kind: String, _ type: ObjectType) -> Self {
        let consequence = type == .dynamic ? "it crashes when it is started" : "exec fails with 'exec format error'"
        let detail = type == .dynamic ? ", no PT_INTERP, DF_1_PIE not set" : ""
        return Self("\(consequence): it is \(kind), not a program", evidence: "e_type is \(type)\(detail)")
    }
}
