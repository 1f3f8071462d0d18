/// An object in the graph of an SPDX 3.0 document. Each class uses some of the properties.
///
/// Source: https://spdx.github.io/spdx-spec/v3.0.1/model/.
struct SPDX3Element: Codable, Sendable {
    let type: String
    var spdxId: String?
    var blankId: String?
    var creationInfo: String?
    var name: String?
    var comment: String?

    // CreationInfo
    var specVersion: String?
    var created: String?
    var createdBy: [String]?
    var createdUsing: [String]?

    // SpdxDocument, software_Sbom
    var dataLicense: String?
    var profileConformance: [String]?
    var rootElement: [String]?
    var element: [String]?
    var sbomType: [String]?

    // Agents, software_Package, software_File
    var externalIdentifier: [ExternalIdentifier]?
    var suppliedBy: String?
    var originatedBy: [String]?
    var packageVersion: String?
    var packageUrl: String?
    var copyrightText: String?
    var primaryPurpose: String?
    var additionalPurpose: [String]?
    var verifiedUsing: [Hash]?

    // Relationship
    var from: String?
    var to: [String]?
    var relationshipType: String?
    var completeness: String?

    // Licences
    var licenseExpression: String?
    var customIdToUri: [Entry]?
    var licenseText: String?

    struct ExternalIdentifier: Codable, Sendable {
        var type = "ExternalIdentifier"
        let externalIdentifierType: String
        let identifier: String
    }

    struct Hash: Codable, Sendable {
        var type = "Hash"
        let algorithm: String
        let hashValue: String
        var comment: String?
    }

    struct Entry: Codable, Sendable {
        var type = "DictionaryEntry"
        let key: String
        let value: String
    }

    private enum CodingKeys: String, CodingKey {
        case type, spdxId, creationInfo, name, comment, specVersion, created, createdBy, createdUsing, dataLicense
        case profileConformance, rootElement, element, externalIdentifier, suppliedBy, originatedBy, verifiedUsing
        case from, to, relationshipType, completeness
        case blankId = "@id"
        case sbomType = "software_sbomType"
        case packageVersion = "software_packageVersion"
        case packageUrl = "software_packageUrl"
        case copyrightText = "software_copyrightText"
        case primaryPurpose = "software_primaryPurpose"
        case additionalPurpose = "software_additionalPurpose"
        case licenseExpression = "simplelicensing_licenseExpression"
        case customIdToUri = "simplelicensing_customIdToUri"
        case licenseText = "simplelicensing_licenseText"
    }

    init(_ type: String, _ identifier: String? = nil) {
        self.type = type
        spdxId = identifier
    }
}
