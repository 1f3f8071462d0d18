import Foundation
import TestSupport
import Testing

/// Bills of materials of real binaries, read by their standards' own tools (PyPI `spdx-tools`, `cyclonedx-python-lib`).
@Suite struct BillTests {
    private static let files = [
        "main.go":
            "package main\n\nimport (\n\t\"example.com/Dep\"\n\t\"example.com/local\"\n)\n\nfunc main() { Dep.Say(); local.Say() }\n",
        "vendor/example.com/Dep/dep.go": "package Dep\n\nfunc Say() { println(\"dep\") }\n",
        "vendor/example.com/local/local.go": "package local\n\nfunc Say() { println(\"local\") }\n",
        "vendor/modules.txt": """
        # example.com/Dep v1.2.3+incompatible
        ## explicit
        example.com/Dep
        # example.com/local v0.0.0 => example.com/fork v1.5.0
        ## explicit; go 1.18
        example.com/local
        # example.com/local => example.com/fork v1.5.0

        """,
        "go.mod": """
        module example.com/m

        go 1.18

        require (
        \texample.com/Dep v1.2.3+incompatible
        \texample.com/local v0.0.0
        )

        replace example.com/local => example.com/fork v1.5.0

        """,
    ]

    private func module() throws -> GoModule {
        let module = try GoModule(BillTests.files)
        let result = try module.check(
            [
                "-p", "linux/amd64,linux/arm64", "--sbom", "spdx=bill.spdx.json", "--sbom", "cyclonedx=bill.cdx.json",
                "-q",
            ],
            environment: ["GOPROXY": "off", "SOURCE_DATE_EPOCH": "1000000000"])
        #expect(result.status == 0, "\(result.errors)\(result.output)")
        return module
    }

    @Test func theStandardsToolsTakeThem() throws {
        let module = try module()
        let spdx = try Client.run("pyspdxtools", ["-i", module.path("bill.spdx.json")])
        #expect(spdx.status == 0, "\(spdx.errors)")
        let script = """
            import sys
            from cyclonedx.schema import SchemaVersion
            from cyclonedx.validation.json import JsonStrictValidator
            error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(open(sys.argv[1]).read())
            sys.exit(str(error) if error else 0)
            """
        let cyclone = try Client.python(script, [module.path("bill.cdx.json")])
        #expect(cyclone.status == 0, "\(cyclone.errors)")
        try module.folder.write(
            "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.6\", \"extra\": 1}", to: "bad.json")
        #expect(try Client.python(script, [module.path("bad.json")]).status != 0)
    }

    /// `go version -m` says what is in the file; the purl specification how it is named.
    @Test func theyHoldWhatGoSaysOfTheFile() throws {
        let module = try module()
        let info = try Execution("go", ["version", "-m", module.path("dist/linux/amd64/m")]).output
        #expect(
            info.contains("dep\texample.com/Dep\tv1.2.3+incompatible") && info.contains("=>\texample.com/fork\tv1.5.0"))
        let packages = try #require(try module.json("bill.spdx.json")["packages"] as? [[String: Any]])
        let urls = packages.compactMap { ($0["externalRefs"] as? [[String: String]])?.first?["referenceLocator"] }
        let version = try Execution("go", ["env", "GOVERSION"]).output.split(separator: "\n")[0].dropFirst(2)
        #expect(
            urls == [
                "pkg:golang/example.com/m", "pkg:golang/example.com/m",
                "pkg:golang/example.com/dep@v1.2.3%2Bincompatible",
                "pkg:golang/example.com/fork@v1.5.0", "pkg:golang/stdlib@\(version)",
            ])
        let digest = try Execution("sha256sum", [module.path("dist/linux/amd64/m")]).output.prefix(64)
        #expect((packages[0]["checksums"] as? [[String: String]])?.first?["checksumValue"] == String(digest))
        let components = try #require(try module.json("bill.cdx.json")["components"] as? [[String: Any]])
        #expect(components.compactMap { $0["purl"] as? String } == urls)
    }

    @Test func theSameBinariesHaveTheSameBill() throws {
        let first = try module()
        let second = try module()
        for name in ["bill.spdx.json", "bill.cdx.json"] { #expect(try first.bytes(name) == second.bytes(name)) }
    }

    @Test func aSignedStampHoldsTheBill() throws {
        let module = try GoModule()
        #expect(try module.run(["keygen", "k"]).status == 0)
        let arguments = [
            "-p", "linux/amd64", "--key", "k.key", "--sbom", "spdx=a.json", "--sbom", "cyclonedx=b.json", "-q",
        ]
        #expect(try module.check(arguments).status == 0)
        let lines = String(decoding: try module.bytes("dist/linux/amd64/m.intoto.jsonl"), as: UTF8.self).split(
            separator: "\n")
        let types = try lines.map { line in
            let envelope = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            let payload = Data(base64Encoded: envelope?["payload"] as? String ?? "") ?? Data()
            return (try JSONSerialization.jsonObject(with: payload) as? [String: Any])?["predicateType"] as? String
                ?? ""
        }
        #expect(types.suffix(2) == ["https://spdx.dev/Document/v2.3", "https://cyclonedx.org/bom/v1.6"])
        #expect(try module.run(["gate", "--trust", "k.pub", "dist"]).status == 0)
    }

    @Test func filesOfOthersHaveABillToo() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "bill.json").path
        let result = try Execution(
            Checkout.program,
            ["verify", "--sbom", "spdx=\(file)", Checkout.sample("go-linux-arm"), Checkout.sample("c-static")])
        #expect(result.status == 0)
        #expect(try Client.run("pyspdxtools", ["-i", file]).status == 0)
        #expect(
            try Execution(Checkout.program, ["verify", "--sbom", "pdf=x", Checkout.sample("c-static")]).status == 64)
    }
}
