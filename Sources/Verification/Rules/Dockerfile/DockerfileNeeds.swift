import Dockerfiles

extension Rule {
    static let dockerfileCertificates = dockerfileNeed(
        .certificates, "certificates", "The program uses HTTPS, and the image has no CA certificates",
        message: "HTTPS fails with 'certificate signed by unknown authority': no CA certificates are copied",
        remedy: "COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/",
        reference: "https://pkg.go.dev/crypto/x509#SystemCertPool")

    static let dockerfileTimeZones = dockerfileNeed(
        .timeZones, "time-zones", "The program looks up time zones, and the image has none",
        message: "time.LoadLocation fails with 'unknown time zone': no time zones are copied",
        remedy:
            "COPY --from=build /usr/local/go/lib/time/zoneinfo.zip /usr/share/ and ENV ZONEINFO=/usr/share/zoneinfo.zip, "
            + "or build with -tags timetzdata",
        reference: "https://pkg.go.dev/time#LoadLocation")

    static let dockerfileTemporaryFiles = dockerfileNeed(
        .temporaryFiles, "tmp", "The program creates temporary files, and the image has no /tmp",
        message: "os.CreateTemp fails: the image has no /tmp, and an unprivileged user cannot create it",
        remedy: "mkdir -m 1777 /rootfs/tmp in the build stage and COPY --from=build /rootfs/ /, or mount a volume",
        reference: "https://pkg.go.dev/os#TempDir")

    private static func dockerfileNeed(
        _ need: RuntimeNeed, _ name: String, _ summary: String, message: String, remedy: String, reference: String
    ) -> Rule {
        let document = RuleDocument(
            identifier: "dockerfile-" + name, level: .warning, summary: summary, rationale: message + ".",
            detection:
                "The functions of the program (given by --binary, or a file that the Dockerfile copies from the build context), "
                + "and the targets of COPY and ADD.",
            limits:
                "A copy of a whole folder is assumed to contain the files. Without the program the rule finds nothing.",
            remedy: remedy, reference: reference)
        return Rule.ofDockerfile(document) { image, context in
            guard image.kind == .scratch, context.needs.contains(need), !image.brings(need) else { return [] }
            return [
                .init(
                    at: image.final.from.place, .init(stringLiteral: message), evidence: "FROM \(image.final.base)")
            ]
        }
    }
}

extension FinalImage {
    /// Whether a COPY or an ENV gives the program what it needs.
    fileprivate func brings(_ need: RuntimeNeed) -> Bool {
        let paths = need.paths + (need == .timeZones ? ["/usr/share/zoneinfo.zip"] : [])
        if copies.contains(where: { copy in paths.contains { copy.seemsToBring($0, isProgram: { $0 == programName }) } }
        ) {
            return true
        }
        let names = Set(instructions("ENV").flatMap(\.assignments).map(\.name.text))
        switch need {
        case .certificates:
            return !names.isDisjoint(with: ["SSL_CERT_FILE", "SSL_CERT_DIR"])
                || copies.contains { copy in
                    RuntimeNeed.certificateFolders.contains { copy.target?.isIn($0) ?? false }
                }
        case .timeZones: return names.contains("ZONEINFO")
        case .temporaryFiles, .users, .nameService: return false
        }
    }
}
