import Attestation
import FoundationEssentials
import GoBinary
import Reporting
import SystemPackage
import Verification

/// Stamps binaries in the name of this program.
struct Stamper: Sendable {
    let maker: Stamp.Maker
    let form: Stamp.Form
    /// The bills of materials that signed stamps hold.
    let bills: [BillOptions.Format]

    /// This program, now, or at SOURCE_DATE_EPOCH where that is set.
    init(form: Stamp.Form, bills: [BillOptions.Format] = []) throws {
        maker = Stamp.Maker(version: ["staticcheck": Product.version], time: try SourceDate.seconds())
        self.form = form
        self.bills = bills
    }

    /// Stamps a binary in its place.
    func stamp(
        _ binary: FilePath, digest: Digest, platform: Platform, subject: Subject, judgement: Judgement, policy: Policy
    ) throws {
        let stamp = Stamp(
            name: binary.lastComponent?.string ?? "", digest: digest, platform: platform, subject: subject,
            judgement: judgement, policy: policy, maker: maker)
        let bill = subject.buildInfo.map {
            BillOfMaterials.Binary(path: binary.lastComponent?.string ?? "", digest: digest, buildInfo: $0)
        }
        try stamp.write(
            beside: binary, as: form, with: try bill.map { bill in try bills.map { try $0.statement(of: bill) } } ?? [])
    }

    /// Where the stamp of a binary is written.
    func path(of binary: FilePath) -> FilePath { (form.key == nil ? StampFile.unsigned : .signed).path(of: binary) }
}
