extension Rule {
    /// Zones by name come from files.
    static let timeZones = Rule(
        RuleDocument(
            identifier: "time-zones",
            level: .warning,
            summary:
                "The program looks up time zones",
            rationale:
                "time.LoadLocation reads /usr/share/zoneinfo, which an empty root does not have: it fails with "
                + "'unknown time zone' for every name but UTC and Local.",
            detection:
                "Go's function table holds time.LoadLocation and not the zones that time/tzdata embeds (import, "
                + "or -tags timetzdata).",
            limits:
                "Zones read by other means (LoadLocationFromTZData from a file of one's own); a program that "
                + "only ever asks for UTC is warned.",
            remedy:
                "Build with -tags timetzdata (450 kB), or COPY --from=build /usr/local/go/lib/time/zoneinfo.zip "
                + "and set ZONEINFO.",
            reference:
                "https://pkg.go.dev/time/tzdata")
    ) { subject in
        guard subject.functions.contains(.loadLocation), !subject.functions.contains(.embeddedZones),
            !subject.isProvided(.timeZones)
        else { return [] }
        return [
            .init(
                "time.LoadLocation fails with 'unknown time zone', unless the image holds the time zone files",
                evidence: subject.evidence(.loadLocation))
        ]
    }
}
