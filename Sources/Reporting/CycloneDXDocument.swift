import Attestation
import Verification

/// A bill of materials as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/).
public struct CycloneDXDocument: Codable, Sendable {
    let bomFormat: String
    let specVersion: String
    let version: Int
    let serialNumber: String
    let metadata: Metadata
    let components: [Component]
    let dependencies: [Dependency]
    /// nil if no binary was looked up.
    let vulnerabilities: [Vulnerability]?

    /// The `predicateType` of a statement with such a document.
    public static let predicateType = "https://cyclonedx.org/bom/v1.6"

    struct Metadata: Codable, Sendable {
        let timestamp: String
        let tools: Tools
        /// The binary, or the matrix if there are several.
        let component: Component
    }

    struct Tools: Codable, Sendable {
        let components: [Component]
    }

    struct Component: Codable, Sendable {
        let type: String
        let reference: String?
        let name: String
        let version: String?
        let purl: String?
        let hashes: [Hash]?
        let properties: [Property]?

        private enum CodingKeys: String, CodingKey {
            case type, name, version, purl, hashes, properties
            case reference = "bom-ref"
        }
    }

    struct Hash: Codable, Sendable {
        let alg: String
        let content: String
    }

    struct Property: Codable, Sendable {
        let name: String
        let value: String
    }

    struct Dependency: Codable, Sendable {
        let ref: String
        let dependsOn: [String]
    }

    /// Describes binaries and their modules.
    ///
    /// - Parameter version: The version of this program.
    public init(_ bill: BillOfMaterials, version: String) {
        let modules = bill.components
        let binaries = bill.binaries.map(Component.init)
        let isSingle = binaries.count == 1
        let whole = Component(
            type: "application", reference: "matrix", name: "\(Identity.name) matrix", version: nil, purl: nil,
            hashes: nil,
            properties: nil)
        bomFormat = "CycloneDX"
        specVersion = "1.6"
        self.version = 1
        serialNumber = bill.uniqueURI
        metadata = Metadata(
            timestamp: bill.created,
            tools: Tools(components: [
                Component(
                    type: "application", reference: nil, name: Identity.name, version: version, purl: nil, hashes: nil,
                    properties: nil)
            ]), component: isSingle ? binaries[0] : whole)
        components = (isSingle ? [] : binaries) + modules.map(Component.init)
        let edges = bill.binaries.map { binary in
            Dependency(ref: "sha256:\(binary.digest)", dependsOn: binary.dependencies.map(\.packageURL))
        }
        vulnerabilities = Vulnerability.all(in: bill)
        dependencies = (isSingle ? [] : [Dependency(ref: "matrix", dependsOn: edges.map(\.ref))]) + edges
    }
}

extension CycloneDXDocument.Component {
    fileprivate init(_ binary: BillOfMaterials.Binary) {
        self.init(
            type: "application", reference: "sha256:\(binary.digest)", name: binary.path,
            version: binary.main.knownVersion, purl: binary.main.packageURL,
            hashes: [.init(alg: "SHA-256", content: binary.digest.hexadecimal)], properties: nil)
    }

    fileprivate init(_ component: BillOfMaterials.Component) {
        self.init(
            type: "library", reference: component.packageURL, name: component.name, version: component.knownVersion,
            purl: component.packageURL, hashes: nil,
            properties: component.sum.isEmpty
                ? nil : [.init(name: "\(Identity.name):go:sum", value: component.sum)])
    }
}
