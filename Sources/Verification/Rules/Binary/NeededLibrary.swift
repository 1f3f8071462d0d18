import ELF

extension Rule {
    /// Dynamic entries by which the loader opens other files, read as the loader reads them.
    static let neededLibrary = Rule(
        RuleDocument(
            identifier: "needed-library", level: .error,
            summary: "The program needs shared libraries",
            rationale:
                "The dynamic loader opens the libraries named by DT_NEEDED, DT_AUXILIARY, DT_FILTER, DT_AUDIT or "
                + "DT_DEPAUDIT before the program starts. An empty root has neither the libraries nor the loader.",
            detection:
                "The dynamic table is found at the address of PT_DYNAMIC by way of the PT_LOAD segments, as the "
                + "loader finds it, and read up to DT_NULL. Section headers are not consulted.",
            limits:
                "Libraries that the program itself opens while it runs (dlopen).",
            remedy:
                "Go: build with CGO_ENABLED=0, or link statically (-ldflags '-linkmode=external -extldflags=-static'). "
                + "C and C++: link with -static or -static-pie. Rust: build for a musl target.",
            reference: "System V gABI, chapter 5 (Dynamic Section); ld.so(8)"),
        reads: Headers.self, DynamicTables.self, SourceLanguage.self, Surroundings?.self
    ) { headers, dynamic, language, image in
        let remedy = language.staticLinking(
            for: headers.header.machine,
            go: "Build with CGO_ENABLED=0, or link statically (-ldflags '-linkmode=external -extldflags=-static').")
        let missing = image?.missingLibraries
        let libraries = dynamic.tables.flatMap(\.libraries).filter { missing?.contains($0.name) ?? true }
        let symbols = Dictionary(grouping: dynamic.importedSymbols, by: \.library)
        let own = libraries.map { tag, name in
            // With a single library, symbols that name no library are its symbols too.
            let wanted = libraries.count == 1 ? dynamic.importedSymbols : symbols[name] ?? []
            let shown = wanted.prefix(4).map(\.name).joined(separator: ", ")
            let more = wanted.count > 4 ? " and \(wanted.count - 4) more" : ""
            return Observation(
                "it needs the library '\(name)', which \(image.rootName) does not have",
                evidence: "\(tag) \(name)" + (wanted.isEmpty ? "" : ", for \(shown)\(more)"), remedy: remedy,
                library: name)
        }
        let inherited = (missing ?? []).subtracting(libraries.map(\.name)).sorted().map { name in
            Observation(
                "one of its libraries needs the library '\(name)', which the image does not have",
                evidence: "DT_NEEDED \(name), of a library", remedy: remedy, library: name)
        }
        return own + inherited
    }
}
