import Attestation
import Licensing
import Verification

/// A bill of materials as SPDX 2.3 (https://spdx.github.io/spdx-spec/v2.3/).
public struct SPDXDocument: BillDocument {
    let spdxVersion: String
    let dataLicense: String
    let identifier: String
    let name: String
    let documentNamespace: String
    let creationInfo: CreationInfo
    let documentDescribes: [String]
    let packages: [Package]
    let relationships: [Relationship]
    let hasExtractedLicensingInfos: [ExtractedLicense]?

    /// The `predicateType` of a statement with such a document.
    public static let predicateType = "https://spdx.dev/Document/v2.3"

    private enum CodingKeys: String, CodingKey {
        case spdxVersion, dataLicense, name, documentNamespace, creationInfo, documentDescribes, packages, relationships
        case hasExtractedLicensingInfos
        case identifier = "SPDXID"
    }

    struct CreationInfo: Codable, Sendable {
        let created: String
        let creators: [String]
    }

    struct Relationship: Codable, Sendable {
        let spdxElementId: String
        let relationshipType: String
        let relatedSpdxElement: String
        let comment: String?
    }

    struct ExtractedLicense: Codable, Sendable {
        let licenseId: String
        let extractedText: String
        let name: String
    }

    /// Describes binaries and their modules.
    ///
    /// - Parameter version: The version of this program.
    public init(_ bill: BillOfMaterials, version: String) {
        let components = bill.components
        let identifiers = Dictionary(
            uniqueKeysWithValues: components.enumerated().map { ($1, "SPDXRef-Module-\($0 + 1)") })
        let binaries = bill.binaries.enumerated().map { ("SPDXRef-Binary-\($0 + 1)", $1) }
        spdxVersion = "SPDX-2.3"
        dataLicense = "CC0-1.0"
        identifier = "SPDXRef-DOCUMENT"
        name = bill.binaries.count == 1 ? bill.binaries[0].path : Identity.name
        documentNamespace = bill.uniqueURI
        let tool = "Tool: \(Identity.name)-\(version)"
        creationInfo = CreationInfo(
            created: bill.created, creators: [tool] + (bill.author.map { [$0.spdxText] } ?? []))
        documentDescribes = binaries.map(\.0)
        packages = binaries.map(Package.init) + components.map { Package(identifiers[$0] ?? "", $0) }
        func edges(
            _ from: String, _ others: [BillOfMaterials.Component], _ comment: String? = nil
        ) -> [Relationship] {
            others.compactMap { identifiers[$0] }.map {
                Relationship(
                    spdxElementId: from, relationshipType: "DEPENDS_ON", relatedSpdxElement: $0, comment: comment)
            }
        }
        let between = bill.edges
        relationships =
            binaries.map {
                Relationship(
                    spdxElementId: "SPDXRef-DOCUMENT", relationshipType: "DESCRIBES", relatedSpdxElement: $0.0,
                    comment: nil)
            }
            + binaries.flatMap { name, binary in edges(name, binary.direct, binary.completeness) }
            + components.flatMap { edges(identifiers[$0] ?? "", between[$0] ?? []) }
        let texts = bill.extractedTexts.map {
            ExtractedLicense(licenseId: $0.identifier, extractedText: $0.text, name: $0.file)
        }
        hasExtractedLicensingInfos = texts.isEmpty ? nil : texts
    }
}

extension BillOfMaterials.Binary {
    /// How much the list of dependencies says, in words.
    var completeness: String? {
        let unknownC =
            main.note == nil
            ? "The program is not built with CGO_ENABLED=0: C libraries in it are listed only if notes of it name them."
            : "Only what notes of the program name is listed."
        guard edges == nil, main.note == nil else { return isComplete ? nil : unknownC }
        return "The module is linked into the program. Which module imports it is not known."
            + (isComplete ? "" : " " + unknownC)
    }
}

extension Supplier {
    /// `Organization: Example Corp (security@example.com)`. SPDX takes only an email address there.
    var spdxText: String { "Organization: \(name)" + (mail.map { " (\($0))" } ?? "") }
}
