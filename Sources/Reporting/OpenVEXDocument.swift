import Attestation
import GoBinary
import Text
import Verification

/// A document about the vulnerabilities of binaries, as OpenVEX 0.2.0 writes it.
///
/// Scanners compare the names of products and subcomponents with what they scan. A binary has three: the package URL of its main
/// module, by which Trivy knows it, `pkg:generic/NAME@sha256:DIGEST`, by which Grype knows a file, and its digest.
///
/// Source: https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md
public struct OpenVEXDocument: Codable, Sendable {
    let context: String
    let identifier: String
    let author: String
    let timestamp: String
    let version: Int
    let tooling: String
    let statements: [Statement]

    private enum CodingKeys: String, CodingKey {
        case author, timestamp, version, tooling, statements
        case context = "@context"
        case identifier = "@id"
    }

    struct Statement: Codable, Sendable {
        let vulnerability: Vulnerability
        let products: [Product]
        let status: String
        let justification: String?
        let impactStatement: String?
        let actionStatement: String?
        let statusNotes: String?

        private enum CodingKeys: String, CodingKey {
            case vulnerability, products, status, justification
            case impactStatement = "impact_statement"
            case actionStatement = "action_statement"
            case statusNotes = "status_notes"
        }
    }

    struct Vulnerability: Codable, Sendable {
        let identifier: String
        let name: String
        let description: String
        let aliases: [String]?

        private enum CodingKeys: String, CodingKey {
            case name, description, aliases
            case identifier = "@id"
        }
    }

    struct Product: Codable, Sendable {
        let identifier: String
        var identifiers: [String: String]?
        var hashes: [String: String]?
        var subcomponents: [Product]?

        private enum CodingKeys: String, CodingKey {
            case identifiers, hashes, subcomponents
            case identifier = "@id"
        }
    }

    /// Describes the vulnerabilities of binaries.
    ///
    /// - Parameters:
    ///   - version: The version of this program.
    ///   - products: Further names of what the binaries are part of, such as the package URL of an image.
    /// - Throws: If the statements cannot be encoded.
    public init(_ bill: BillOfMaterials, version: String, products: [String] = []) throws {
        context = "https://openvex.dev/ns/v0.2.0"
        author = Identity.name
        timestamp = bill.created
        self.version = 1
        tooling = "\(Identity.name) \(version)"
        let all = VEXStatement.all(in: bill)
        let names = Dictionary(grouping: all, by: { $0.advisory.id }).mapValues(AmbiguousNames.init)
        let statements = all.map {
            Statement($0, products: products, ambiguous: names[$0.advisory.id]?.names ?? [])
        }
        self.statements = statements
        // Another content of one identifier would need a higher version.
        identifier = bill.uniqueURI(with: Array(try JSONReporter.render(statements).utf8))
    }
}

extension OpenVEXDocument.Statement {
    fileprivate init(_ statement: VEXStatement, products: [String], ambiguous: Set<String>) {
        let advisory = statement.advisory
        vulnerability = .init(
            identifier: advisory.page, name: advisory.id, description: advisory.summary,
            aliases: advisory.aliases.isEmpty ? nil : advisory.aliases)
        let parts = OpenVEXDocument.Product.names(of: advisory).map {
            OpenVEXDocument.Product(identifier: $0, identifiers: ["purl": $0])
        }
        self.products =
            statement.binaries.flatMap { OpenVEXDocument.Product.all(of: $0, parts, except: ambiguous) }
            + products.map { .init(identifier: $0, subcomponents: parts) }
        justification = advisory.state.isHarmless ? "vulnerable_code_not_present" : nil
        impactStatement = advisory.state.isHarmless ? statement.explanation : nil
        switch advisory.state {
        case .linked:
            status = "affected"
            actionStatement =
                advisory.fixedVersion.map { "Update \(advisory.module) to \($0) or later." }
                ?? "No fixed version is known."
            statusNotes = statement.explanation
        case .packageOnly, .notLinked:
            status = "not_affected"
            actionStatement = nil
            statusNotes = nil
        case .unknown:
            status = "under_investigation"
            actionStatement = nil
            statusNotes = statement.explanation
        }
    }
}

extension OpenVEXDocument.Product {
    /// The names of a binary.
    fileprivate static func all(
        of binary: BillOfMaterials.Binary, _ parts: [OpenVEXDocument.Product], except ambiguous: Set<String>
    ) -> [OpenVEXDocument.Product] {
        let url = PackageName(binary.main).text.flatMap { ambiguous.contains($0) ? nil : $0 }
        let file = "pkg:generic/\(binary.fileName.lowercased().percentEncoded(keeping: "-._~"))@\(binary.reference)"
        return [
            .init(
                identifier: url ?? "urn:\(binary.reference)", identifiers: url.map { ["purl": $0] },
                hashes: ["sha-256": binary.digest.hexadecimal], subcomponents: parts),
            .init(identifier: file, identifiers: ["purl": file], subcomponents: parts),
        ]
    }

    /// The package URLs of the module of an advisory. Trivy writes the version of the standard library with a v, Grype without.
    fileprivate static func names(of advisory: Advisory) -> [String] {
        let version = advisory.version ?? ""
        let isOfGo = ["stdlib", "toolchain"].contains(advisory.module) && !version.isEmpty
        return (isOfGo ? [version, "v" + version] : [version]).map {
            PackageURL(module: advisory.module, version: $0).text()
        }
    }
}

/// The package URL of the main module, without the path of the package in it: scanners know binaries by their modules.
private struct PackageName {
    /// nil if the module is not known.
    let text: String?

    init(_ main: BillOfMaterials.Component) {
        guard !main.url.module.isEmpty else {
            text = nil
            return
        }
        text = PackageURL(module: main.url.module, version: main.recordedVersion ?? "").text()
    }
}

/// The package URLs of binaries about which an advisory's statements differ: for one of them it is linked, for another it is not. A
/// scanner would take the harmless statement for both, so such binaries are known by their digests only.
private struct AmbiguousNames {
    let names: Set<String>

    init(_ statements: [VEXStatement]) {
        let named = statements.flatMap { statement in
            Set(statement.binaries.compactMap { PackageName($0.main).text }).map {
                ($0, statement.advisory.state.isHarmless)
            }
        }
        let states = Dictionary(named.map { ($0, Set([$1])) }) { $0.union($1) }
        names = Set(states.filter { $1.count > 1 }.keys)
    }
}
