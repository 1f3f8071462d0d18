extension Rule {
    /// Plugins are shared libraries that are opened while the program runs.
    static let plugin = Rule(
        RuleDocument(
            identifier: "plugin",
            level: .warning,
            summary:
                "The program opens plugins",
            rationale:
                "plugin.Open loads a shared library, which needs the dynamic loader and the C library in turn; "
                + "an empty root has neither, and a static program cannot load any.",
            detection:
                "Go's function table holds plugin.Open.",
            limits:
                "dlopen in C (see runtime-loading).",
            remedy:
                "Link what the plugins do into the program, or start them as programs of their own that talk "
                + "over a pipe or socket.",
            reference:
                "https://pkg.go.dev/plugin")
    ) { subject in
        guard subject.functions.contains(.openPlugin) else { return [] }
        return [.init("opening a plugin fails", evidence: subject.evidence(.openPlugin))]
    }
}
