extension Rule {
    /// A TLS client that trusts the system's roots finds none.
    static let certificates = Rule(
        RuleDocument(
            identifier: "ca-certificates",
            level: .warning,
            summary:
                "The program needs the system's CA certificates",
            rationale:
                "A TLS client checks servers against the certificates in /etc/ssl, and an empty root has none: "
                + "each connection fails with 'x509: certificate signed by unknown authority'.",
            detection:
                "Go's function table holds crypto/x509.loadSystemRoots together with a TLS or HTTP client or "
                + "SystemCertPool, and not the roots that golang.org/x/crypto/x509roots/fallback embeds.",
            limits:
                "A program that sets its own RootCAs for each connection, or has an HTTP client in it that it "
                + "does not use for HTTPS, is warned all the same; a TLS stack other than Go's is not seen.",
            remedy:
                "COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/, or import "
                + "golang.org/x/crypto/x509roots/fallback.",
            reference:
                "https://pkg.go.dev/crypto/x509#SystemCertPool")
    ) { subject in
        let clients = subject.present(.systemCertPool, .dialTLS, .dialHTTP)
        guard subject.functions.contains(.loadSystemRoots), !clients.isEmpty,
            !subject.functions.contains(.fallbackRoots), !subject.isProvided(.certificates)
        else { return [] }
        return [
            .init(
                "HTTPS fails with 'certificate signed by unknown authority' where the image has no CA certificates",
                evidence: subject.evidence([.loadSystemRoots] + clients))
        ]
    }
}
