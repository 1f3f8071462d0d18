import Attestation
import Testing
import Verification

/// The gate on samples that compilers made; the attacks on it are in the fast tier, on a program made by hand.
@Suite struct GateTests {
    private let trusted = SigningKey(.p256)

    private func refusal(_ file: StampedFile) -> GateRefusal.Reason? {
        let gate = Gate(trust: [trusted.verificationKey], policy: .standard, now: StampedFile.time + 60)
        do throws(GateRefusal) {
            _ = try gate.admit(file.content, permissions: 0o755, at: file.binary)
            return nil
        } catch { return error.reason }
    }

    @Test func aGoProgramIsAdmitted() throws { #expect(refusal(try StampedFile(key: trusted)) == nil) }

    /// A signed stamp for another platform, or for a CPU that the program was not built for.
    @Test(arguments: ["linux/arm64", "linux/386", "linux/amd64/v3", "windows/amd64"])
    func theStampIsForAnotherPlatform(platform: String) throws {
        #expect(refusal(try StampedFile(key: trusted, platform: platform)) == .wrongPlatform)
    }

    /// The rules are applied again: a signature does not make a dynamic file static.
    @Test(arguments: ["c-dynamic", "go-pie", "go-pie-no-interpreter"]) func theFileIsNotReady(sample: String) throws {
        #expect(refusal(try StampedFile(key: trusted, sample: sample)) == .notReady)
    }
}
