import Attestation
import Licensing
import Verification

/// A bill of materials as SPDX 3.0.1, in JSON-LD (https://spdx.github.io/spdx-spec/v3.0.1/).
public struct SPDX3Document: BillDocument {
    let context: String
    let graph: [SPDX3Element]

    /// The `predicateType` of a statement with such a document.
    public static let predicateType = "https://spdx.dev/Document/v3.0.1"

    private enum CodingKeys: String, CodingKey {
        case context = "@context"
        case graph = "@graph"
    }

    /// Describes binaries and their modules.
    ///
    /// - Parameter version: The version of this program.
    public init(_ bill: BillOfMaterials, version: String) {
        var writer = SPDX3Writer(bill)
        writer.write(version: version)
        context = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
        graph = writer.graph
    }
}

/// Collects the objects of a document.
private struct SPDX3Writer {
    private(set) var graph: [SPDX3Element] = []
    private let bill: BillOfMaterials
    private let base: String
    private static let creation = "_:creation"
    private var agents: [Supplier: String] = [:]
    private var licenses: [String: String] = [:]
    private var relationships = 0

    init(_ bill: BillOfMaterials) {
        self.bill = bill
        base = bill.uniqueURI + "#"
    }

    mutating func write(version: String) {
        var creation = SPDX3Element("CreationInfo")
        creation.blankId = Self.creation
        creation.specVersion = "3.0.1"
        creation.created = bill.created
        let tool = add("Tool", "Tool") { $0.name = "\(Identity.name)-\(version)" }
        creation.createdUsing = [tool]
        let author = bill.author.map { agent($0) } ?? add("SoftwareAgent", "Author") { $0.name = Identity.name }
        creation.createdBy = [author]
        for text in bill.extractedTexts {
            _ = add("simplelicensing_SimpleLicensingText", text.identifier) {
                $0.name = text.file
                $0.licenseText = text.text
            }
        }
        let packages = packages()
        let sbom = base + "Sbom"
        let elements = graph.compactMap(\.spdxId)
        let isOfBuild = bill.binaries.allSatisfy(\.isOfBuild)
        _ = add("software_Sbom", "Sbom") {
            $0.sbomType = [isOfBuild ? "build" : "analyzed"]
            $0.profileConformance = ["core", "software", "simpleLicensing"]
            $0.rootElement = packages
            $0.element = elements
        }
        let name = bill.binaries.count == 1 ? bill.binaries[0].path : Identity.name
        let license = self.license("CC0-1.0")
        _ = add("SpdxDocument", "Document") {
            $0.name = name
            $0.dataLicense = license
            $0.profileConformance = ["core", "software", "simpleLicensing"]
            $0.rootElement = [sbom]
            $0.element = elements + [sbom]
        }
        graph.insert(creation, at: 0)
    }

    /// Writes binaries, modules, and what depends on what.
    private mutating func packages() -> [String] {
        let components = bill.components
        let names = Dictionary(uniqueKeysWithValues: components.enumerated().map { ($1, base + "Module-\($0 + 1)") })
        var files: [BillOfMaterials.Component: [String]] = [:]
        var roots: [String] = []
        for (index, binary) in bill.binaries.enumerated() {
            let package = package(binary.main, "Binary-\(index + 1)", name: binary.path, purpose: "application")
            let file = file(of: binary, "File-\(index + 1)")
            relate(package, "hasDistributionArtifact", [file])
            relate(
                package, "dependsOn", binary.direct.compactMap { names[$0] },
                completeness: binary.isComplete ? "complete" : "incomplete")
            for component in binary.dependencies { files[component, default: []].append(file) }
            roots.append(package)
        }
        let between = bill.edges
        for (index, component) in components.enumerated() {
            let package = package(component, "Module-\(index + 1)", name: component.name, purpose: "library")
            // A module is delivered in the programs that it is linked into, and in no other form.
            relate(package, "hasDistributionArtifact", files[component] ?? [])
            relate(package, "dependsOn", (between[component] ?? []).compactMap { names[$0] }, completeness: "complete")
        }
        return roots
    }

