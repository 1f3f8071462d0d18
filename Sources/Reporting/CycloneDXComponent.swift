import Attestation
import GoBinary
import Licensing
import Verification

extension CycloneDXDocument {
    /// A binary, or a module.
    struct Component: Codable, Sendable {
        let type: String
        let reference: String?
        let name: String
        var version: String?
        var supplier: Organization?
        var copyright: String?
        var licenses: [License]?
        var purl: String?
        var hashes: [Hash]?
        var pedigree: Pedigree?
        var properties: [Property]?

        private enum CodingKeys: String, CodingKey {
            case type, name, version, supplier, copyright, licenses, purl, hashes, pedigree, properties
            case reference = "bom-ref"
        }

        init(type: String, reference: String?, name: String) {
            self.type = type
            self.reference = reference
            self.name = name
        }
    }

    struct Organization: Codable, Sendable {
        let name: String
        let url: [String]?
        let contact: [Contact]?

        struct Contact: Codable, Sendable {
            let email: String
        }

        init(_ supplier: Supplier) {
            name = supplier.name
            url = supplier.web.map { [$0] }
            contact = supplier.mail.map { [Contact(email: $0)] }
        }
    }

    /// A licence, or an expression of several.
    struct License: Codable, Sendable {
        var license: Named?
        var expression: String?
        /// `declared` or `concluded`, of an expression.
        var acknowledgement: String?

        struct Named: Codable, Sendable {
            var id: String?
            var name: String?
            var text: Text?
            let acknowledgement: String

            struct Text: Codable, Sendable {
                let content: String
            }
        }
    }

    struct Hash: Codable, Sendable {
        let alg: String
        let content: String
    }

    /// What a component was made from.
    struct Pedigree: Codable, Sendable {
        let ancestors: [Component]?
        let notes: String
    }

    struct Property: Codable, Sendable {
        let name: String
        let value: String
    }
}

extension CycloneDXDocument.Component {
    init(_ binary: BillOfMaterials.Binary) {
        self.init(type: "application", reference: binary.reference, name: binary.path)
        describe(binary.main)
        hashes = [.init(alg: "SHA-256", content: binary.digest.hexadecimal)]
        if let long = binary.longDigest { hashes?.append(.init(alg: "SHA-512", content: long.hexadecimal)) }
        // The properties that BSI TR-03183-2 asks for (https://github.com/BSI-Bund/tr-03183-cyclonedx-property-taxonomy).
        properties = [
            ("filename", binary.fileName), ("executable", "executable"), ("archive", "no archive"),
            ("structured", "structured"),
        ].map { .init(name: "bsi:component:\($0.0)", value: $0.1) }
    }

    init(_ component: BillOfMaterials.Component, reference: String) {
        self.init(type: "library", reference: reference, name: component.name)
        describe(component)
        if !component.sum.isEmpty {
            properties = [.init(name: "\(Identity.name):go:sum", value: component.sum)]
        }
        if component.note != nil {
            properties = [.init(name: "\(Identity.name):source", value: ".note.package")]
        }
        if let replaced = component.replaced {
            pedigree = .init(replaced, of: component.name)
        }
    }

    private mutating func describe(_ component: BillOfMaterials.Component) {
        version = component.version
        supplier = component.supplier.map { .init($0) }
        purl = component.packageURL
        if let found = component.copyrights, !found.isEmpty { copyright = found.joined(separator: "\n") }
        licenses = component.license.map { [.init($0)] }
    }
}

extension CycloneDXDocument.License {
    fileprivate init(_ license: BillLicense) {
        let acknowledgement = license.isDeclared ? "declared" : "concluded"
        guard !license.expression.contains(" ") else {
            self.init(expression: license.expression, acknowledgement: acknowledgement)
            return
        }
        let text = license.extracted.first
        self.init(
            license: Named(
                id: text == nil ? license.expression : nil, name: text?.identifier,
                text: text.map { .init(content: $0.text) }, acknowledgement: acknowledgement))
    }
}

extension CycloneDXDocument.Pedigree {
    fileprivate init(_ replaced: BillOfMaterials.Component.Replaced, of name: String) {
        notes = replaced.text(of: name)
        guard case .module(let old) = replaced else {
            ancestors = nil
            return
        }
        var ancestor = CycloneDXDocument.Component(type: "library", reference: nil, name: old.module)
        ancestor.version = old.knownVersion
        ancestor.purl = old.text()
        ancestors = [ancestor]
    }
}
