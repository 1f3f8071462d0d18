import Foundation
import TestSupport
import Testing

/// Bills of materials of a whole module, judged by the checkers of the standards (PyPI `ntia-conformance-checker`).
@Suite struct BillCheckerTests {
    private static let license = """
        Copyright (c) 2026 The Dep Authors

        Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted,
        provided that the above copyright notice and this permission notice appear in all copies.

        THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED
        WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR
        CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT,
        NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.

        """
    private static let files = [
        "main.go":
            "package main\n\nimport (\n\t\"example.com/fork\"\n\t\"github.com/Acme/Dep\"\n)\n\nfunc main() { Dep.Say(); fork.Say() }\n",
        "LICENSE": license,
        "vendor/github.com/Acme/Dep/dep.go":
            "package Dep\n\nimport \"example.com/fork\"\n\nfunc Say() { fork.Say() }\n",
        "vendor/github.com/Acme/Dep/LICENSE.md": license,
        "vendor/example.com/fork/fork.go":
            "// Copyright 2021 The Fork Authors. All rights reserved.\n\npackage fork\n\nfunc Say() { println(\"fork\") }\n",
        "vendor/example.com/fork/COPYING": "You may use this on Tuesdays.\n",
        "vendor/modules.txt": """
        # example.com/fork v0.3.0 => ./forks/fork
        ## explicit; go 1.18
        example.com/fork
        # github.com/Acme/Dep v1.2.3+incompatible
        ## explicit
        github.com/Acme/Dep
        # example.com/fork => ./forks/fork

        """,
        "forks/fork/go.mod": "module example.com/fork\n\ngo 1.18\n",
        "go.sum": "github.com/Acme/Dep v1.2.3+incompatible h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        ".gitignore": "dist\n*.json\n",
        "go.mod": """
        module github.com/me/m

        go 1.18

        require (
        \texample.com/fork v0.3.0
        \tgithub.com/Acme/Dep v1.2.3+incompatible
        )

        replace example.com/fork => ./forks/fork

        """,
    ]
    private static let bills = [
        "--sbom", "spdx=b.spdx.json", "--sbom", "spdx3=b.spdx3.json", "--sbom", "cyclonedx=b.cdx.json",
    ]

    private func module(_ arguments: [String] = []) throws -> GoModule {
        let module = try GoModule(Self.files)
        try module.commit(tag: "v1.4.0")
        let result = try module.check(
            ["-p", "linux/amd64,linux/arm64", "-q"] + Self.bills + arguments,
            environment: ["GOPROXY": "off", "SOURCE_DATE_EPOCH": "1000000000"])
        #expect(result.status == 0, "\(result.errors)\(result.output)")
        return module
    }

    /// The kinds of SPDX document, as the checker names them.
    private static let documents = [("spdx2", "b.spdx.json"), ("spdx3", "b.spdx3.json")]

