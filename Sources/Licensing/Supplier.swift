/// Who supplies a component: an organization, and where it can be reached.
public struct Supplier: Sendable, Hashable {
    /// The name, `Example Corp`; of a module the host and the owner, `github.com/owner`.
    public let name: String
    /// A web address or an email address; nil if there is none.
    public let address: String?

    /// Names a supplier.
    public init(name: String, address: String?) {
        self.name = name
        self.address = address
    }

    /// Reads `Example Corp <https://example.com>` or `Example Corp <security@example.com>`; nil for another form. The address may be
    /// missing.
    public init?(_ text: String) {
        let parts = text.split(separator: "<", maxSplits: 1, omittingEmptySubsequences: false)
        let name = Supplier.trimmed(parts[0])
        guard !name.isEmpty, !name.contains(where: { "()<>\n\r".contains($0) }) else { return nil }
        self.name = name
        guard parts.count > 1 else {
            address = nil
            return
        }
        let address = parts[1].hasSuffix(">") ? String(parts[1].dropLast()) : ""
        let isPlain =
            address.utf8.allSatisfy { (0x21...0x7e).contains($0) } && !address.contains { "<>()".contains($0) }
        guard isPlain, Supplier.isWeb(address) || Supplier.isMail(address) else { return nil }
        self.address = address
    }

    /// Reads `Example Corp <https://example.com>`.
    ///
    /// - Throws: `LicensingError` for another form.
    public init(parsing text: String) throws(LicensingError) {
        guard let supplier = Supplier(text) else { throw .notASupplier(text) }
        self = supplier
    }

    /// The supplier of a module, by its path: the owner at a host of repositories, else the host.
    ///
    /// - Returns: nil if the path does not begin with a host, so that the module cannot be published under it.
    public init?(module path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let host = parts.first, host.contains("."), !host.hasPrefix("."), !host.hasSuffix(".") else { return nil }
        let isForge = Supplier.forges.contains(host.lowercased()) && parts.count > 1 && !parts[1].isEmpty
        let name = isForge ? "\(host)/\(parts[1])" : host
        self.init(name: name, address: "https://\(name)")
    }

    /// The supplier of Go and its standard library.
    public static let goAuthors = Supplier(name: "The Go Authors", address: "https://go.dev")

    /// Hosts at which the first part of the path is the owner of the repository.
    private static let forges: Set<String> = [
        "github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com", "git.sr.ht", "gitea.com",
        "framagit.org",
    ]

    /// The email address; nil if there is none.
    public var mail: String? { address.flatMap { Supplier.isMail($0) ? $0 : nil } }
    /// The web address; nil if there is none.
    public var web: String? { address.flatMap { Supplier.isWeb($0) ? $0 : nil } }

    private static func isWeb(_ text: String) -> Bool {
        let rest = ["https://", "http://"].first(where: text.hasPrefix).map { text.dropFirst($0.count) }
        return rest?.isEmpty == false
    }

    private static func isMail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && !parts.contains(where: \.isEmpty) && !text.contains("/")
    }

    private static func trimmed(_ text: Substring) -> String {
        String(String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace)).reversed())
    }
}
