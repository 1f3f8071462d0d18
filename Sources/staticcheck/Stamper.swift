import Attestation
import FoundationEssentials
import GoBinary
import SystemPackage
import Verification

/// Stamps binaries in the name of this program.
struct Stamper: Sendable {
    let maker: Stamp.Maker

    /// This program, now, or at SOURCE_DATE_EPOCH where that is set.
    static var current: Stamper {
        let epoch = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap(Int.init)
        return Stamper(
            maker: Stamp.Maker(
                version: ["staticcheck": Product.version], time: epoch ?? Int(Date().timeIntervalSince1970)))
    }

    /// Stamps a binary in its place.
    func stamp(_ binary: FilePath, digest: Digest, platform: Platform, subject: Subject, policy: Policy) throws {
        let stamp = Stamp(
            name: binary.lastComponent?.string ?? "", digest: digest, platform: platform, buildInfo: subject.buildInfo,
            proof: subject.proof, reproduction: subject.reproduction, policy: policy, maker: maker)
        try stamp.write(beside: binary)
    }
}
