/// Why a word is not a licence or a supplier.
public enum LicensingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No licence that is recognized has this identifier.
    case unknownLicense(String)
    /// It is not a name with an address.
    case notASupplier(String)

    /// What is wrong, and what to write instead.
    public var description: String {
        switch self {
        case .unknownLicense(let text):
            "'\(text)' is not a licence that is recognized; these are: " + LicenseName.known.joined(separator: ", ")
        case .notASupplier(let text):
            "'\(text)' is not a supplier: write a name, and behind it a web or email address, "
                + "as in 'Example Corp <https://example.com>'"
        }
    }
}