    private mutating func package(
        _ component: BillOfMaterials.Component, _ identifier: String, name: String, purpose: String
    ) -> String {
        let supplier = component.supplier.map { agent($0) }
        let package = add("software_Package", identifier) {
            $0.name = name
            $0.packageVersion = component.version
            $0.packageUrl = component.packageURL
            $0.externalIdentifier = [
                .init(externalIdentifierType: "packageUrl", identifier: component.packageURL)
            ]
            $0.suppliedBy = supplier
            $0.originatedBy = supplier.map { [$0] }
            $0.copyrightText = component.copyrightText
            $0.primaryPurpose = purpose
            $0.comment = purpose == "library" ? component.remark : component.replaced?.text(of: component.name)
            if !component.sum.isEmpty {
                $0.verifiedUsing = [
                    .init(
                        algorithm: "other", hashValue: component.sum, comment: BillOfMaterials.Component.sumMeaning)
                ]
            }
        }
        for (relation, expression) in [
            ("hasConcludedLicense", component.concluded), ("hasDeclaredLicense", component.declared),
        ] where expression != "NOASSERTION" {
            relate(package, relation, [license(expression, component.license?.extracted ?? [])])
        }
        return package
    }

    private mutating func file(of binary: BillOfMaterials.Binary, _ identifier: String) -> String {
        add("software_File", identifier) {
            $0.name = binary.fileName
            $0.primaryPurpose = "executable"
            // BSI TR-03183-2: "container" is a file that says what is in it. The linker writes the list of modules into it.
            $0.additionalPurpose = ["container"]
            $0.verifiedUsing = [.init(algorithm: "sha256", hashValue: binary.digest.hexadecimal)]
            if let long = binary.longDigest {
                $0.verifiedUsing?.append(.init(algorithm: "sha512", hashValue: long.hexadecimal))
            }
        }
    }

    private mutating func agent(_ supplier: Supplier) -> String {
        if let known = agents[supplier] { return known }
        let name = add("Organization", "Organization-\(agents.count + 1)") {
            $0.name = supplier.name
            let mail = supplier.mail.map {
                SPDX3Element.ExternalIdentifier(externalIdentifierType: "email", identifier: $0)
            }
            let web = supplier.web.map {
                SPDX3Element.ExternalIdentifier(externalIdentifierType: "urlScheme", identifier: $0)
            }
            $0.externalIdentifier = (mail ?? web).map { [$0] }
        }
        agents[supplier] = name
        return name
    }

    private mutating func license(_ expression: String, _ texts: [BillLicense.Extracted] = []) -> String {
        if expression == "NONE" { return "expandedlicensing_NoneLicense" }
        if let known = licenses[expression] { return known }
        let base = base
        let name = add("simplelicensing_LicenseExpression", "License-\(licenses.count + 1)") {
            $0.licenseExpression = expression
            let entries = texts.map { SPDX3Element.Entry(key: $0.identifier, value: base + $0.identifier) }
            $0.customIdToUri = entries.isEmpty ? nil : entries
        }
        licenses[expression] = name
        return name
    }

    private mutating func relate(_ from: String, _ type: String, _ to: [String], completeness: String? = nil) {
        guard !to.isEmpty else { return }
        relationships += 1
        _ = add("Relationship", "Relationship-\(relationships)") {
            $0.from = from
            $0.relationshipType = type
            $0.to = to
            $0.completeness = completeness
        }
    }

    private mutating func add(_ type: String, _ name: String, _ fill: (inout SPDX3Element) -> Void) -> String {
        var element = SPDX3Element(type, base + name)
        element.creationInfo = Self.creation
        fill(&element)
        graph.append(element)
        return base + name
    }
}
