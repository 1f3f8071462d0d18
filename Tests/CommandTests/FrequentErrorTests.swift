import Foundation
import TestSupport
import Testing

/// docs/errors.md: the programs that it is about print those errors in an empty root, and get the finding that it names.
@Suite(.enabled(if: Namespaces.arePermitted, "an empty root takes namespaces")) struct FrequentErrorTests {
    struct Row: CustomTestStringConvertible {
        /// What the page quotes, up to a word that differs from run to run.
        let error: String
        let rule: String
        let imports: [String]
        /// Statements of `main`; they assign to `err`.
        let body: String
        var environment = [String: String]()

        var testDescription: String { error }

        static let all = [
            Row(
                error: "x509: certificate signed by unknown authority", rule: "ca-certificates",
                imports: [
                    "crypto/ecdsa", "crypto/elliptic", "crypto/rand", "crypto/tls", "crypto/x509", "math/big", "net",
                ],
                body: """
                    key, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
                    template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"example.com"}, NotAfter: time.Now().Add(time.Hour)}
                    own, _ := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
                    listener, _ := net.Listen("unix", "@errors")
                    a, _ := net.Dial("unix", "@errors")
                    b, _ := listener.Accept()
                    go tls.Server(a, &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{own}, PrivateKey: key}}}).Handshake()
                    client := tls.Client(b, &tls.Config{ServerName: "example.com"})
                    err = client.Handshake()
                    """),
            Row(
                error: "unknown time zone Europe/Berlin", rule: "time-zones", imports: [],
                body: "_, err = time.LoadLocation(\"Europe/Berlin\")"),
            Row(
                error: "user: Current requires cgo or $USER, $HOME set in environment", rule: "user-database",
                imports: ["os/user"], body: "_, err = user.Current()"),
            Row(
                error: "open /tmp/", rule: "temporary-files", imports: ["os"],
                body: "_, err = os.CreateTemp(\"\", \"x\")"),
            Row(
                error: "executable file not found in $PATH", rule: "other-programs", imports: ["os/exec"],
                body: "err = exec.Command(\"git\").Run()"),
            Row(
                error: "dial tcp: lookup db on [::1]:53: ", rule: "name-resolution", imports: ["net"],
                body: "_, err = net.Dial(\"tcp\", \"db:5432\")"),
            Row(
                error: "This program can only be run on AMD64 processors with v3 microarchitecture support",
                rule: "cpu-level", imports: [], body: "", environment: ["GOAMD64": "v3"]),
        ]

        var source: String {
            let names = (imports + ["time"]).sorted().map { "\t\"\($0)\"\n" }.joined()
            return "package main\n\nimport (\n\(names))\n\nvar _ = time.Now\n\nfunc main() {\n"
                + "\tvar err error\n\(body)\n\tif err != nil {\n\t\tprintln(err.Error())\n\t}\n}\n"
        }

        /// Builds the program, for amd64, with the go command alone.
        func build(in module: GoModule) throws -> String {
            try module.folder.write(source, to: "main.go")
            let own = ["CGO_ENABLED": "0", "GOARCH": "amd64", "GOFLAGS": ""]
            try Execution(
                "go", ["build", "-o", "app", "."], in: module.folder.url,
                environment: own.merging(environment) { $1 }
            ).check()
            return module.path("app")
        }

        /// What the program prints in an empty root, or on a processor without what it needs.
        func words(of program: String) throws -> String {
            if rule == "cpu-level" { return try Execution("qemu-x86_64-static", ["-cpu", "qemu64", program]).errors }
            let script = Checkout.root.appending(path: "TestBinaries/run-in-empty-root").path
            return try Execution(script, ["--show", program]).errors
        }
    }

    private static let page = try? String(contentsOf: Checkout.root.appending(path: "docs/errors.md"), encoding: .utf8)

    @Test(arguments: Row.all) func theErrorIsForetold(row: Row) throws {
        let module = try GoModule()
        let program = try row.build(in: module)
        #expect(try row.words(of: program).contains(row.error))
        let findings = try Execution(Checkout.program, ["verify", "--format", "json", program]).output
        #expect(findings.contains("\"rule\" : \"\(row.rule)\""), "\(findings)")
    }

    @Test(arguments: Row.all) func thePageNamesTheRule(row: Row) throws {
        let lines = try #require(Self.page).split(separator: "\n")
        let line = lines.first { $0.hasPrefix("| `") && $0.contains(row.error) }
        #expect(line?.contains("[\(row.rule)](rules.md#\(row.rule))") == true)
    }

    /// Links into the page of rules, from all pages.
    @Test func everyLinkToARuleHasItsHeading() throws {
        let docs = Checkout.root.appending(path: "docs")
        let rules = try String(contentsOf: docs.appending(path: "rules.md"), encoding: .utf8)
        let names = Set(rules.split(separator: "\n").filter { $0.hasPrefix("## ") }.map { String($0.dropFirst(3)) })
        var count = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: docs.path) where name.hasSuffix(".md") {
            let text = try String(contentsOf: docs.appending(path: name), encoding: .utf8)
            for match in text.matches(of: #/rules\.md#([a-z-]+)/#) {
                #expect(names.contains(String(match.output.1)), "\(name)")
                count += 1
            }
        }
        #expect(count > 20)
    }
}
