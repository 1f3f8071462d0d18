import Attestation
import Foundation
import Licensing
import Testing

@testable import GoBinary
@testable import Reporting

/// Bills of materials, by the required fields of SPDX 2.3 and CycloneDX 1.6.
@Suite struct BillTests {
    private static let info = BuildInfo(
        goVersion: "go1.27.3",
        text: """
            path\texample.com/App/cmd/app
            mod\texample.com/App\tv1.2.3\th1:main=
            dep\tgolang.org/x/sys\tv0.1.0\th1:sys=
            dep\texample.com/b\tv2.0.0
            =>\texample.com/fork\tv2.0.1\th1:fork=
            build\tGOOS=linux
            """)

    /// The same with what the sources say.
    private static var facts: BillFacts {
        var facts = BillFacts()
        facts.supplier = Supplier(name: "Example Corp", address: "security@example.com")
        facts.imports = ["example.com/App": ["example.com/b"], "example.com/b": ["golang.org/x/sys", "std"]]
        let mit = BillFacts.License.Text(file: "LICENSE", line: 1, identifiers: ["MIT"], confidence: 1, text: nil)
        let own = BillFacts.License.Text(file: "COPYING", line: nil, identifiers: [], confidence: 0.1, text: "Mine.")
        facts.modules["example.com/b"] = .init(license: .init(texts: [mit], copyrights: ["Copyright 2026 B"]))
        facts.modules["golang.org/x/sys"] = .init(license: .init(texts: [own, mit], copyrights: []))
        facts.modules["example.com/App"] = .init(license: .init(texts: [], copyrights: []))
        return facts
    }

    private func bill(_ paths: [String] = ["dist/app"]) -> BillOfMaterials {
        BillOfMaterials(
            binaries: paths.map {
                .init(path: $0, digest: Digest(of: Array($0.utf8)), buildInfo: BillTests.info)
            }, created: "2026-01-02T03:04:05Z")
    }

