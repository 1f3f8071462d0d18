import Attestation
import Foundation
import Testing
import Verification

@testable import GoBinary
@testable import Reporting

/// OpenVEX documents, by the rules of the specification (https://github.com/openvex/spec, "Status Labels") and by how go-vex, which
/// Trivy and Grype use, compares names.
struct VEXTests {
    private static let info = BuildInfo(
        goVersion: "go1.22.1",
        text: "path\texample.com/app/cmd/app\nmod\texample.com/App\tv1.0.0\t\ndep\texample.com/lib\tv1.1.0\th1:x=\n")

    private static func binary(_ path: String, _ advisories: [Advisory]) -> BillOfMaterials.Binary {
        var binary = BillOfMaterials.Binary(path: path, digest: Digest(of: Array(path.utf8)), buildInfo: info)
        binary.advisories = AdvisoryScan(databaseModified: "2026-01-01T00:00:00Z", advisories: advisories)
        return binary
    }

    private static func advisory(
        _ state: Advisory.State, module: String = "example.com/lib", version: String? = "v1.1.0"
    ) -> Advisory {
        Advisory(
            id: "GO-2026-0001", aliases: ["CVE-2026-0001"], summary: "A fault", module: module, version: version,
            fixedVersion: "v1.2.0", state: state, functions: ["example.com/lib.F"], reason: "no names")
    }

    private static func document(_ binaries: [BillOfMaterials.Binary], products: [String] = []) throws
        -> OpenVEXDocument
    {
        try OpenVEXDocument(
            BillOfMaterials(binaries: binaries, created: "2026-01-01T00:00:00Z"), version: "1.0.0", products: products)
    }

    @Test(
        "Each state has the status, and each status what the specification demands",
        arguments: [
            (Advisory.State.linked, "affected"), (.packageOnly, "not_affected"), (.notLinked, "not_affected"),
            (.unknown, "under_investigation"),
        ])
    func status(state: Advisory.State, status: String) throws {
        let statement = try #require(Self.document([Self.binary("dist/app", [Self.advisory(state)])]).statements.first)
        #expect(statement.status == status)
        #expect((statement.justification == "vulnerable_code_not_present") == (status == "not_affected"))
        #expect((statement.actionStatement != nil) == (status == "affected"))
        #expect(statement.vulnerability.name == "GO-2026-0001")
        #expect(statement.vulnerability.aliases == ["CVE-2026-0001"])
    }

    @Test("A binary has the names by which scanners know it, and its module those of a part")
    func names() throws {
        let digest = Digest(of: Array("dist/App".utf8))
        let binary = Self.binary("dist/App", [Self.advisory(.notLinked)])
        let products = try #require(Self.document([binary], products: ["pkg:oci/app"]).statements.first).products
        #expect(
            products.map(\.identifier) == [
                "pkg:golang/example.com/app@v1.0.0", "pkg:generic/app@sha256:\(digest)", "pkg:oci/app",
            ])
        #expect(products[0].hashes == ["sha-256": digest.hexadecimal])
        #expect(products.allSatisfy { $0.subcomponents?.map(\.identifier) == ["pkg:golang/example.com/lib@v1.1.0"] })
    }

    @Test("The version of the standard library is written as both scanners write it")
    func library() throws {
        let advisory = Self.advisory(.notLinked, module: "stdlib", version: "1.22.1")
        let product = try #require(Self.document([Self.binary("a", [advisory])]).statements.first?.products.first)
        #expect(
            product.subcomponents?.map(\.identifier) == ["pkg:golang/stdlib@1.22.1", "pkg:golang/stdlib@v1.22.1"])
    }

    @Test("Builds that differ are known by their digests, so that a scanner does not take one for the other")
    func differingBuilds() throws {
        let document = try Self.document([
            Self.binary("amd64", [Self.advisory(.linked)]), Self.binary("arm64", [Self.advisory(.notLinked)]),
        ])
        #expect(document.statements.map(\.status).sorted() == ["affected", "not_affected"])
        for product in document.statements.flatMap(\.products) {
            #expect(product.identifier.contains("sha256:"))
            #expect(product.identifiers?["purl"]?.hasPrefix("pkg:golang/") != true)
        }
    }

    @Test("Builds that agree are told once")
    func equalBuilds() throws {
        let binaries = ["amd64", "arm64"].map { Self.binary($0, [Self.advisory(.notLinked)]) }
        #expect(try Self.document(binaries).statements.map(\.products.count) == [4])
    }

    @Test("Documents with different statements have different identifiers, and equal ones the same")
    func identifiers() throws {
        let states: [[Advisory]] = [[], [Self.advisory(.linked)], [Self.advisory(.notLinked)]]
        let documents = try states.map { try Self.document([Self.binary("dist/app", $0)]) }
        let others = try [Self.document([Self.binary("dist/app", states[1])], products: ["pkg:oci/app"])]
        #expect(Set((documents + others).map(\.identifier)).count == 4)
        #expect(try Self.document([Self.binary("dist/app", states[1])]).identifier == documents[1].identifier)
        for identifier in documents.map(\.identifier) {
            #expect(
                try /urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}/.wholeMatch(in: identifier)
                    != nil)
        }
    }

    @Test("A bill has vulnerabilities only if they were looked up")
    func bill() throws {
        let without = BillOfMaterials.Binary(path: "a", digest: Digest(of: []), buildInfo: Self.info)
        let bill = BillOfMaterials(binaries: [without], created: "2026-01-01T00:00:00Z")
        #expect(CycloneDXDocument(bill, version: "1.0.0").vulnerabilities == nil)
        let looked = BillOfMaterials(
            binaries: [Self.binary("a", [Self.advisory(.linked)])], created: "2026-01-01T00:00:00Z")
        let vulnerability = try #require(CycloneDXDocument(looked, version: "1.0.0").vulnerabilities?.first)
        #expect(vulnerability.affects.map(\.ref) == ["pkg:golang/example.com/lib@v1.1.0"])
        #expect(vulnerability.analysis.state == "exploitable")
    }
}
