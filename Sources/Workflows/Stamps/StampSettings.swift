public import Attestation
import FoundationEssentials
import GoBinary
import Reporting
import SystemPackage
import Verification

/// How stamps are written.
public struct StampSettings: Sendable {
    /// The key that signs; nil writes unsigned stamps.
    public var key: SigningKey?
    /// Whether a Sigstore bundle is written too; needs a key.
    public var isSigstore: Bool
    /// The bills of materials that signed stamps hold.
    public var bills: [BillFormat]

    /// Makes settings.
    public init(key: SigningKey? = nil, isSigstore: Bool = false, bills: [BillFormat] = []) {
        self.key = key
        self.isSigstore = isSigstore
        self.bills = bills
    }
}

extension Stamp.Maker {
    /// This program, at the time that the context states.
    init(policy: Policy, in context: Context) throws(ContextError) {
        self.init(version: [Identity.command: Identity.version], time: try context.statedTime(), policy: policy)
    }
}

/// Stamps binaries in the name of this program.
struct Stamper: Sendable {
    private let maker: Stamp.Maker
    private let form: Stamp.Form
    private let bills: [BillFormat]

    init(_ settings: StampSettings, policy: Policy, in context: Context) throws(ContextError) {
        maker = try Stamp.Maker(policy: policy, in: context)
        form = Stamp.Form(key: settings.key, isSigstore: settings.isSigstore)
        bills = settings.bills
    }

    /// Writes the stamp of a binary beside it.
    ///
    /// - Parameter bill: What the binary is made of, for the formats in the settings.
    func stamp(
        _ binary: FilePath, digest: Digest, platform: Platform, subject: Subject, judgement: Judgement,
        bill: BillOfMaterials.Binary? = nil
    ) throws {
        let name = binary.lastComponent?.string ?? ""
        let stamp = Stamp(
            name: name, digest: digest, platform: platform, subject: subject, judgement: judgement, maker: maker)
        var bill = bill
        bill?.advisories = judgement.advisories
        let statements = try bill.map { bill in
            try bills.map { try $0.statement(of: bill.named(name), created: maker.time) }
        }
        try stamp.write(beside: binary, as: form, with: statements ?? [])
    }

    /// Where the stamp of a binary is written.
    func path(of binary: FilePath) -> FilePath { (form.key == nil ? StampFile.unsigned : .signed).path(of: binary) }
}