    /// The package URL specification, type golang: lower-case, and the package as the subpath.
    @Test func componentsAreNamedByPackageURLs() {
        let binary = bill().binaries[0]
        #expect(binary.main.packageURL == "pkg:golang/example.com/app@v1.2.3#cmd/app")
        #expect(
            binary.dependencies.map(\.packageURL) == [
                "pkg:golang/example.com/fork@v2.0.1", "pkg:golang/golang.org/x/sys@v0.1.0", "pkg:golang/stdlib@1.27.3",
            ])
        #expect(binary.dependencies.map(\.sum) == ["h1:fork=", "h1:sys=", ""])
    }

    @Test(arguments: [["dist/app"], ["dist/a", "dist/b"]]) func spdxHasTheRequiredFields(paths: [String]) throws {
        let text = try JSONReporter.render(SPDXDocument(bill(paths), version: "1"))
        let document = try Sample.object(text)
        #expect(document["spdxVersion"] as? String == "SPDX-2.3")
        #expect(document["dataLicense"] as? String == "CC0-1.0")
        #expect(document["SPDXID"] as? String == "SPDXRef-DOCUMENT")
        #expect((document["documentNamespace"] as? String)?.hasPrefix("urn:uuid:") == true)
        let creation = try #require(document["creationInfo"] as? [String: Any])
        #expect(creation["created"] as? String == "2026-01-02T03:04:05Z")
        #expect((creation["creators"] as? [String])?.first?.hasPrefix("Tool: ") == true)
        let packages = try #require(document["packages"] as? [[String: Any]])
        let identifiers = packages.compactMap { $0["SPDXID"] as? String }
        #expect(identifiers.count == paths.count + 3 && Set(identifiers).count == identifiers.count)
        for package in packages {
            // Clause 7: SPDXRef- and letters, digits, dots and hyphens; a name; where it can be downloaded.
            let identifier = try #require(package["SPDXID"] as? String)
            #expect(identifier.wholeMatch(of: /SPDXRef-[A-Za-z0-9.\-]+/) != nil)
            #expect((package["name"] as? String)?.isEmpty == false)
            #expect(package["downloadLocation"] as? String == "NOASSERTION")
            #expect(package["filesAnalyzed"] as? Bool == false)
        }
        let relations = try #require(document["relationships"] as? [[String: String]])
        #expect(relations.count { $0["relationshipType"] == "DESCRIBES" } == paths.count)
        #expect(relations.count { $0["relationshipType"] == "DEPENDS_ON" } == 3 * paths.count)
        #expect(relations.allSatisfy { identifiers.contains($0["relatedSpdxElement"] ?? "") })
    }

    @Test(arguments: [["dist/app"], ["dist/a", "dist/b"]]) func cycloneDXHasTheRequiredFields(paths: [String]) throws {
        let document = try Sample.object(JSONReporter.render(CycloneDXDocument(bill(paths), version: "1")))
        #expect(document["bomFormat"] as? String == "CycloneDX")
        #expect(document["specVersion"] as? String == "1.6")
        // RFC 9562: version 8, variant 10xx.
        let serial = try #require(document["serialNumber"] as? String)
        #expect(
            serial.wholeMatch(of: /urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil
        )
        let metadata = try #require(document["metadata"] as? [String: Any])
        #expect(metadata["timestamp"] as? String == "2026-01-02T03:04:05Z")
        let components = try #require(document["components"] as? [[String: Any]])
        #expect(components.allSatisfy { $0["type"] is String && $0["name"] is String })
        let whole = try #require((metadata["component"] as? [String: Any])?["bom-ref"] as? String)
        let references = Set(components.compactMap { $0["bom-ref"] as? String } + [whole])
        #expect(references.count == components.count + 1, "each bom-ref is unique")
        // Each reference of the dependency graph is that of a component.
        for dependency in try #require(document["dependencies"] as? [[String: Any]]) {
            #expect(references.contains(dependency["ref"] as? String ?? ""))
            #expect((dependency["dependsOn"] as? [String])?.allSatisfy(references.contains) == true)
        }
    }

    @Test func equalBinariesGiveEqualDocuments() throws {
        func texts() throws -> [String] {
            [
                try JSONReporter.render(SPDXDocument(bill(), version: "1")),
                try JSONReporter.render(CycloneDXDocument(bill(), version: "1")),
            ]
        }
        #expect(try texts() == texts())
        let other = try JSONReporter.render(CycloneDXDocument(bill(["dist/b"]), version: "1"))
        #expect(try texts()[1].contains("urn:uuid") && other != texts()[1])
    }

    @Test func aProgramOutsideOfModulesIsItsOwnMainModule() {
        let info = BuildInfo(goVersion: "devel", text: "path\tcommand-line-arguments\n")
        let binary = BillOfMaterials.Binary(path: "a", digest: Digest(of: []), buildInfo: info)
        #expect(binary.main.name == "command-line-arguments" && binary.main.version == nil)
        #expect(binary.dependencies.isEmpty)
    }

    @Test func whatTheSourcesSayIsStated() throws {
        let binary = BillOfMaterials.Binary(
            path: "dist/app", digest: Digest(of: []), longDigest: LongDigest(of: []), buildInfo: Self.info,
            facts: Self.facts)
        let bill = BillOfMaterials(binaries: [binary], created: "2026-01-02T03:04:05Z")
        let document = try Sample.object(JSONReporter.render(SPDXDocument(bill, version: "1")))
        let packages = try #require(document["packages"] as? [[String: Any]])
        func field(_ name: String) -> [String?] { packages.map { $0[name] as? String } }
        let reference = "LicenseRef-\(Digest(of: Array("Mine.".utf8)).hexadecimal.prefix(16))"
        #expect(field("name") == ["dist/app", "example.com/fork", "golang.org/x/sys", "stdlib"])
        // SPDX 2.3, 7.13: NONE says that there is no licence, NOASSERTION that nothing is said.
        #expect(field("licenseConcluded") == ["NONE", "MIT", "\(reference) AND MIT", "BSD-3-Clause"])
        #expect(field("licenseDeclared") == ["NONE", "MIT", "NOASSERTION", "BSD-3-Clause"])
        #expect(field("copyrightText") == ["NONE", "Copyright 2026 B", "NONE", "Copyright 2009 The Go Authors."])
        #expect(
            field("supplier") == [
                "Organization: Example Corp (security@example.com)", "Organization: example.com",
                "Organization: golang.org",
                "Organization: The Go Authors",
            ])
        let texts = try #require(document["hasExtractedLicensingInfos"] as? [[String: String]])
        #expect(texts == [["licenseId": reference, "extractedText": "Mine.", "name": "COPYING"]])
        let relations = try #require(document["relationships"] as? [[String: String]])
        let edges = relations.filter { $0["relationshipType"] == "DEPENDS_ON" }.map {
            [$0["spdxElementId"] ?? "", $0["relatedSpdxElement"] ?? ""]
        }
        #expect(
            edges == [
                ["SPDXRef-Binary-1", "SPDXRef-Module-1"], ["SPDXRef-Module-1", "SPDXRef-Module-2"],
                ["SPDXRef-Module-1", "SPDXRef-Module-3"],
            ])
    }

    /// golang.org/ref/mod: a replacement is another module, or a folder, whose path begins with ./ or ../ or /.
    @Test(arguments: [("../fork", true), ("./fork", true), ("/src/fork", true), ("example.com/fork", false)])
    func aReplacementKeepsBothNames(path: String, isFolder: Bool) throws {
        let info = BuildInfo(
            goVersion: "go1.27.3",
            text: "path\texample.com/m\ndep\texample.com/old\tv1.0.0\n=>\t\(path)\t\(isFolder ? "(devel)" : "v2.0.0")\n"
        )
        let binary = BillOfMaterials.Binary(path: "a", digest: Digest(of: []), buildInfo: info)
        let module = try #require(binary.dependencies.first { $0.name != "stdlib" })
        #expect(module.name == (isFolder ? "example.com/old" : "example.com/fork"))
        #expect(module.version == (isFolder ? "v1.0.0" : "v2.0.0"))
        #expect(module.packageURL == (isFolder ? "pkg:golang/example.com/old" : "pkg:golang/example.com/fork@v2.0.0"))
        let text = try #require(module.replaced).text(of: module.name)
        #expect(text.contains(isFolder ? path : "example.com/old v1.0.0"))
    }

    /// Pseudo-versions: golang.org/ref/mod#pseudo-versions, with the example from that page.
    @Test(arguments: [
        ("", "v0.0.0-20191109021931-daa7c04131f5"), ("+dirty", "v0.0.0-20191109021931-daa7c04131f5+dirty"),
    ]) func aDevelopmentVersionIsThatOfItsCommit(mark: String, version: String) {
        let info = BuildInfo(
            goVersion: "go1.20",
            text: """
                path\texample.com/m
                mod\texample.com/m\t(devel)
                build\tvcs=git
                build\tvcs.revision=daa7c04131f568e31c51927b359a2d197a357058
                build\tvcs.time=2019-11-09T02:19:31Z
                build\tvcs.modified=\(mark.isEmpty ? "false" : "true")
                """)
        let binary = BillOfMaterials.Binary(path: "a", digest: Digest(of: []), buildInfo: info)
        #expect(binary.main.version == version)
    }

    @Test(arguments: [
        ("github.com/owner/name/v2", "github.com/owner"), ("gitlab.com/group/sub/name", "gitlab.com/group"),
        ("k8s.io/api", "k8s.io"), ("golang.org/x/sys", "golang.org"), ("github.com", "github.com"),
    ]) func aModuleIsSuppliedByTheOwnerOfItsPath(path: String, name: String) {
        #expect(Supplier(module: path)?.name == name)
    }

    @Test(arguments: ["command-line-arguments", "app", "./local", "", "std"]) func aPathWithoutHostHasNoSupplier(
        path: String
    ) {
        #expect(Supplier(module: path) == nil)
    }
}
