import ELF

extension Rule {
    /// Dynamic entries by which the loader opens other files, read as the loader reads them.
    static let neededLibrary = Rule(
        RuleDocument(
            identifier: "needed-library",
            level: .error,
            summary: "The program needs shared libraries",
            rationale:
                "Libraries named by DT_NEEDED, DT_AUXILIARY, DT_FILTER, DT_AUDIT or DT_DEPAUDIT are opened by the dynamic"
                + " loader before the program starts. An empty root has neither the libraries nor the loader.",
            detection:
                "The dynamic table is found at the address of PT_DYNAMIC by way of the PT_LOAD segments, as the loader finds it,"
                + " and walked to DT_NULL; section headers are not asked.",
            limits: "Libraries that the program opens itself while it runs (dlopen).",
            remedy: "Build with CGO_ENABLED=0, or link statically (-ldflags '-linkmode=external -extldflags=-static').",
            reference: "System V gABI, chapter 5 (Dynamic Section); ld.so(8)")
    ) { subject in
        guard let image = subject.image else { return [] }
        let missing = subject.surroundings?.missingLibraries
        let libraries = image.dynamicTables.flatMap(\.libraries)
            .filter { missing?.contains($0.name) ?? true }
        let inherited = (missing ?? []).subtracting(libraries.map(\.name)).sorted().map { name in
            Rule.Observation(
                "one of its libraries expects the library '\(name)', which the image does not have",
                evidence: "DT_NEEDED \(name), of a library")
        }
        return libraries.map { tag, name in
            // Where there is but one library, the symbols of none that is named are its as well.
            let wanted = image.importedSymbols.filter { libraries.count == 1 || $0.library == name }
            let shown =
                wanted.prefix(4).map(\.name).joined(separator: ", ")
                + (wanted.count > 4 ? " and \(wanted.count - 4) more" : "")
            return Rule.Observation(
                "it expects the library '\(name)', which \(subject.rootWords) does not have",
                evidence: "\(tag) \(name)" + (wanted.isEmpty ? "" : ", for \(shown)"))
        } + inherited
    }
}
