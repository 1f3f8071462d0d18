extension Rule {
    /// Users and groups are lines of files.
    static let userDatabase = Rule(
        RuleDocument(
            identifier: "user-database",
            level: .warning,
            summary:
                "The program looks up users or groups",
            rationale:
                "Without cgo, os/user reads /etc/passwd and /etc/group. An empty root has neither, so that "
                + "looking up a name or the current user's name fails.",
            detection:
                "Go's function table holds os/user.Current, Lookup, LookupId, LookupGroup or LookupGroupId.",
            limits:
                "C code that looks up users (see name-service); Go's user.Current needs no file where HOME and "
                + "USER are set.",
            remedy:
                "Give the image an /etc/passwd and /etc/group with the user it runs as, and set USER and HOME.",
            reference:
                "https://pkg.go.dev/os/user")
    ) { subject in
        let lookups = subject.present(.currentUser, .lookupUser, .lookupUserByID, .lookupGroup, .lookupGroupByID)
        guard !lookups.isEmpty, !subject.isProvided(.users) else { return [] }
        return [
            .init(
                "looking up users or groups fails, unless the image holds /etc/passwd and /etc/group",
                evidence: subject.evidence(lookups))
        ]
    }
}
