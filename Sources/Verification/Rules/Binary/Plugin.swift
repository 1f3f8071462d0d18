extension Rule {
    /// Plugins are shared libraries that are opened while the program runs.
    static let plugin = Rule(
        RuleDocument(
            identifier: "plugin", level: .warning,
            summary: "The program opens plugins",
            rationale:
                "plugin.Open loads a shared library, which needs the dynamic loader and the C library. An empty root "
                + "has neither, and a static program cannot load any.",
            detection:
                "Go's function table contains plugin.Open.",
            limits:
                "dlopen in C (see runtime-loading).",
            remedy:
                "Link what the plugins do into the program, or run them as separate programs that talk over a pipe or"
                + " socket.",
            reference: "https://pkg.go.dev/plugin"),
        reads: GoFunctions.self
    ) { functions in
        functions.present(.openPlugin).map { .init("opening a plugin fails", evidence: [$0].evidence) }
    }
}
