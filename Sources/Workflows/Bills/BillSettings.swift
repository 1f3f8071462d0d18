import Attestation
import Files
import GoBinary
public import Licensing
import Reporting
import SystemPackage
import Verification

/// How bills of materials are made.
public struct BillSettings: Sendable, Hashable {
    /// Who supplies the programs; nil for what their module paths tell.
    public var supplier: Supplier?

    /// Makes settings.
    public init(supplier: Supplier? = nil) { self.supplier = supplier }

    /// The bill of a file, by what the linker wrote into it.
    ///
    /// - Returns: nil if it is not a Go program, and no note of it names a package.
    func binary(_ path: FilePath, _ digest: Digest, _ subject: Subject) throws(FileError) -> BillOfMaterials.Binary? {
        let notes = subject.packageNotes
        guard subject.buildInfo != nil || !notes.isEmpty else { return nil }
        var facts = BillFacts()
        facts.supplier = supplier
        let long = try LongDigest(of: OpenFile(path))
        guard let info = subject.buildInfo else {
            return .init(path: path.string, digest: digest, longDigest: long, notes: notes, facts: facts)
        }
        return .init(
            path: path.string, digest: digest, longDigest: long, buildInfo: info, notes: notes, facts: facts)
    }
}
