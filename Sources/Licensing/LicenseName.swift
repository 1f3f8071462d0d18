/// A licence by its SPDX identifier, for decisions about it.
public struct LicenseName: Sendable, Hashable, CustomStringConvertible {
    /// The identifier as it was written.
    public let description: String

    /// The identifiers of the licences that are recognized.
    public static let known = (ShortLicense.all.map(\.identifier) + LongLicense.all.map(\.identifier)).sorted()
        .reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }

    /// Reads an identifier; nil if it is not one of a licence that is recognized.
    public init?(_ text: String) {
        guard let name = LicenseName.known.first(where: { $0.lowercased() == LicenseName.base(text) }) else {
            return nil
        }
        description = name
    }

    /// Reads an identifier.
    ///
    /// - Throws: `LicensingError` if it is not one of a licence that is recognized.
    public init(parsing text: String) throws(LicensingError) {
        guard let name = LicenseName(text) else { throw .unknownLicense(text) }
        self = name
    }

    /// Whether an SPDX identifier names this licence. `-only` and `-or-later` do not matter: the text is the same.
    public func covers(_ identifier: String) -> Bool { LicenseName.base(identifier) == description.lowercased() }

    private static func base(_ identifier: String) -> String {
        let name = identifier.lowercased()
        let suffix = ["-only", "-or-later", "+"].first(where: name.hasSuffix)
        return String(name.dropLast(suffix?.count ?? 0))
    }
}
