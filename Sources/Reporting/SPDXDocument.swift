import Attestation
import Verification

/// A bill of materials as SPDX 2.3 (https://spdx.github.io/spdx-spec/v2.3/).
public struct SPDXDocument: Codable, Sendable {
    let spdxVersion: String
    let dataLicense: String
    let identifier: String
    let name: String
    let documentNamespace: String
    let creationInfo: CreationInfo
    let documentDescribes: [String]
    let packages: [Package]
    let relationships: [Relationship]

    /// The `predicateType` of a statement with such a document.
    public static let predicateType = "https://spdx.dev/Document/v2.3"

    private enum CodingKeys: String, CodingKey {
        case spdxVersion, dataLicense, name, documentNamespace, creationInfo, documentDescribes, packages, relationships
        case identifier = "SPDXID"
    }

    struct CreationInfo: Codable, Sendable {
        let created: String
        let creators: [String]
    }

    struct Package: Codable, Sendable {
        let identifier: String
        let name: String
        let versionInfo: String?
        let downloadLocation: String
        let filesAnalyzed: Bool
        let primaryPackagePurpose: String
        let checksums: [Checksum]?
        let comment: String?
        let externalRefs: [ExternalReference]

        private enum CodingKeys: String, CodingKey {
            case name, versionInfo, downloadLocation, filesAnalyzed, primaryPackagePurpose, checksums, comment,
                externalRefs
            case identifier = "SPDXID"
        }
    }

    struct Checksum: Codable, Sendable {
        let algorithm: String
        let checksumValue: String
    }

    struct ExternalReference: Codable, Sendable {
        let referenceCategory: String
        let referenceType: String
        let referenceLocator: String
    }

    struct Relationship: Codable, Sendable {
        let spdxElementId: String
        let relationshipType: String
        let relatedSpdxElement: String
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
        creationInfo = CreationInfo(created: bill.created, creators: ["Tool: \(Identity.name)-\(version)"])
        documentDescribes = binaries.map(\.0)
        packages = binaries.map(Package.init) + components.map { Package(identifiers[$0] ?? "", $0) }
        relationships =
            binaries.map {
                Relationship(
                    spdxElementId: "SPDXRef-DOCUMENT", relationshipType: "DESCRIBES", relatedSpdxElement: $0.0)
            }
            + binaries.flatMap { name, binary in
                binary.dependencies.compactMap { identifiers[$0] }.map {
                    Relationship(spdxElementId: name, relationshipType: "DEPENDS_ON", relatedSpdxElement: $0)
                }
            }
    }
}

extension SPDXDocument.Package {
    fileprivate init(_ identifier: String, _ binary: BillOfMaterials.Binary) {
        self.init(
            identifier: identifier, name: binary.path, versionInfo: binary.main.knownVersion,
            downloadLocation: "NOASSERTION", filesAnalyzed: false, primaryPackagePurpose: "APPLICATION",
            checksums: [.init(algorithm: "SHA256", checksumValue: binary.digest.hexadecimal)],
            comment: "main module \(binary.main.name)", externalRefs: [.init(binary.main)])
    }

    fileprivate init(_ identifier: String, _ component: BillOfMaterials.Component) {
        // Go's sum is over a list of files, so it is not an SPDX checksum.
        self.init(
            identifier: identifier, name: component.name, versionInfo: component.knownVersion,
            downloadLocation: "NOASSERTION", filesAnalyzed: false, primaryPackagePurpose: "LIBRARY", checksums: nil,
            comment: component.sum.isEmpty ? nil : "Go module sum \(component.sum)", externalRefs: [.init(component)])
    }
}

extension SPDXDocument.ExternalReference {
    fileprivate init(_ component: BillOfMaterials.Component) {
        self.init(
            referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: component.packageURL)
    }
}
