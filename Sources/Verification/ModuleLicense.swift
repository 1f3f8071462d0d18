public import Licensing

/// The licence of a module that a program is built from, by a text in its sources, and what the policy says about it.
public struct ModuleLicense: Sendable, Hashable {
    /// The module with its version, `example.com/m v1.2.3`, or the standard library.
    public let module: String
    /// Where the licence is stated, `LICENSE:3`; nil if the module has no licence file.
    public let place: String?
    /// The licence that the policy denies; nil if it is not known, or not denied.
    public let denied: String?

    /// Reads the licence of a module.
    ///
    /// - Parameters:
    ///   - module: The module.
    ///   - identifiers: The SPDX identifiers of the licence; empty if it is not known.
    ///   - place: Where it is stated.
    ///   - names: The licences that the policy denies.
    /// - Returns: nil if the licence is known and not denied.
    public init?(module: String, identifiers: [String], place: String?, denying names: [LicenseName]) {
        let denied = identifiers.filter { identifier in names.contains { $0.covers(identifier) } }
        guard identifiers.isEmpty || !denied.isEmpty else { return nil }
        self.module = module
        self.place = place
        self.denied = denied.isEmpty ? nil : denied.joined(separator: " and ")
    }
}
