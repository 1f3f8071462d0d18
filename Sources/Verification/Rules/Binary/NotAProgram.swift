import ELF

extension Rule {
    /// Only ET_EXEC, and ET_DYN that the linker marked as a program, can be started.
    static let notAProgram = Rule(
        RuleDocument(
            identifier: "not-a-program", level: .error,
            summary: "The file is not a Linux program",
            rationale:
                "The kernel starts only ELF programs. A script needs its shell; libraries, object files, archives and"
                + " programs of other systems need things that an empty root does not have.",
            detection:
                "The first bytes name the format. In ELF files e_type must be ET_EXEC, or ET_DYN with DF_1_PIE in "
                + "DT_FLAGS_1 or with a PT_INTERP.",
            limits:
                "A position-independent program whose linker does not set DF_1_PIE (binutils before 2.26) is reported"
                + " as a library.",
            remedy:
                "Name the file of a program for Linux. Go: build a main package with -buildmode=exe (the default).",
            reference: "System V gABI, chapter 4 (ELF Header); execve(2)"),
        reads: Subject.Content.self, Linkage?.self, SourceLanguage.self
    ) { content, linkage, language in
        switch content {
        case .malformed, .absent: []
        case .other(let format): [otherFormat(format)]
        case .image(let image): linkage?.objectKind.map { [object($0, image.header.type, language)] } ?? []
        }
    }
}

extension Rule {
    private static func otherFormat(_ format: FileFormat) -> Observation {
        format == .script
            ? Observation(
                "exec fails with 'no such file or directory': it is a script, and an empty root does not have its shell",
                evidence: "the file begins with #!",
                remedy: "Start a compiled program instead of the script, or use an image that has the shell.")
            : Observation(
                "exec fails with 'exec format error': it is \(format.rawValue)",
                evidence: "no ELF magic number (7f 45 4c 46)")
    }

    private static func object(_ kind: String, _ type: ObjectType, _ language: SourceLanguage) -> Observation {
        let consequence = type == .dynamic ? "it crashes when it is started" : "exec fails with 'exec format error'"
        let detail = type == .dynamic ? ", no PT_INTERP, DF_1_PIE not set" : ""
        return Observation(
            "\(consequence): it is \(kind), not a program", evidence: "e_type is \(type)\(detail)",
            remedy: language == .go
                ? "Build a main package with -buildmode=exe (the default), and name the file that it makes."
                : "Name the file of a program.")
    }
}