    /// CISA's and BSI's elements have places in SPDX 3 only: the type of the document, and properties of files.
    @Test func theCheckersTakeThem() throws {
        let module = try module()
        for (kind, name) in Self.documents {
            for standard in kind == "spdx3" ? ["ntia", "fsct3-min", "bsi"] : ["ntia"] {
                let result = try Client.run("sbomcheck", ["-s", kind, "-c", standard, module.path(name)])
                #expect(result.status == 0, "\(standard) \(result.output)\(result.errors)")
                #expect(!result.errors.contains("floating") && !result.output.contains("Structural Graph Issues"))
            }
        }
        // Of CISA's elements, the type of the document alone is missing in SPDX 2.3.
        let cisa = try Client.run("sbomcheck", ["-s", "spdx2", "-c", "fsct3-min", module.path("b.spdx.json")]).output
        #expect(
            cisa.split(separator: "\n").count { $0.hasSuffix("| False") } == 1
                && cisa.contains("(SBOM type) provided?  | False"))
    }

    /// The checkers must be able to fail: a bill of a file without sources names no licences.
    @Test func aFileAloneTellsNoLicences() throws {
        let module = try module()
        let result = try module.run(["verify", "dist/linux/amd64/m"] + Self.bills)
        #expect(result.status == 0, "\(result.errors)")
        for (kind, name) in Self.documents {
            #expect(try Client.run("sbomcheck", ["-s", kind, "-c", "ntia", module.path(name)]).status == 0)
            let cisa = try Client.run("sbomcheck", ["-s", kind, "-c", "fsct3-min", module.path(name)])
            #expect(cisa.status == 1 && cisa.output.contains("concluded license provided?"))
        }
    }

    @Test func theOtherStandardsToolsTakeThem() throws {
        let module = try module(["--supplier", "Example Corp <security@example.com>"])
        let spdx = try Client.run("pyspdxtools", ["-i", module.path("b.spdx.json")])
        #expect(spdx.status == 0, "\(spdx.errors)")
        let script = """
            import sys
            from cyclonedx.schema import SchemaVersion
            from cyclonedx.validation.json import JsonStrictValidator
            error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(open(sys.argv[1]).read())
            sys.exit(str(error) if error else 0)
            """
        let cyclone = try Client.python(script, [module.path("b.cdx.json")])
        #expect(cyclone.status == 0, "\(cyclone.errors)")
        let metadata = try #require(try module.json("b.cdx.json")["metadata"] as? [String: Any])
        #expect((metadata["supplier"] as? [String: Any])?["name"] as? String == "Example Corp")
    }

    @Test func versionsAndLicencesAreThoseOfTheSources() throws {
        let module = try module()
        let packages = try #require(try module.json("b.spdx.json")["packages"] as? [[String: Any]])
        func field(_ name: String) -> [String] { packages.dropFirst().prefix(3).map { $0[name] as? String ?? "" } }
        #expect(field("name").suffix(2) == ["example.com/fork", "github.com/Acme/Dep"])
        #expect(field("versionInfo") == ["v1.4.0", "v0.3.0", "v1.2.3+incompatible"])
        let licenses = field("licenseConcluded")
        #expect(licenses[0] == "ISC" && licenses[2] == "ISC" && licenses[1].hasPrefix("LicenseRef-"))
        #expect(field("copyrightText")[1] == "Copyright 2021 The Fork Authors. All rights reserved.")
        #expect(field("comment")[1].contains("./forks/fork"))
        let references = packages[3]["externalRefs"] as? [[String: String]] ?? []
        #expect(references.last?["referenceLocator"] == "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    }

    /// As go1.24 and later write versions: https://go.dev/doc/go1.24#go-command.
    @Test func changesAndLaterCommitsAreInTheVersion() throws {
        let module = try module()
        func version() throws -> String? {
            #expect(try module.check(["-p", "linux/amd64", "-q"] + Self.bills).status == 0)
            return (try module.json("b.spdx.json")["packages"] as? [[String: Any]])?.first?["versionInfo"] as? String
        }
        try module.folder.write(Self.license + "\n", to: "LICENSE")
        #expect(try version() == "v1.4.0+dirty")
        try Execution(
            "git", ["-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qam", "second"],
            in: module.folder.url, environment: ["GIT_COMMITTER_DATE": "2026-01-02T03:04:05Z"]
        ).check()
        let hash = try Execution("git", ["rev-parse", "HEAD"], in: module.folder.url).output.prefix(12)
        #expect(try version() == "v1.4.1-0.20260102030405-\(hash)")
    }

    @Test func theSameSourcesHaveTheSameBill() throws {
        let module = try module()
        let names = ["b.spdx.json", "b.spdx3.json", "b.cdx.json"]
        let before = try names.map(module.bytes)
        let again = try module.check(
            ["-p", "linux/amd64,linux/arm64", "-q"] + Self.bills,
            environment: ["GOPROXY": "off", "SOURCE_DATE_EPOCH": "1000000000"])
        #expect(again.status == 0)
        #expect(try names.map(module.bytes) == before)
    }

    @Test func aDeniedLicenceIsAnError() throws {
        let module = try GoModule(Self.files)
        let result = try module.check(["-p", "linux/amd64", "--deny-license", "isc", "--format", "json", "-q"])
        #expect(result.status == 1, "\(result.errors)")
        #expect(result.output.contains("github.com/Acme/Dep v1.2.3+incompatible: ISC in LICENSE.md:3"))
        #expect(result.output.contains("example.com/fork v0.3.0: COPYING is not recognized"))
        #expect(!module.holds("dist/linux/amd64/m.intoto.json"), "no stamp")
        let other = try module.check(["-p", "linux/amd64", "--deny-license", "GPL-3.0", "-q"])
        #expect(other.status == 0, "\(other.errors)\(other.output)")
        #expect(try module.run(["gate", "--allow-unsigned", "--deny-license", "GPL-3.0", "dist"]).status == 0)
        #expect(try module.run(["gate", "--allow-unsigned", "--deny-license", "MIT", "dist"]).status == 1)
        let unknown = try module.check(["--deny-license", "GPL3"])
        #expect(unknown.status == 64 && unknown.errors.contains("'GPL3' is not a licence that is recognized"))
    }

    @Test func theConfigurationDeniesAndNamesTheSupplier() throws {
        let module = try GoModule(
            Self.files.merging([
                "scratchcheck.yaml": "supplier: Example Corp <https://example.com>\nlicenses:\n  deny: [ISC]\n"
            ]) {
                $1
            })
        let result = try module.check(["-p", "linux/amd64", "-q"] + Self.bills)
        #expect(result.status == 1 && result.output.contains("denied-license"))
        let packages = try #require(try module.json("b.spdx.json")["packages"] as? [[String: Any]])
        #expect(packages[0]["supplier"] as? String == "Organization: Example Corp")
    }
}
