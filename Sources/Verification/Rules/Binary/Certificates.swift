extension Rule {
    /// A TLS client that trusts the system's roots finds none.
    static let certificates = Rule(
        RuleDocument(
            identifier: "ca-certificates", level: .warning,
            summary: "The program needs the system's CA certificates",
            rationale:
                "A TLS client checks servers against the certificates in /etc/ssl. An empty root has none, so each "
                + "connection fails with 'x509: certificate signed by unknown authority'.",
            detection:
                "Go's function table contains crypto/x509.loadSystemRoots and a TLS or HTTP client or SystemCertPool, or "
                + "Certificate.Verify without TLS, but not the roots that golang.org/x/crypto/x509roots/fallback embeds.",
            limits:
                "A program gets the warning even if it sets its own RootCAs for each connection, or its own Roots, or contains an HTTP "
                + "client that it does not use for HTTPS. A server of net/http whose only client is tls.Client, as in drivers "
                + "of databases, gets none. A TLS stack other than Go's is not detected.",
            remedy:
                "COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/, or import "
                + "golang.org/x/crypto/x509roots/fallback.",
            reference: "https://pkg.go.dev/crypto/x509#SystemCertPool"),
        reads: GoFunctions.self, Surroundings?.self
    ) { functions, image in
        var clients = functions.present(.systemCertPool, .dialTLS, .dialHTTP)
        // What tls.Client leaves behind: it is inlined. Servers of net/http have it too, since newer versions of Go.
        if !functions.contains(.serveHTTP) { clients += functions.present(.clientTLS) }
        // TLS verifies certificates of clients and servers, so with TLS the method says nothing.
        if !functions.contains(.verifyServer) { clients += functions.present(.verifyCertificate) }
        guard functions.contains(.loadSystemRoots), !clients.isEmpty, !functions.contains(.fallbackRoots),
            !image.provides(.certificates)
        else { return [] }
        return [
            .init(
                "HTTPS fails with 'certificate signed by unknown authority' if the image has no CA certificates",
                evidence: ([.loadSystemRoots] + clients).evidence)
        ]
    }
}
