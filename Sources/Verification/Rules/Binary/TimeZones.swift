extension Rule {
    /// Zones by name come from files.
    static let timeZones = Rule(
        RuleDocument(
            identifier: "time-zones", level: .warning,
            summary: "The program looks up time zones",
            rationale:
                "time.LoadLocation reads /usr/share/zoneinfo, which an empty root does not have: it fails with "
                + "'unknown time zone' for every name except UTC and Local.",
            detection:
                "Go's function table contains time.LoadLocation, but not the zones that time/tzdata embeds (import, "
                + "or -tags timetzdata).",
            limits:
                "Zones read by other means (LoadLocationFromTZData). A program that only asks for UTC gets the "
                + "warning too.",
            remedy:
                "Build with -tags timetzdata (450 kB), or COPY --from=build /usr/local/go/lib/time/zoneinfo.zip and "
                + "set ZONEINFO.",
            reference: "https://pkg.go.dev/time/tzdata"),
        reads: GoFunctions.self, Surroundings?.self
    ) { functions, image in
        guard functions.contains(.loadLocation), !functions.contains(.embeddedZones), !image.provides(.timeZones) else {
            return []
        }
        return [
            .init(
                "time.LoadLocation fails with 'unknown time zone' unless the image has the time zone files",
                evidence: [.loadLocation].evidence)
        ]
    }
}
