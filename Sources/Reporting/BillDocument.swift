/// A document of one format that holds a bill of materials.
public protocol BillDocument: Codable, Sendable {
    /// The `predicateType` of a statement with such a document.
    static var predicateType: String { get }

    /// Describes binaries and their modules.
    ///
    /// - Parameter version: The version of this program.
    init(_ bill: BillOfMaterials, version: String)
}
