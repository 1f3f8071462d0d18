import Attestation

extension SPDXDocument {
    /// A package: a binary, or a module.
    struct Package: Codable, Sendable {
        let identifier: String
        let name: String
        let versionInfo: String?
        let packageFileName: String?
        let supplier: String
        let downloadLocation: String
        let filesAnalyzed: Bool
        let primaryPackagePurpose: String
        let checksums: [Checksum]?
        let licenseConcluded: String
        let licenseDeclared: String
        let licenseComments: String?
        let copyrightText: String
        let comment: String?
        let externalRefs: [ExternalReference]

        private enum CodingKeys: String, CodingKey {
            case name, versionInfo, packageFileName, supplier, downloadLocation, filesAnalyzed, primaryPackagePurpose,
                checksums
            case licenseConcluded, licenseDeclared, licenseComments, copyrightText, comment, externalRefs
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
        let comment: String?
    }
}

extension SPDXDocument.Package {
    init(_ identifier: String, _ binary: BillOfMaterials.Binary) {
        let main = binary.main
        let checksums = [SPDXDocument.Checksum(algorithm: "SHA256", checksumValue: binary.digest.hexadecimal)]
        let long = binary.longDigest.map { [SPDXDocument.Checksum(algorithm: "SHA512", checksumValue: $0.hexadecimal)] }
        self.init(
            identifier: identifier, name: binary.path, versionInfo: main.version, packageFileName: binary.fileName,
            supplier: main.supplier?.spdxText ?? "NOASSERTION", downloadLocation: "NOASSERTION", filesAnalyzed: false,
            primaryPackagePurpose: "APPLICATION", checksums: checksums + (long ?? []), licenseConcluded: main.concluded,
            licenseDeclared: main.declared, licenseComments: main.license?.comment, copyrightText: main.copyrightText,
            comment: main.note == nil ? "main module \(main.name)" : nil, externalRefs: main.spdxReferences)
    }

    init(_ identifier: String, _ component: BillOfMaterials.Component) {
        self.init(
            identifier: identifier, name: component.name, versionInfo: component.version, packageFileName: nil,
            supplier: component.supplier?.spdxText ?? "NOASSERTION", downloadLocation: "NOASSERTION",
            filesAnalyzed: false,
            primaryPackagePurpose: "LIBRARY", checksums: nil, licenseConcluded: component.concluded,
            licenseDeclared: component.declared, licenseComments: component.license?.comment,
            copyrightText: component.copyrightText, comment: component.remark,
            externalRefs: component.spdxReferences)
    }
}

extension BillOfMaterials.Component {
    /// The SPDX expression that applies; NONE if the sources say nothing about a licence.
    var concluded: String { license?.expression ?? (hasNoLicense ? "NONE" : "NOASSERTION") }

    /// The SPDX expression that the authors state. Of several files it is not known whether one of them may be chosen.
    var declared: String {
        guard let license else { return concluded }
        return license.isDeclared ? license.expression : "NOASSERTION"
    }

    /// The statements of copyright; NONE if the sources have none.
    var copyrightText: String {
        copyrights.map { $0.isEmpty ? "NONE" : $0.joined(separator: "\n") } ?? "NOASSERTION"
    }

    /// What Go's sum of a module is.
    static let sumMeaning =
        "Go's sum of the module, as in go.sum: SHA-256 of a list of its files and their digests, in base64. It is not the digest of an archive."

    /// The package URL, and Go's sum. An SPDX checksum would be the digest of a file, which Go's sum is not.
    fileprivate var spdxReferences: [SPDXDocument.ExternalReference] {
        let url = SPDXDocument.ExternalReference(
            referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: packageURL, comment: nil)
        guard !sum.isEmpty else { return [url] }
        return [
            url,
            SPDXDocument.ExternalReference(
                referenceCategory: "OTHER", referenceType: "go-module-sum", referenceLocator: sum,
                comment: Self.sumMeaning),
        ]
    }
}
