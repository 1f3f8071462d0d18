import Attestation
import Foundation
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
        #expect(binary.main.name == "command-line-arguments" && binary.main.knownVersion == nil)
        #expect(binary.dependencies.isEmpty)
    }
}
