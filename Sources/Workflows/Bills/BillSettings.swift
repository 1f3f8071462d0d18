import Attestation
import Files
import GoBinary
public import Licensing
import Reporting
import SystemPackage

/// How bills of materials are made.
public struct BillSettings: Sendable, Hashable {
    /// Who supplies the programs; nil for what their module paths tell.
    public var supplier: Supplier?

    /// Makes settings.
    public init(supplier: Supplier? = nil) { self.supplier = supplier }

    /// The bill of a file, by what the linker wrote into it.
    ///
    /// - Returns: nil if it is not a Go program.
    func binary(_ path: FilePath, _ digest: Digest, _ info: BuildInfo?) throws(FileError) -> BillOfMaterials.Binary? {
        guard let info else { return nil }
        var facts = BillFacts()
        facts.supplier = supplier
        return BillOfMaterials.Binary(
            path: path.string, digest: digest, longDigest: try LongDigest(of: OpenFile(path)), buildInfo: info,
            facts: facts)
    }
}
