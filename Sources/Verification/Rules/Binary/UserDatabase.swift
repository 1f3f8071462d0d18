extension Rule {
    /// Users and groups are lines of files.
    static let userDatabase = Rule(
        RuleDocument(
            identifier: "user-database", level: .warning,
            summary: "The program looks up users or groups",
            rationale:
                "Without cgo, os/user reads /etc/passwd and /etc/group. An empty root has neither, so looking up a "
                + "name or the current user's name fails.",
            detection:
                "Go's function table contains os/user.Current, Lookup, LookupId, LookupGroup or LookupGroupId.",
            limits:
                "C code that looks up users (see name-service). Go's user.Current needs no file if HOME and USER are "
                + "set.",
            remedy:
                "Add an /etc/passwd and /etc/group with the user it runs as to the image, and set USER and HOME.",
            reference: "https://pkg.go.dev/os/user"),
        reads: GoFunctions.self, Surroundings?.self
    ) { functions, image in
        let lookups = functions.present(.currentUser, .lookupUser, .lookupUserByID, .lookupGroup, .lookupGroupByID)
        guard !lookups.isEmpty, !image.provides(.users) else { return [] }
        return [
            .init(
                "looking up users or groups fails unless the image has /etc/passwd and /etc/group",
                evidence: lookups.evidence)
        ]
    }
}
