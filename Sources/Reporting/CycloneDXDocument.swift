import Attestation
import Licensing
import Verification

/// A bill of materials as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/).
public struct CycloneDXDocument: BillDocument {
    let bomFormat: String
    let specVersion: String
    let version: Int
    let serialNumber: String
    let metadata: Metadata
    let components: [Component]
    let dependencies: [Dependency]
    let compositions: [Composition]
    /// nil if no binary was looked up.
    let vulnerabilities: [Vulnerability]?

    /// The `predicateType` of a statement with such a document.
    public static let predicateType = "https://cyclonedx.org/bom/v1.6"

    struct Metadata: Codable, Sendable {
        let timestamp: String
        let lifecycles: [Lifecycle]
        let tools: Tools
        /// The binary, or the matrix if there are several.
        let component: Component
        let manufacturer: Organization?
        let supplier: Organization?
    }

    /// The phase in which the document is made.
    struct Lifecycle: Codable, Sendable {
        let phase: String
    }

    struct Tools: Codable, Sendable {
        let components: [Component]
    }

    struct Dependency: Codable, Sendable {
        let ref: String
        let dependsOn: [String]
    }

    /// How much is known of what components consist of, or depend on.
    struct Composition: Codable, Sendable {
        let aggregate: String
        let assemblies: [String]?
        let dependencies: [String]?
    }

    /// Describes binaries and their modules.
    ///
    /// - Parameter version: The version of this program.
    public init(_ bill: BillOfMaterials, version: String) {
        let modules = CycloneDXDocument.references(bill.components)
        let names = Dictionary(uniqueKeysWithValues: modules)
        let binaries = bill.binaries.map(Component.init)
        let isSingle = binaries.count == 1
        var tool = Component(type: "application", reference: nil, name: Identity.name)
        tool.version = version
        bomFormat = "CycloneDX"
        specVersion = "1.6"
        self.version = 1
        serialNumber = bill.uniqueURI
        let author = bill.author.map(Organization.init)
        let isOfBuild = bill.binaries.allSatisfy(\.isOfBuild)
        metadata = Metadata(
            timestamp: bill.created, lifecycles: [Lifecycle(phase: isOfBuild ? "build" : "post-build")],
            tools: Tools(components: [tool]),
            component: isSingle ? binaries[0] : CycloneDXDocument.whole(of: bill), manufacturer: author,
            supplier: author)
        components = (isSingle ? [] : binaries) + modules.map { Component($0.0, reference: $0.1) }
        let edges = bill.binaries.map { binary in
            Dependency(ref: binary.reference, dependsOn: binary.direct.compactMap { names[$0] })
        }
        vulnerabilities = Vulnerability.all(in: bill)
        let between = bill.edges
        let inner = modules.compactMap { component, reference in
            between[component].map { Dependency(ref: reference, dependsOn: $0.compactMap { names[$0] }) }
        }
        dependencies = (isSingle ? [] : [Dependency(ref: "matrix", dependsOn: edges.map(\.ref))]) + edges + inner
        compositions = CycloneDXDocument.compositions(bill, known: inner.map(\.ref), all: modules.map(\.1))
    }

    /// The matrix of several binaries. It has a version and a licence if they all have the same.
    private static func whole(of bill: BillOfMaterials) -> Component {
        var whole = Component(type: "application", reference: "matrix", name: "\(Identity.name) matrix")
        let versions = Set(bill.binaries.map(\.main.version))
        whole.version = versions.count == 1 ? versions.first ?? nil : nil
        whole.supplier = bill.author.map(Organization.init)
        return whole
    }

    /// The components with names that are unique in the document: the package URL, and a number if two have the same.
    private static func references(_ components: [BillOfMaterials.Component]) -> [(BillOfMaterials.Component, String)] {
        var seen: [String: Int] = [:]
        return components.map { component in
            let count = seen[component.packageURL, default: 0] + 1
            seen[component.packageURL] = count
            return (component, component.packageURL + (count > 1 ? "#\(count)" : ""))
        }
    }

    /// What is in a binary is known from its linker; which module imports which, only from the sources.
    private static func compositions(_ bill: BillOfMaterials, known: [String], all: [String]) -> [Composition] {
        let complete = bill.binaries.filter(\.isComplete).map(\.reference)
        let incomplete = bill.binaries.filter { !$0.isComplete }.map(\.reference)
        let knownParts = Set(known)
        let unknown = all.filter { !knownParts.contains($0) }
        return [
            Composition(
                aggregate: "complete", assemblies: complete.isEmpty ? nil : complete,
                dependencies: known.isEmpty ? nil : known),
            Composition(aggregate: "incomplete", assemblies: incomplete, dependencies: nil),
            Composition(aggregate: "unknown", assemblies: nil, dependencies: unknown),
        ].filter { $0.assemblies?.isEmpty == false || $0.dependencies?.isEmpty == false }
    }
}
